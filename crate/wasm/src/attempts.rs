//! The log of answers.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use crate::ts;
use gru_playground::attempts::AttemptLog;

/// The kept log with an attempt more: the text to keep.
///
/// # Errors
/// `ArgumentError` for what is no attempt.
#[wasm_bindgen(js_name = addAttempt)]
pub fn add(kept: Option<String>, attempt: &ts::Attempt) -> Result<ts::LogChange, Thrown> {
    Ok(to_js(&api::attempts::add(kept.as_deref(), from_js("attempt", attempt)?)?))
}

/// The kept log with the answers of a file, or why the file is not taken.
#[wasm_bindgen(js_name = takeLog)]
pub fn take(kept: Option<String>, file: &str) -> ts::LogTaken {
    to_js(&api::attempts::take(kept.as_deref(), file))
}

/// The kept log of a learner who gave a name.
#[wasm_bindgen(js_name = nameLearner)]
pub fn name(kept: Option<String>, learner: &str) -> ts::LogChange {
    to_js(&api::attempts::name(kept.as_deref(), learner))
}

/// The answers of the kept log, counted by item.
#[wasm_bindgen(js_name = countAttempts)]
pub fn count(kept: Option<String>) -> ts::LogCounts {
    to_js(&AttemptLog::kept(kept.as_deref()).0.counts())
}

/// The kept log as CSV.
#[wasm_bindgen(js_name = attemptsAsCsv)]
pub fn csv(kept: Option<String>) -> String {
    AttemptLog::kept(kept.as_deref()).0.csv()
}
