use serde::{Deserialize, Serialize};

use super::{Examples, LossName, Preset, Setup, Trouble, training_script};
use call::py::CodeLine;

/// The validation loss after so many steps, in evaluation mode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TrainingValidation {
    /// How many steps had been taken.
    pub steps: u64,
    /// The loss; infinite or NaN it may be.
    pub loss: f32,
    /// The share of right answers, where answers are right or wrong.
    pub accuracy: Option<f32>,
}

/// What a setup means, before anything is computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TrainingPlan {
    /// The script of the whole run.
    pub code: Vec<CodeLine>,
    /// The loss of the task.
    pub loss: LossName,
    /// What the best answer loses that does not look at the input.
    pub chance_loss: f64,
    /// The share of right answers without looking, where answers are right or wrong.
    pub chance_accuracy: Option<f64>,
    /// Numbers that are learned; none of a setup that cannot be run.
    pub parameters: Option<u64>,
    /// Why it cannot be run.
    pub trouble: Option<Trouble>,
    /// What `PyTorch` warns of.
    pub warnings: Vec<Trouble>,
    /// What is read in the examples, (samples, `seq_len`, features); empty of a setup that cannot be run.
    pub x: Vec<f32>,
    /// What is to be told of each.
    pub y: Vec<f32>,
    /// The steps of each, from 0, from which that follows.
    pub counts: Vec<Vec<u64>>,
    /// Setups that show one thing each.
    pub presets: Vec<Preset>,
}

impl TrainingPlan {
    /// How many samples are looked at.
    pub const EXAMPLES: usize = 8;

    /// What a setup means; answers at once.
    pub fn of(setup: &Setup) -> Self {
        let trouble = setup.trouble();
        let Examples { x, y } =
            Examples::of(setup, TrainingPlan::EXAMPLES).unwrap_or(Examples { x: Vec::new(), y: Vec::new() });
        let counts = setup.task.steps_that_count(&x, y.len());
        TrainingPlan {
            code: training_script(setup),
            loss: setup.task.loss(),
            chance_loss: setup.task.chance_loss(),
            chance_accuracy: setup.task.chance_accuracy(),
            parameters: trouble.is_none().then(|| setup.model().parameters().to_u64()).flatten(),
            trouble,
            warnings: setup.warnings(),
            x,
            y,
            counts,
            presets: Preset::of(setup).to_vec(),
        }
    }
}
