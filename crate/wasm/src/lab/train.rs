//! Training: what a setup means, and its run, some steps at a time.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use crate::tensor::Floats;
use gru_playground::train::{Lesson, Setup, TrainingPlan, TrainingValidation, Trouble};

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

/// What a setup means; answers at once.
///
/// # Errors
/// `ArgumentError` for what is no setup.
#[wasm_bindgen(js_name = trainingPlan, unchecked_return_type = "TrainingPlan")]
pub fn training_plan(
    #[wasm_bindgen(unchecked_param_type = "Setup")] setup: &JsValue,
) -> Result<JsValue, Thrown> {
    Ok(to_js(&TrainingPlan::of(&from_js("setup", setup)?)))
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
    pub fn new(#[wasm_bindgen(unchecked_param_type = "Setup")] setup: &JsValue) -> Result<Training, Thrown> {
        let setup: Setup = from_js("setup", setup)?;
        let lesson = Lesson::new(&setup)?;
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
                    predictions = Some(Floats::from(&told.predictions[..TrainingPlan::EXAMPLES * out]));
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
