//! `Trainer`: `PyTorch`'s usual loop on one batch.

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::to_array;
use super::super::pass::write_state_dict;
use super::super::write::{ToJs as _, Writer};
use super::faults::of_training;
use super::generator::Generator;
use super::integers::integers;
use super::model::{Model, read_input};
use super::module::field;
use super::value::{read, write};
use crate::gru::sequence::row_major;
use crate::train::{
    Adagrad, Adam, Criterion, ModelConfig, Optimizer, RmsProp, Sgd, Step, TrainOptions, TrainRun,
};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** A batch: what the model reads, and its targets: (N, out_features), or for cross_entropy the N classes. */
export interface Batch { x: ModelInput; y: TensorData | Integers }

/** What one step told: the loss before the parameters moved, the norm of all gradients before they were clipped. */
export interface TrainStep { step: number; loss: number; grad_norm: number }
";

/// How a model is trained.
#[derive(Serialize, Deserialize, tsify::Tsify)]
#[serde(deny_unknown_fields)]
pub struct TrainerOptions {
    /// The loss.
    pub loss: LossName,
    /// The optimiser.
    pub optimizer: OptimizerOptions,
    /// `max_norm` of `clip_grad_norm_`; by default nothing is clipped.
    #[serde(default)]
    pub clip_grad_norm: Option<f64>,
    /// How many steps.
    pub steps: u64,
}

/// A loss by its name in `nn.functional`.
#[derive(Clone, Copy, Serialize, Deserialize, tsify::Tsify)]
pub enum LossName {
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

/// An optimiser by its name in `torch.optim`, with its options and `PyTorch`'s defaults.
#[derive(Serialize, Deserialize, tsify::Tsify)]
#[serde(tag = "name")]
pub enum OptimizerOptions {
    /// `torch.optim.SGD`.
    #[serde(rename = "SGD")]
    Sgd(Sgd),
    /// `torch.optim.Adam`.
    Adam(Adam),
    /// `torch.optim.AdamW`.
    AdamW(AdamW),
    /// `torch.optim.RMSprop`.
    #[serde(rename = "RMSprop")]
    RmsProp(RmsProp),
    /// `torch.optim.Adagrad`.
    Adagrad(Adagrad),
}

/// The options of `torch.optim.AdamW`, as [`Adam`] has them.
#[derive(Serialize, Deserialize, tsify::Tsify)]
#[serde(default, deny_unknown_fields)]
pub struct AdamW {
    /// The learning rate.
    pub lr: f64,
    /// How much of the last means of g and g² is kept, each in [0, 1).
    pub betas: [f64; 2],
    /// What keeps the divisor from zero.
    pub eps: f64,
    /// What share of p times `lr` goes.
    pub weight_decay: f64,
    /// Whether to divide by the largest mean of g² so far.
    pub amsgrad: bool,
}

impl Default for AdamW {
    fn default() -> Self {
        let Adam { lr, betas, eps, weight_decay, amsgrad, .. } = Adam::adamw();
        AdamW { lr, betas, eps, weight_decay, amsgrad }
    }
}

impl From<OptimizerOptions> for Optimizer {
    fn from(options: OptimizerOptions) -> Self {
        match options {
            OptimizerOptions::Sgd(sgd) => Optimizer::Sgd(sgd),
            OptimizerOptions::Adam(adam) => Optimizer::Adam(adam),
            OptimizerOptions::AdamW(AdamW { lr, betas, eps, weight_decay, amsgrad }) => {
                Optimizer::Adam(Adam { lr, betas, eps, weight_decay, amsgrad, ..Adam::adamw() })
            }
            OptimizerOptions::RmsProp(rms) => Optimizer::RmsProp(rms),
            OptimizerOptions::Adagrad(adagrad) => Optimizer::Adagrad(adagrad),
        }
    }
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
        #[wasm_bindgen(unchecked_param_type = "Batch")] batch: JsValue,
        #[wasm_bindgen(unchecked_param_type = "TrainerOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: JsValue,
    ) -> Result<Trainer, JsValue> {
        let TrainerOptions { loss, optimizer, clip_grad_norm, steps } = read("options", options)?;
        let y = field(&batch, "y");
        let targets = || to_array("y", &y).map(|targets| row_major(&targets.view()));
        let criterion = match loss {
            LossName::Mse => Criterion::Mse(targets()?),
            LossName::BceWithLogits => Criterion::BceWithLogits(targets()?),
            LossName::CrossEntropy => Criterion::CrossEntropy(integers("y", &y)?),
        };
        let options = TrainOptions { criterion, optimizer: optimizer.into(), clip_grad_norm, steps };
        let input = read_input(model.config(), &field(&batch, "x"))?;
        let generator = Generator::of_init(&init)?;
        let stream = generator.stream().clone();
        let run = TrainRun::new(model.model.clone(), input, options, stream).map_err(of_training)?;
        Ok(Trainer { config: model.config().clone(), run, generator })
    }

    /// Takes one step; null when all are taken.
    ///
    /// # Errors
    /// `NotFiniteError`, with its `step` and `value`, if a number became infinite or NaN.
    #[wasm_bindgen(unchecked_return_type = "TrainStep | null")]
    pub fn step(&mut self) -> Result<JsValue, JsValue> {
        let step = self.take_step()?;
        Ok(step.map_or(JsValue::NULL, |Step { step, loss, grad_norm }| {
            let mut writer = Writer::new("step loss grad_norm ");
            writer.next(step.to_js());
            writer.next(f64::from(loss).to_js());
            writer.next(f64::from(grad_norm).to_js());
            writer.end()
        }))
    }

    /// Takes all steps that are left.
    ///
    /// # Errors
    /// As `step`.
    #[wasm_bindgen(unchecked_return_type = "{ losses: number[]; grad_norms: number[] }")]
    pub fn run(&mut self) -> Result<JsValue, JsValue> {
        let (mut losses, mut grad_norms) = (Vec::new(), Vec::new());
        while let Some(step) = self.take_step()? {
            losses.push(f64::from(step.loss));
            grad_norms.push(f64::from(step.grad_norm));
        }
        let mut writer = Writer::new("losses grad_norms ");
        writer.next(write(&losses));
        writer.next(write(&grad_norms));
        Ok(writer.end())
    }

    /// The parameters as the last step left them.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        write_state_dict(self.run.model().state_dict())
    }

    /// The model as the last step left it: a copy.
    pub fn model(&self) -> Model {
        Model::over(self.config.clone(), self.run.model().clone())
    }
}

impl Trainer {
    fn take_step(&mut self) -> Result<Option<Step<f32>>, JsValue> {
        // The stream is the caller's too, who may draw from it between steps.
        let mut stream = self.generator.stream();
        std::mem::swap(&mut *stream, self.run.generator_mut());
        let step = self.run.step();
        std::mem::swap(&mut *stream, self.run.generator_mut());
        step.map_err(of_training)
    }
}
