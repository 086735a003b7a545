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
    AttemptLog::kept(kept).with(attempt).map_err(|problem| Fault::argument("attempt", problem))
}

/// The kept log with the answers of a file.
pub fn take(kept: Option<&str>, file: &str) -> LogTaken {
    match AttemptLog::read(file) {
        Ok((log, faults)) => {
            LogTaken { refusal: None, change: Some(AttemptLog::kept(kept).merged(log, faults)) }
        }
        Err(refusal) => LogTaken { refusal: Some(refusal.to_string()), change: None },
    }
}
