//! `PyTorch`'s usual loop on one batch.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::generator::SharedStream;
use crate::model::ConfiguredModel;
use crate::read::{Readable, read, read_beside};
use crate::tensor::{StateDictData, TensorData, TypedArray};
use gru_playground::train::{
    Adam, Criterion, ModelConfig, Optimizer, OptimizerName, TrainOptions, TrainRun, TrainStep,
};

/// A batch: what the model reads, and its targets: (N, `out_features`), or for `cross_entropy` the N classes.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(V = crate::tests::AnyValue)))]
pub struct Batch<V> {
    /// What the model reads.
    #[cfg_attr(test, ts(type = "ModelInput"))]
    pub x: V,
    /// The targets.
    #[cfg_attr(test, ts(type = "TensorData | Integers"))]
    pub y: V,
}

/// How a model is trained.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(V = crate::tests::AnyValue)))]
pub struct TrainerOptions<V> {
    /// The loss.
    pub loss: LossFunction,
    /// The optimiser.
    #[cfg_attr(test, ts(type = "OptimizerOptions"))]
    pub optimizer: V,
    /// `max_norm` of `clip_grad_norm_`; by default nothing is clipped.
    #[cfg_attr(test, ts(optional = nullable))]
    pub clip_grad_norm: Option<f64>,
    /// How many steps.
    pub steps: u64,
}

/// A loss by its name in `nn.functional`.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum LossFunction {
    /// `nn.functional.mse_loss`.
    #[serde(rename = "mse_loss")]
    Mse,
    /// `nn.functional.cross_entropy`.
    #[serde(rename = "cross_entropy")]
    CrossEntropy,
    /// `nn.functional.binary_cross_entropy_with_logits`.
    #[serde(rename = "binary_cross_entropy_with_logits")]
    BceWithLogits,
}

/// The options of `torch.optim.Adam` and `AdamW`, whose defaults differ.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct AdamOptions {
    /// The learning rate.
    pub lr: Option<f64>,
    /// How much of the last means of g and g² is kept, each in [0, 1).
    pub betas: Option<[f64; 2]>,
    /// What keeps the divisor from zero.
    pub eps: Option<f64>,
    /// How much the weights decay.
    pub weight_decay: Option<f64>,
    /// Whether to divide by the largest mean of g² so far.
    pub amsgrad: Option<bool>,
}

/// What all steps told.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TrainSteps {
    /// The loss of each, before the parameters moved.
    pub losses: Vec<f32>,
    /// The norm of all gradients of each, before they were clipped.
    pub grad_norms: Vec<f32>,
}

/// Reads an optimiser by its name, with its own options.
fn read_optimizer(value: &(impl Readable + Clone)) -> Result<Optimizer, Fault> {
    const ARGUMENT: &str = "options.optimizer";
    const NAME: &[&str] = &["name"];
    let adam = |default: Adam| {
        let given: AdamOptions = read_beside(ARGUMENT, value.clone(), NAME)?;
        Ok::<_, Fault>(Optimizer::Adam(Adam {
            lr: given.lr.unwrap_or(default.lr),
            betas: given.betas.unwrap_or(default.betas),
            eps: given.eps.unwrap_or(default.eps),
            weight_decay: given.weight_decay.unwrap_or(default.weight_decay),
            amsgrad: given.amsgrad.unwrap_or(default.amsgrad),
            ..default
        }))
    };
    Ok(match read("options.optimizer.name", value.field("name"))? {
        OptimizerName::SGD => Optimizer::Sgd(read_beside(ARGUMENT, value.clone(), NAME)?),
        OptimizerName::Adam => adam(Adam::default())?,
        OptimizerName::AdamW => adam(Adam::adamw())?,
        OptimizerName::RMSprop => Optimizer::RmsProp(read_beside(ARGUMENT, value.clone(), NAME)?),
        OptimizerName::Adagrad => Optimizer::Adagrad(read_beside(ARGUMENT, value.clone(), NAME)?),
    })
}

/// The training of a model on one batch, in training mode.
///
/// A step is `loss = criterion(model(x), y)`, `optimizer.zero_grad()`, `loss.backward()`, `clip_grad_norm_(...)` and
/// `optimizer.step()`.
pub struct Trainer {
    config: ModelConfig,
    run: TrainRun<f32>,
    generator: SharedStream,
}

impl Trainer {
    /// A run that has taken no step; the model stays as it is. Dropout draws from `init`'s stream.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `ShapeError`, `InputError` and
    /// `TargetError` for a batch that does not fit, `TooLargeError` beyond 512 MB.
    pub fn new<V: Readable + Clone + DeserializeOwned, A: TypedArray<f32> + DeserializeOwned>(
        model: &ConfiguredModel,
        batch: V,
        options: V,
        generator: SharedStream,
    ) -> Result<Trainer, Fault> {
        let TrainerOptions::<V> { loss, optimizer, clip_grad_norm, steps } = read("options", options)?;
        let optimizer = read_optimizer(&optimizer)?;
        let Batch::<V> { x, y } = read("batch", batch)?;
        let targets = |y| {
            let targets: TensorData<A> = read("batch.y", y)?;
            Ok::<_, Fault>(targets.to_array("batch.y")?.into_raw_vec_and_offset().0)
        };
        let criterion = match loss {
            LossFunction::Mse => Criterion::Mse(targets(y)?),
            LossFunction::BceWithLogits => Criterion::BceWithLogits(targets(y)?),
            LossFunction::CrossEntropy => Criterion::CrossEntropy(read("batch.y", y)?),
        };
        let options = TrainOptions { criterion, optimizer, clip_grad_norm, steps };
        let input = model.read_input::<A>("batch.x", x)?;
        let stream = generator.borrow().clone();
        let run = TrainRun::new(model.model.clone(), input, options, stream)?;
        Ok(Trainer { config: model.config.clone(), run, generator })
    }

    /// Takes one step; none when all are taken.
    ///
    /// # Errors
    /// `NotFiniteError`, with its `step` and `value`, if a number became infinite or NaN.
    pub fn step(&mut self) -> Result<Option<TrainStep<f32>>, Fault> {
        // The stream is the caller's too, who may draw from it between steps.
        let mut stream = self.generator.borrow();
        std::mem::swap(&mut *stream, self.run.generator_mut());
        let step = self.run.step();
        std::mem::swap(&mut *stream, self.run.generator_mut());
        Ok(step?)
    }

    /// Takes all steps that are left.
    ///
    /// # Errors
    /// As [`Trainer::step`].
    pub fn run(&mut self) -> Result<TrainSteps, Fault> {
        let mut steps = TrainSteps::default();
        while let Some(step) = self.step()? {
            steps.losses.push(step.loss);
            steps.grad_norms.push(step.grad_norm);
        }
        Ok(steps)
    }

    /// The parameters as the last step left them.
    pub fn state_dict<A: TypedArray<f32>>(&self) -> StateDictData<A> {
        StateDictData::of(self.run.model().state_dict())
    }

    /// The model as the last step left it: a copy.
    pub fn model(&self) -> ConfiguredModel {
        ConfiguredModel { config: self.config.clone(), model: self.run.model().clone() }
    }
}
