//! Checks a kept state: it is restored only if a run of this version and bank can have left it.

use thiserror::Error;

use super::event::ClockMode;
use super::schema::{Bank, Question};
use super::state::{Outcome, Phase, QuizState, Record, Spent, is_date};

impl QuizState {
    /// Whether this build reads states of a version. To be asked before the rest is read: a later
    /// version's state may have another form.
    ///
    /// # Errors
    /// If it does not.
    pub fn check_version(version: f64) -> Result<(), RestoreError> {
        let own = f64::from(QuizState::VERSION);
        match version {
            _ if version > own => Err(RestoreError::LaterVersion),
            _ if version < own || version.is_nan() => Err(RestoreError::Damaged("version")),
            _ => Ok(()),
        }
    }
}

/// Why a kept state is set aside. Prints as a sentence for the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RestoreError {
    /// It comes from a later version of the site.
    #[error(
        "The saved run comes from a newer version of this page, so it was set aside. Reload the page, or start a new run."
    )]
    LaterVersion,
    /// Its questions are others than these.
    #[error("The questions have changed since the saved run, so it was set aside. You can start a new run.")]
    OtherBank,
    /// It is no state, or one that no run can have left; names the field that shows it.
    #[error(
        "The saved run could not be read (`{0}` is wrong), so it was set aside. You can start a new run."
    )]
    Damaged(&'static str),
}

impl RestoreError {
    /// A stable name: `later-version`, `other-bank`, `damaged`.
    pub fn code(self) -> &'static str {
        match self {
            RestoreError::LaterVersion => "later-version",
            RestoreError::OtherBank => "other-bank",
            RestoreError::Damaged(_) => "damaged",
        }
    }
}

/// Holds, or says which field is wrong.
fn that(holds: bool, field: &'static str) -> Result<(), RestoreError> {
    if holds { Ok(()) } else { Err(RestoreError::Damaged(field)) }
}

/// Checks that a run of the bank can have left the state.
pub fn check(bank: &Bank, state: &QuizState) -> Result<(), RestoreError> {
    QuizState::check_version(state.version.into())?;
    if state.bank != bank.hash {
        return Err(RestoreError::OtherBank);
    }
    let asked = state.records.len();
    let is_count_possible = match state.phase {
        Phase::Intro => asked == 0,
        Phase::Finished => asked == bank.questions.len(),
        Phase::Open | Phase::Paused | Phase::TimeOut | Phase::Closed => {
            (1..=bank.questions.len()).contains(&asked)
        }
    };
    that(is_count_possible, "records")?;
    for (index, (record, question)) in state.records.iter().zip(bank.questions.iter()).enumerate() {
        check_record(bank, state.mode, record, question)?;
        let is_open =
            index + 1 == asked && matches!(state.phase, Phase::Open | Phase::Paused | Phase::TimeOut);
        that(is_open == (record.outcome == Outcome::Undecided), "outcome")?;
    }
    if state.phase == Phase::TimeOut {
        let timed_out = |record: &Record| {
            record.spent.last() == Some(&Spent::TimeOut)
                && record.remaining_ms == state.mode.limit_ms(&bank.challenge)
        };
        that(state.records.last().is_some_and(timed_out), "phase")?;
    }
    if let Some(date) = &state.date {
        that(state.is_badge_earned() && is_date(date), "date")?;
    }
    Ok(())
}

fn check_record(
    bank: &Bank,
    mode: ClockMode,
    record: &Record,
    question: &Question,
) -> Result<(), RestoreError> {
    that(record.question == question.id, "question")?;
    for (index, spent) in record.spent.iter().enumerate() {
        let is_possible = match spent {
            Spent::Wrong(id) => question.option(id).is_some() && *id != question.answer,
            Spent::TimeOut => mode != ClockMode::NoLimit,
        };
        let is_new = *spent == Spent::TimeOut || !record.spent[..index].contains(spent);
        that(is_possible && is_new, "spent")?;
    }
    let attempts = bank.challenge.attempts as usize;
    let is_spent_up = record.spent.len() >= attempts;
    that(record.spent.len() <= attempts, "spent")?;
    that(is_spent_up == (record.outcome == Outcome::Failed), "outcome")?;
    that(!record.tried || question.code.is_some(), "tried")?;
    check_time(record, mode.limit_ms(&bank.challenge))
}

/// Time left and time taken must add up, so that neither can be changed alone.
fn check_time(record: &Record, limit_ms: Option<u32>) -> Result<(), RestoreError> {
    let (Some(limit_ms), Some(remaining_ms)) = (limit_ms, record.remaining_ms) else {
        return that(limit_ms == record.remaining_ms, "remaining_ms");
    };
    that(remaining_ms <= limit_ms, "remaining_ms")?;
    let ran_out_at_last = record.outcome == Outcome::Failed && record.spent.last() == Some(&Spent::TimeOut);
    that(ran_out_at_last == (remaining_ms == 0), "remaining_ms")?;
    let begun = u64::from(record.time_outs()) + u64::from(!ran_out_at_last);
    let elapsed_ms = begun * u64::from(limit_ms) - u64::from(remaining_ms);
    that(u64::from(record.elapsed_ms) == elapsed_ms, "elapsed_ms")
}
