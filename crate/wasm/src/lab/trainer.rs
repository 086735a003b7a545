//! `Trainer`: `PyTorch`'s usual loop on one batch; and `Training`, the run of a setup that a learner made.

use api::{trainer, training};

use super::layers::Model;
use super::prelude::*;
use gru_playground::train::{DoctorReport, RunRecord, TrainingPlan};

/// The training of a model on one batch, in training mode.
///
/// A step is `loss = criterion(model(x), y)`, `optimizer.zero_grad()`, `loss.backward()`, `clip_grad_norm_(...)` and
/// `optimizer.step()`.
#[wasm_bindgen]
pub struct Trainer(trainer::Trainer);

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
        batch: &ts::Batch,
        options: &ts::TrainerOptions,
        init: Option<ts::Init>,
    ) -> Result<Trainer, Thrown> {
        let (batch, options) = (Js::from(batch), Js::from(options));
        let stream = super::init(init)?.stream();
        Ok(Trainer(trainer::Trainer::new::<_, Floats>(&model.0, batch, options, stream)?))
    }

    /// Takes one step; null when all are taken.
    ///
    /// # Errors
    /// `NotFiniteError`, with its `step` and `value`, if a number became infinite or NaN.
    pub fn step(&mut self) -> Result<ts::TrainStepOrNull, Thrown> {
        Ok(to_js(&self.0.step()?))
    }

    /// Takes all steps that are left.
    ///
    /// # Errors
    /// As `step`.
    pub fn run(&mut self) -> Result<ts::TrainSteps, Thrown> {
        Ok(to_js(&self.0.run()?))
    }

    /// The parameters as the last step left them.
    #[wasm_bindgen(js_name = stateDict)]
    pub fn state_dict(&self) -> ts::StateDict {
        to_js(&self.0.state_dict::<Floats>())
    }

    /// The model as the last step left it: a copy.
    pub fn model(&self) -> Model {
        Model(self.0.model())
    }
}

/// What a setup means; answers at once.
///
/// # Errors
/// `ArgumentError` for what is no setup.
#[wasm_bindgen(js_name = trainingPlan)]
pub fn training_plan(setup: &ts::Setup) -> Result<ts::TrainingPlan, Thrown> {
    Ok(to_js(&TrainingPlan::of(&from_js("setup", setup)?)))
}

/// What is seen in a run, why, and one thing to try; with the run before it, whether that helped and where the two part.
///
/// # Errors
/// `ArgumentError` for what is no record.
#[wasm_bindgen(js_name = doctorReport)]
pub fn doctor_report(run: &ts::RunRecord, before: Option<ts::RunRecord>) -> Result<ts::DoctorReport, Thrown> {
    let run: RunRecord = from_js("run", run)?;
    let before: Option<RunRecord> = before.map(|before| from_js("before", &before)).transpose()?;
    Ok(to_js(&DoctorReport::of(&run, before.as_ref())))
}

/// A training run: `torch.manual_seed(seed)`, data, model and optimiser, and then step by step.
#[wasm_bindgen]
pub struct Training(training::Training);

#[wasm_bindgen]
impl Training {
    /// A run that has taken no step; how many its setup has does not bind it.
    ///
    /// # Errors
    /// `ArgumentError` for what is no setup, `SetupError` for one that cannot be run.
    #[wasm_bindgen(constructor)]
    pub fn new(setup: &ts::Setup) -> Result<Training, Thrown> {
        Ok(Training(training::Training::new(from_js("setup", setup)?)?))
    }

    /// How many steps are taken.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> f64 {
        self.0.steps() as f64
    }

    /// Takes so many steps, or fewer if a number becomes infinite or NaN.
    pub fn advance(&mut self, steps: u32) -> ts::TrainingSlice {
        to_js(&self.0.advance::<Floats>(steps))
    }
}
