use serde::{Deserialize, Serialize};

use super::{Comparison, Finding, TrainingGoal};
use crate::{Setup, TrainingValidation};

/// What a run told while it trained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RunRecord {
    /// What it is called beside others, such as `A`.
    pub name: String,
    /// What was set.
    pub setup: Setup,
    /// The loss of each step, before the parameters moved.
    pub losses: Vec<f32>,
    /// The norm of all gradients of each step, before they were clipped.
    pub grad_norms: Vec<f32>,
    /// The validation losses, in the order of their steps.
    pub validation: Vec<TrainingValidation>,
    /// What became infinite or NaN and ended the run, if something did.
    pub broke: Option<String>,
}

/// What is seen in a run, and beside the run before it whether the change helped.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DoctorReport {
    /// What is seen in the run.
    pub finding: Finding,
    /// The run beside the one before it.
    pub comparison: Option<Comparison>,
    /// Whether a run that overfits was made, and cured.
    pub goal: TrainingGoal,
}

impl DoctorReport {
    /// What is seen in a run, and beside the one before it, if there is one of the same task.
    pub fn of(run: &RunRecord, before: Option<&RunRecord>) -> Self {
        let comparison = before
            .filter(|before| before.setup.task == run.setup.task)
            .map(|before| Comparison::of(before, run));
        DoctorReport { finding: Finding::of(run), comparison, goal: TrainingGoal::of(run, before) }
    }
}
