//! The challenge: what it is told, and where it goes on.

use crate::fault::Fault;
use crate::read::{Readable, read};
use gru_playground::quiz::{Quiz, QuizEvent, QuizState, RestoreError};

/// The challenge where a kept state left it. The version is read first: a later one may have another form.
///
/// # Errors
/// `QuizStateError`, whose `code` says why the state is set aside.
pub fn restore(state: impl Readable) -> Result<Quiz, Fault> {
    let damaged = RestoreError::Damaged("form");
    QuizState::check_version(state.field("version").as_f64().ok_or(damaged)?)?;
    let state = read("state", state).map_err(|_| damaged)?;
    Ok(Quiz::restore(state)?)
}

/// Tells of an event at a time in milliseconds.
///
/// # Errors
/// `ArgumentError` for an unknown option, a text that is no date, or a time that is negative or not finite.
pub fn dispatch(quiz: &mut Quiz, event: QuizEvent, now_ms: f64) -> Result<(), Fault> {
    if !now_ms.is_finite() || now_ms < 0.0 {
        return Err(Fault::argument("nowMs", format_args!("not a time: {now_ms}")));
    }
    quiz.dispatch(event, now_ms as u64).map_err(|problem| Fault::argument("event", problem))
}
