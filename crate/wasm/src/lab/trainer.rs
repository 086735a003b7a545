//! `Trainer`: `PyTorch`'s usual loop on one batch.

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::preserve;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::generator::Generator;
use super::model::{Model, read_input};
use super::tensors::{StateDict, array};
use crate::fault::Thrown;
use crate::js::{field, from_js, from_js_beside, to_js};
use gru_playground::gru::sequence::row_major;
use gru_playground::train::{
    Adam, Criterion, ModelConfig, Optimizer, OptimizerName, TrainOptions, TrainRun, TrainStep,
};

/// A batch: what the model reads, and its targets: (N, `out_features`), or for `cross_entropy` the N classes.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Batch {
    /// What the model reads.
    #[serde(with = "preserve")]
    #[cfg_attr(test, ts(type = "ModelInput"))]
    pub x: JsValue,
    /// The targets.
    #[serde(with = "preserve")]
    #[cfg_attr(test, ts(type = "TensorData | Integers"))]
    pub y: JsValue,
}

/// How a model is trained.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TrainerOptions {
    /// The loss.
    pub loss: LossFunction,
    /// The optimiser.
    #[serde(with = "preserve")]
    #[cfg_attr(test, ts(type = "OptimizerOptions"))]
    pub optimizer: JsValue,
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
fn read_optimizer(value: &JsValue) -> Result<Optimizer, Thrown> {
    const ARGUMENT: &str = "options.optimizer";
    const NAME: &[&str] = &["name"];
    let adam = |default: Adam| {
        let given: AdamOptions = from_js_beside(ARGUMENT, value, NAME)?;
        Ok::<_, Thrown>(Optimizer::Adam(Adam {
            lr: given.lr.unwrap_or(default.lr),
            betas: given.betas.unwrap_or(default.betas),
            eps: given.eps.unwrap_or(default.eps),
            weight_decay: given.weight_decay.unwrap_or(default.weight_decay),
            amsgrad: given.amsgrad.unwrap_or(default.amsgrad),
            ..default
        }))
    };
    Ok(match from_js("options.optimizer.name", &field(value, "name"))? {
        OptimizerName::SGD => Optimizer::Sgd(from_js_beside(ARGUMENT, value, NAME)?),
        OptimizerName::Adam => adam(Adam::default())?,
        OptimizerName::AdamW => adam(Adam::adamw())?,
        OptimizerName::RMSprop => Optimizer::RmsProp(from_js_beside(ARGUMENT, value, NAME)?),
        OptimizerName::Adagrad => Optimizer::Adagrad(from_js_beside(ARGUMENT, value, NAME)?),
    })
}

/// The training of a model on one batch, in training mode.
///
/// A step is `loss = criterion(model(x), y)`, `optimizer.zero_grad()`, `loss.backward()`, `clip_grad_norm_(...)` and
/// `optimizer.step()`.
#[wasm_bindgen]
pub struct Trainer {
    config: ModelConfig,
    run: TrainRun<f32>,
    generator: Generator,
}

#[wasm_bindgen]
impl Trainer {
    /// A run that has taken no step; the model stays as it is. Dropout draws from `init`'s stream.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `ShapeError`, `InputError` and
    /// `TargetError` for a batch that does not fit, `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        model: &Model,
        #[wasm_bindgen(unchecked_param_type = "Batch")] batch: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "TrainerOptions")] options: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: &JsValue,
    ) -> Result<Trainer, Thrown> {
        let TrainerOptions { loss, optimizer, clip_grad_norm, steps } = from_js("options", options)?;
        let optimizer = read_optimizer(&optimizer)?;
        let Batch { x, y } = from_js("batch", batch)?;
        let targets = || array("batch.y", &y).map(|targets| row_major(&targets.view()));
        let criterion = match loss {
            LossFunction::Mse => Criterion::Mse(targets()?),
            LossFunction::BceWithLogits => Criterion::BceWithLogits(targets()?),
            LossFunction::CrossEntropy => Criterion::CrossEntropy(from_js("batch.y", &y)?),
        };
        let options = TrainOptions { criterion, optimizer, clip_grad_norm, steps };
        let input = read_input(model.config(), "batch.x", &x)?;
        let generator = Generator::of_init(init)?;
        let stream = generator.stream().clone();
        let run = TrainRun::new(model.model.clone(), input, options, stream)?;
        Ok(Trainer { config: model.config().clone(), run, generator })
    }

    /// Takes one step; null when all are taken.
    ///
    /// # Errors
    /// `NotFiniteError`, with its `step` and `value`, if a number became infinite or NaN.
    #[wasm_bindgen(unchecked_return_type = "TrainStep | null")]
    pub fn step(&mut self) -> Result<JsValue, Thrown> {
        Ok(to_js(&self.take_step()?))
    }

    /// Takes all steps that are left.
    ///
    /// # Errors
    /// As `step`.
    #[wasm_bindgen(unchecked_return_type = "TrainSteps")]
    pub fn run(&mut self) -> Result<JsValue, Thrown> {
        let mut steps = TrainSteps::default();
        while let Some(step) = self.take_step()? {
            steps.losses.push(step.loss);
            steps.grad_norms.push(step.grad_norm);
        }
        Ok(to_js(&steps))
    }

    /// The parameters as the last step left them.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        to_js(&StateDict::of(self.run.model().state_dict()))
    }

    /// The model as the last step left it: a copy.
    pub fn model(&self) -> Model {
        Model::over(self.config.clone(), self.run.model().clone())
    }
}

impl Trainer {
    fn take_step(&mut self) -> Result<Option<TrainStep<f32>>, Thrown> {
        // The stream is the caller's too, who may draw from it between steps.
        let mut stream = self.generator.stream();
        std::mem::swap(&mut *stream, self.run.generator_mut());
        let step = self.run.step();
        std::mem::swap(&mut *stream, self.run.generator_mut());
        Ok(step?)
    }
}
