//! Training: what a setup means, and its run, some steps at a time.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::error;
use crate::js::{from_js, to_js};
use crate::tensor::Floats;
use gru_playground::py::CodeLine;
use gru_playground::train::training_script;
use gru_playground::train::{Examples, Lesson, LossName, Setup, Trouble};

/// How many samples are looked at.
const SAMPLES: usize = 8;

/// What some steps of training told.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TrainingSlice {
    /// The loss of each step, before the parameters moved.
    losses: Floats,
    /// The norm of all gradients of each step, before they were clipped.
    grad_norms: Floats,
    /// The validation losses that were due.
    validation: Vec<TrainingValidation>,
    /// What the model last said of the examples, row-major; null where nothing was asked.
    predictions: Option<Floats>,
    /// Why the run ended in its next step, if it did.
    trouble: Option<Trouble>,
}

/// The validation loss after so many steps, in evaluation mode.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TrainingValidation {
    /// How many steps had been taken.
    steps: u64,
    /// The loss; infinite or NaN it may be.
    loss: f32,
    /// The share of right answers, where answers are right or wrong.
    accuracy: Option<f32>,
}

/// What a setup means, before anything is computed.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TrainingPlan {
    /// The script of the whole run.
    code: Vec<CodeLine>,
    /// The loss of the task.
    loss: LossName,
    /// What the best answer loses that does not look at the input.
    chance_loss: f64,
    /// The share of right answers without looking, where answers are right or wrong.
    chance_accuracy: Option<f64>,
    /// Numbers that are learned; none of a setup that cannot be run.
    parameters: Option<u64>,
    /// Why it cannot be run.
    trouble: Option<Trouble>,
    /// What `PyTorch` warns of.
    warnings: Vec<Trouble>,
    /// What is read in the examples, (samples, `seq_len`, features); empty of a setup that cannot be run.
    x: Vec<f32>,
    /// What is to be told of each.
    y: Vec<f32>,
}

/// What a setup means; answers at once.
///
/// # Errors
/// `ArgumentError` for what is no setup.
#[wasm_bindgen(js_name = trainingPlan, unchecked_return_type = "TrainingPlan")]
pub fn training_plan(
    #[wasm_bindgen(unchecked_param_type = "Setup")] setup: &JsValue,
) -> Result<JsValue, JsValue> {
    let setup: Setup = from_js("setup", setup)?;
    let trouble = setup.trouble();
    let parameters = trouble.is_none().then(|| setup.model().parameters().to_u64()).flatten();
    let Examples { x, y } =
        Examples::of(&setup, SAMPLES).unwrap_or(Examples { x: Vec::new(), y: Vec::new() });
    Ok(to_js(&TrainingPlan {
        code: training_script(&setup),
        loss: setup.task.loss(),
        chance_loss: setup.task.chance_loss(),
        chance_accuracy: setup.task.chance_accuracy(),
        parameters,
        trouble,
        warnings: setup.warnings(),
        x,
        y,
    }))
}

/// A training run: `torch.manual_seed(seed)`, data, model and optimiser, and then step by step.
#[wasm_bindgen]
pub struct Training {
    setup: Setup,
    lesson: Lesson,
}

#[wasm_bindgen]
impl Training {
    /// A run that has taken no step; how many its setup has does not bind it.
    ///
    /// # Errors
    /// `ArgumentError` for what is no setup, `SetupError` for one that cannot be run.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "Setup")] setup: &JsValue) -> Result<Training, JsValue> {
        let setup: Setup = from_js("setup", setup)?;
        let lesson = Lesson::new(&setup).map_err(|mistake| error("SetupError", &mistake.to_string()))?;
        Ok(Training { setup, lesson })
    }

    /// How many steps are taken.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> f64 {
        self.lesson.steps() as f64
    }

    /// Takes so many steps, or fewer if a number becomes infinite or NaN.
    #[wasm_bindgen(unchecked_return_type = "TrainingSlice")]
    pub fn advance(&mut self, steps: u32) -> JsValue {
        let (mut losses, mut grad_norms) = (Vec::new(), Vec::new());
        let (mut validation, mut predictions, mut trouble) = (Vec::new(), None, None);
        for _ in 0..steps {
            let validated = self.lesson.step().and_then(|step| {
                losses.push(step.loss);
                grad_norms.push(step.grad_norm);
                self.lesson.validates().then(|| self.lesson.validate()).transpose()
            });
            match validated {
                Ok(None) => {}
                Ok(Some(told)) => {
                    let (steps, loss, accuracy) = (self.lesson.steps(), told.loss, told.accuracy);
                    validation.push(TrainingValidation { steps, loss, accuracy });
                    let out = self.setup.model().out_features as usize;
                    predictions = Some(Floats::from(&told.predictions[..SAMPLES * out]));
                }
                Err(error) => {
                    trouble = Some(Trouble::of_run(&self.setup, &error));
                    break;
                }
            }
        }
        to_js(&TrainingSlice {
            losses: losses[..].into(),
            grad_norms: grad_norms[..].into(),
            validation,
            predictions,
            trouble,
        })
    }
}
