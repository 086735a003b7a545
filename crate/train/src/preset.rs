use serde::Serialize;

use crate::{Change, OptimizerName, Setup, Task};

/// A setup that shows one thing, which a test holds it to over several seeds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Preset {
    /// Its name, which stays.
    pub code: &'static str,
    /// What is done, as a button says it.
    pub name: &'static str,
    /// What will be seen, in a sentence.
    pub sentence: &'static str,
    /// All settings; the seed is the one that was set.
    pub setup: Setup,
}

/// By how much the learning rate is raised to break a run. Ten times is not enough: some tasks then learn better.
const BREAKING: f64 = 100.0;
/// With fewer sequences in a batch a run is too short to learn the task.
const LEAST_BATCH: u64 = 32;

impl Preset {
    /// What is offered beside a setup.
    ///
    /// ```
    /// use gru_playground_train::{Preset, Setup};
    ///
    /// let names = Preset::of(&Setup::default()).map(|preset| preset.name);
    /// assert_eq!(names, ["Overfit it", "Cure it", "Break it", "Too far to remember"]);
    /// ```
    pub fn of(setup: &Setup) -> [Self; 4] {
        let recall =
            Setup { task: Task::Recall, seq_len: 6, steps: 300, seed: setup.seed, ..Setup::default() };
        let overfit = Setup { batch: 32, fresh: false, train_size: Some(32), ..recall.clone() };
        // Of a setup that is not overfit the cure is shown on the one that is.
        let ill = if setup.fresh { &overfit } else { setup };
        // What the doctor advises: one cure of one finding.
        let cured = Setup {
            batch: ill.batch.max(LEAST_BATCH),
            steps: ill.steps.max(300),
            ..ill.clone().with(Change::Fresh(true))
        };
        let usual = setup.optimizer.usual_lr();
        [
            Preset {
                code: "overfit",
                name: "Overfit it",
                sentence: "32 sequences, again and again: it learns them by heart, and validation shows that it learned nothing else.",
                setup: overfit,
            },
            Preset {
                code: "cure",
                name: "Cure it",
                sentence: "The same with new sequences in every training step: none comes twice, so that it has to learn the task.",
                setup: cured,
            },
            Preset {
                code: "break",
                name: "Break it",
                sentence: "A hundred times the usual learning rate: every training step goes too far, and the loss grows.",
                setup: Setup { lr: rounded(usual * BREAKING), ..setup.clone() },
            },
            Preset {
                code: "too-far",
                name: "Too far to remember",
                sentence: "The token to tell lies 60 time steps back: in 200 training steps a plain GRU does not get beyond guessing.",
                setup: Setup { seq_len: 60, batch: 32, steps: 200, optimizer: OptimizerName::Adam, ..recall },
            },
        ]
    }
}

/// Without the last digits, which are those of binary.
fn rounded(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}
