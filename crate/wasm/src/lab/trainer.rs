//! `Trainer`: `PyTorch`'s usual loop on one batch.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::{from_value, to_array};
use super::super::pass::write_state_dict;
use super::super::read::{Fields, FromJs, Reader};
use super::super::write::{ToJs as _, Writer};
use super::faults::of_training;
use super::generator::Generator;
use super::integers::integers;
use super::model::{Model, read_input};
use super::module::field;
use super::options::{adam, only, options};
use gru_playground::gru::sequence::row_major;
use gru_playground::train::{
    Adagrad, Adam, Criterion, ModelConfig, Optimizer, RmsProp, Sgd, TrainOptions, TrainRun, TrainStep,
};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** A batch: what the model reads, and its targets: (N, out_features), or for cross_entropy the N classes. */
export interface Batch { x: ModelInput; y: TensorData | Integers }

/** An optimiser by its name in torch.optim, with its options and PyTorch's defaults. */
export type OptimizerOptions =
    | ({ name: 'SGD' } & Sgd)
    | ({ name: 'Adam' | 'AdamW' } & Omit<Adam, 'decoupled_weight_decay'>)
    | ({ name: 'RMSprop' } & RmsProp)
    | ({ name: 'Adagrad' } & Adagrad);

/** What one step told: the loss before the parameters moved, the norm of all gradients before they were clipped. */
export interface TrainStep { step: number; loss: number; grad_norm: number }
";

/// How a model is trained.
#[derive(tsify::Tsify)]
pub struct TrainerOptions {
    /// The loss.
    pub loss: LossFunction,
    /// The optimiser.
    #[tsify(type = "OptimizerOptions")]
    pub optimizer: Optimizer,
    /// `max_norm` of `clip_grad_norm_`; by default nothing is clipped.
    #[tsify(optional)]
    pub clip_grad_norm: Option<f64>,
    /// How many steps.
    pub steps: u64,
}

/// A loss by its name in `nn.functional`.
#[derive(Clone, Copy, tsify::Tsify)]
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

options! {
    TrainerOptions { loss: required, optimizer: required, clip_grad_norm: optional, steps: required }
}

impl FromJs for LossFunction {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        const NAMES: [&str; 3] = ["mse_loss", "cross_entropy", "binary_cross_entropy_with_logits"];
        [LossFunction::Mse, LossFunction::CrossEntropy, LossFunction::BceWithLogits]
            [reader.one_of(value, "enum LossFunction", &NAMES)]
    }
}

impl FromJs for Optimizer {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        const NAMES: [&str; 5] = ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad"];
        match reader.one_of(&field(value, "name"), "the name of an optimizer", &NAMES) {
            0 => Optimizer::Sgd(Sgd::read(value, reader)),
            1 => Optimizer::Adam(adam(value, Adam::default(), reader)),
            2 => Optimizer::Adam(adam(value, Adam::adamw(), reader)),
            3 => Optimizer::RmsProp(RmsProp::read(value, reader)),
            _ => Optimizer::Adagrad(Adagrad::read(value, reader)),
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
        let TrainerOptions { loss, optimizer, clip_grad_norm, steps } = from_value("options", &options)?;
        let y = field(&batch, "y");
        let targets = || to_array("y", &y).map(|targets| row_major(&targets.view()));
        let criterion = match loss {
            LossFunction::Mse => Criterion::Mse(targets()?),
            LossFunction::BceWithLogits => Criterion::BceWithLogits(targets()?),
            LossFunction::CrossEntropy => Criterion::CrossEntropy(integers("y", &y)?),
        };
        let options = TrainOptions { criterion, optimizer, clip_grad_norm, steps };
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
        Ok(step.map_or(JsValue::NULL, |TrainStep { step, loss, grad_norm }| {
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
        writer.next(losses.to_js());
        writer.next(grad_norms.to_js());
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
    fn take_step(&mut self) -> Result<Option<TrainStep<f32>>, JsValue> {
        // The stream is the caller's too, who may draw from it between steps.
        let mut stream = self.generator.stream();
        std::mem::swap(&mut *stream, self.run.generator_mut());
        let step = self.run.step();
        std::mem::swap(&mut *stream, self.run.generator_mut());
        step.map_err(of_training)
    }
}
