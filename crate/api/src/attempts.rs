//! The log of answers: the page keeps its text.

use gru_playground::attempts::{Attempt, AttemptLog, LogChange};
use serde::Serialize;

use crate::fault::Fault;

/// A file that was handed to the log: what the log is with it, or why it is not taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LogTaken {
    /// Why the file is not taken, as a sentence; none where it is.
    pub refusal: Option<String>,
    /// The log with what the file has.
    pub change: Option<LogChange>,
}

/// The kept log with an attempt more; what cannot be read is begun anew.
///
/// # Errors
/// `ArgumentError` for what is no attempt.
pub fn add(kept: Option<&str>, attempt: Attempt) -> Result<LogChange, Fault> {
    let (log, set_aside) = AttemptLog::kept(kept);
    let change = log.with(attempt).map_err(|problem| Fault::argument("attempt", problem))?;
    Ok(LogChange { set_aside, ..change })
}

/// The kept log of a learner who gave a name.
pub fn name(kept: Option<&str>, learner: &str) -> LogChange {
    let (log, set_aside) = AttemptLog::kept(kept);
    LogChange { set_aside, ..log.named(learner) }
}

/// The kept log with the answers of a file.
pub fn take(kept: Option<&str>, file: &str) -> LogTaken {
    match AttemptLog::read(file) {
        Ok((log, faults)) => {
            let (before, set_aside) = AttemptLog::kept(kept);
            LogTaken { refusal: None, change: Some(LogChange { set_aside, ..before.merged(log, faults) }) }
        }
        Err(refusal) => LogTaken { refusal: Some(refusal.to_string()), change: None },
    }
}
