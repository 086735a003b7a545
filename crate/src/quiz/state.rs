//! What is kept of a quiz from one visit to the next.

use serde::{Deserialize, Serialize};

use super::event::Mode;

/// Where a quiz stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Phase {
    /// No run has begun.
    #[default]
    Intro,
    /// A question is shown and its clock runs.
    Open,
    /// The learner stopped the clock; the question is hidden.
    Paused,
    /// Time ran out with attempts left; the question is hidden until the learner goes on.
    TimeOut,
    /// A question has its verdict.
    Closed,
    /// Every question has its verdict; the results are shown.
    Finished,
}

/// How an attempt was spent without solving the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Spent {
    /// On a wrong option, by id.
    Wrong(String),
    /// On time running out.
    TimeOut,
}

/// How a question ended, or that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Outcome {
    /// It has no verdict yet.
    #[default]
    Undecided,
    /// The right option was chosen.
    Solved,
    /// Every attempt was spent.
    Failed,
}

/// What happened to one question of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Record {
    /// The question's id.
    pub question: String,
    /// The attempts spent so far, in order.
    pub spent: Vec<Spent>,
    /// Whether the hint was shown.
    pub hint: bool,
    /// Whether the code was opened in the playground before the verdict.
    pub tried: bool,
    /// How it ended.
    pub outcome: Outcome,
    /// Milliseconds left of the present attempt; none without a limit.
    pub remaining_ms: Option<u32>,
    /// Milliseconds during which the question was open, over all attempts.
    pub elapsed_ms: u32,
}

/// All that is kept of a quiz; the page stores it after every event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct QuizState {
    /// The version of this form of state: [`QuizState::VERSION`].
    pub version: u32,
    /// The hash of the bank that the run asks from, 16 hexadecimal digits.
    pub bank: String,
    /// Where the quiz stands.
    pub phase: Phase,
    /// How long the clock runs.
    pub mode: Mode,
    /// What shuffles the options.
    pub seed: u32,
    /// The questions begun so far, in order; the last one is the present one.
    pub records: Vec<Record>,
    /// The day on the badge as `2026-11-22`, once stamped.
    pub date: Option<String>,
}

impl QuizState {
    /// The version of state that this build writes and reads.
    pub const VERSION: u32 = 1;
}
