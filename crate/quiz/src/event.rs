//! What can happen to a quiz.

use serde::{Deserialize, Serialize};

/// How long a question's clock runs; chosen before the run, the same for all its questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "Mode"))]
pub enum ClockMode {
    /// The question's own limit: 2:00.
    #[default]
    #[serde(rename = "standard")]
    Standard,
    /// One and a half times the limit: 3:00.
    #[serde(rename = "x1.5")]
    X1_5,
    /// Twice the limit: 4:00.
    #[serde(rename = "x2")]
    X2,
    /// Ten times the limit: 20:00.
    #[serde(rename = "x10")]
    X10,
    /// No limit; time is counted and shown at the end.
    #[serde(rename = "no_limit")]
    NoLimit,
}

/// Something that the learner or the clock did.
///
/// An event that does not fit the phase, such as a second click on an answer, changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum QuizEvent {
    /// Begin a run, from the intro or from the results of an earlier run.
    Start {
        /// How long the clock runs.
        mode: ClockMode,
        /// What shuffles the options; any number, the page draws one at random.
        seed: u32,
    },
    /// Choose an option of the open question.
    Answer {
        /// The option's id.
        option: String,
    },
    /// Show the open question's hint, and note that it was shown.
    Hint,
    /// Stop the clock and hide the question.
    Pause,
    /// Show the question again and let the clock run; also goes on after time ran out.
    Resume,
    /// Go on from a closed question to the next one, or to the results.
    Next,
    /// Let time pass; sent four times a second while a question is open, and before the page hides.
    Tick,
    /// Note that the open question's code was opened in the playground; the clock goes on.
    TryIt,
    /// From the results, begin another run in the same mode with every question's options in another order.
    Again,
    /// Give the run up, from anywhere, and go back to the intro.
    Abandon,
    /// Write the date on an earned badge that has none.
    Stamp {
        /// The day as `2026-11-22`.
        date: String,
    },
}
