use serde::Serialize;

use super::RunRecord;
use super::signs::Signs;
use super::words::{loss_meaning, number};

/// The figures of a run, the same wherever it is named: of its last fifth, so that no single training step speaks for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RunFigures {
    /// The first training step that they are of.
    pub from: u64,
    /// The last.
    pub to: u64,
    /// The mean training loss; NaN where no step was taken.
    pub training: f64,
    /// The same as it is written.
    pub training_text: String,
    /// The median validation loss, or with early stopping that of the model which is kept.
    pub validation: Option<f64>,
    /// The same as it is written; empty where there is none.
    pub validation_text: String,
    /// The share of right answers with it, where answers are right or wrong.
    pub accuracy: Option<f64>,
    /// What the validation loss means, in a sentence; empty where there is none.
    pub meaning: String,
}

impl RunFigures {
    pub(super) fn of(run: &RunRecord, signs: &Signs) -> Self {
        let (end, fifth) = (signs.steps, (signs.steps / 5).max(1));
        let meaning = signs.validation.map(|loss| loss_meaning(run.setup.task, loss, signs.accuracy));
        RunFigures {
            from: (end + 1).saturating_sub(fifth),
            to: end,
            training: signs.training,
            training_text: number(signs.training),
            validation: signs.validation,
            validation_text: signs.validation.map(number).unwrap_or_default(),
            accuracy: signs.accuracy,
            meaning: meaning.unwrap_or_default(),
        }
    }
}
