use serde::Serialize;

use super::{Finding, RunRecord, Verdict};

/// The goal of who learns to train, judged: make a run that overfits, then cure it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TrainingGoal {
    /// Whether it is reached.
    pub reached: bool,
    /// What was reached, or what there is to do, in a sentence.
    pub words: String,
    /// Everything that is missing, a sentence each; empty once it is reached.
    pub missing: Vec<String>,
}

impl TrainingGoal {
    /// Judges a run and the one before it: that one overfits, and this one learned the same question.
    pub fn of(run: &RunRecord, before: Option<&RunRecord>) -> Self {
        let verdict = Finding::of(run).verdict;
        let sick = before.filter(|before| Finding::of(before).verdict == Verdict::Overfits);
        let mut missing = Vec::new();
        match sick {
            Some(sick) => {
                if run.setup.task != sick.setup.task {
                    missing
                        .push(format!("{} has another task than {}: a cure keeps it.", run.name, sick.name));
                }
                if run.setup.seq_len < sick.setup.seq_len {
                    missing.push(format!(
                        "{} has shorter sequences than {}: that is an easier question, and no cure.",
                        run.name, sick.name
                    ));
                }
                if verdict != Verdict::Learned {
                    missing.push(format!(
                        "{} overfits, and {} does not answer well yet what it has not seen.",
                        sick.name, run.name
                    ));
                }
            }
            None if verdict == Verdict::Overfits => {
                missing.push(format!(
                    "{} overfits. Change one thing, and run again: the next run is to learn.",
                    run.name
                ));
            }
            None => missing.push("No run before this one overfits.".to_owned()),
        }
        let reached = missing.is_empty();
        let words = match sick {
            Some(sick) if reached => format!("Reached: {} overfits, and {} is cured.", sick.name, run.name),
            _ => "Make a run that overfits, then cure it.".to_owned(),
        };
        TrainingGoal { reached, words, missing }
    }
}
