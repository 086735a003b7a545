//! The run of a setup that a learner made, some steps at a time.

use serde::Serialize;

use crate::fault::Fault;
use crate::tensor::TypedArray;
use gru_playground::train::{
    Lesson, Setup, TrainingPlan, TrainingValidation, Trouble, Validation, loss_meaning,
};

/// What some steps of training told.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct TrainingSlice<A> {
    /// The loss of each step, before the parameters moved.
    losses: A,
    /// The norm of all gradients of each step, before they were clipped.
    grad_norms: A,
    /// The validation losses that were due.
    validation: Vec<TrainingValidation>,
    /// What the model last said of the examples, row-major; null where nothing was asked.
    predictions: Option<A>,
    /// What the last of these losses means, in a sentence.
    meaning: Option<String>,
    /// With early stopping, the best validation so far, whose model is kept and asked.
    best: Option<TrainingValidation>,
    /// Whether the run has stopped early.
    stopped_early: bool,
    /// Why the run ended in its next step, if it did.
    trouble: Option<Trouble>,
}

/// A training run: `torch.manual_seed(seed)`, data, model and optimiser, and then step by step.
pub struct Training {
    setup: Setup,
    lesson: Lesson,
}

impl Training {
    /// A run that has taken no step; how many its setup has does not bind it.
    ///
    /// # Errors
    /// `SetupError` for a setup that cannot be run.
    pub fn new(setup: Setup) -> Result<Training, Fault> {
        let lesson = Lesson::new(&setup)?;
        Ok(Training { setup, lesson })
    }

    /// How many steps are taken.
    pub fn steps(&self) -> u64 {
        self.lesson.steps()
    }

    /// Takes so many steps, or fewer if the run stops early or a number becomes infinite or NaN.
    pub fn advance<A: TypedArray<f32>>(&mut self, steps: u32) -> TrainingSlice<A> {
        let (mut losses, mut grad_norms) = (Vec::new(), Vec::new());
        let (mut validation, mut predictions, mut trouble) = (Vec::new(), None, None);
        for _ in 0..steps {
            if self.lesson.stops_early() {
                break;
            }
            let validated = self.lesson.step().and_then(|step| {
                losses.push(step.loss);
                grad_norms.push(step.grad_norm);
                self.lesson.validates().then(|| self.lesson.validate()).transpose()
            });
            match validated {
                Ok(None) => {}
                Ok(Some(told)) => {
                    validation.push(told_after(self.lesson.steps(), &told));
                    let kept = self.lesson.best().map_or(&told, |best| &best.validation);
                    let out = self.setup.model().out_features as usize;
                    predictions = Some(A::of(&kept.predictions[..TrainingPlan::EXAMPLES * out]));
                }
                Err(error) => {
                    trouble = Some(Trouble::of_run(&self.setup, &error));
                    break;
                }
            }
        }
        let [losses, grad_norms] = [losses, grad_norms].map(|numbers| A::of(&numbers));
        let means = |told: &TrainingValidation| {
            loss_meaning(self.setup.task, f64::from(told.loss), told.accuracy.map(f64::from))
        };
        let meaning = validation.last().map(means);
        let best = self.lesson.best().map(|best| told_after(best.steps, &best.validation));
        let stopped_early = self.lesson.stops_early();
        TrainingSlice { losses, grad_norms, validation, predictions, meaning, best, stopped_early, trouble }
    }
}

/// What was told after so many steps.
fn told_after(steps: u64, told: &Validation) -> TrainingValidation {
    TrainingValidation { steps, loss: told.loss, accuracy: told.accuracy }
}
