//! What is kept of a quiz from one visit to the next.

use serde::{Deserialize, Serialize};

use super::event::ClockMode;
use super::schema::{Bank, Question};

/// What stands for time running out where an option's id may stand.
const TIME_OUT: &str = "time_out";

/// Where a quiz stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
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
///
/// Stored as one string: the option's id, or `time_out`, which is no id because ids have no underscore.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Spent {
    /// On a wrong option, by id.
    Wrong(String),
    /// On time running out.
    TimeOut,
}

/// How a question ended, or that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
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
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Record {
    /// The question's id.
    pub question: String,
    /// The attempts spent so far, in order: the wrong option's id, or `time_out`.
    #[cfg_attr(feature = "types", ts(type = "string[]"))]
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
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct QuizState {
    /// The version of this form of state: [`QuizState::VERSION`].
    pub version: u32,
    /// The hash of the bank that the run asks from, 16 hexadecimal digits.
    pub bank: String,
    /// Where the quiz stands.
    pub phase: Phase,
    /// How long the clock runs.
    pub mode: ClockMode,
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

    /// Before a run; the mode is the one offered first.
    pub(super) fn intro(bank: &Bank, mode: ClockMode) -> Self {
        QuizState {
            version: QuizState::VERSION,
            bank: bank.hash.clone(),
            phase: Phase::Intro,
            mode,
            seed: 0,
            records: Vec::new(),
            date: None,
        }
    }

    /// Whether the run is finished with every question solved.
    pub(super) fn is_badge_earned(&self) -> bool {
        self.phase == Phase::Finished && self.records.iter().all(|record| record.outcome == Outcome::Solved)
    }
}

impl From<String> for Spent {
    fn from(name: String) -> Self {
        if name == TIME_OUT { Spent::TimeOut } else { Spent::Wrong(name) }
    }
}

impl From<Spent> for String {
    fn from(spent: Spent) -> Self {
        match spent {
            Spent::Wrong(option) => option,
            Spent::TimeOut => TIME_OUT.to_owned(),
        }
    }
}

impl Record {
    /// A question at the moment at which it is opened.
    pub(super) fn begin(question: &Question, limit_ms: Option<u32>) -> Self {
        Record {
            question: question.id.clone(),
            spent: Vec::new(),
            hint: false,
            tried: false,
            outcome: Outcome::Undecided,
            remaining_ms: limit_ms,
            elapsed_ms: 0,
        }
    }

    /// Whether an attempt was spent on the option.
    pub(super) fn spent_on(&self, option: &str) -> bool {
        self.spent.iter().any(|spent| matches!(spent, Spent::Wrong(id) if id == option))
    }

    /// How many attempts were spent on time running out.
    pub(super) fn time_outs(&self) -> u32 {
        self.spent.iter().filter(|spent| **spent == Spent::TimeOut).count() as u32
    }
}

/// Whether a text is a day such as `2026-11-22`; the length of months is not checked.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| -> Option<u32> {
        bytes
            .get(range)?
            .iter()
            .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
    };
    let has_form = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' && digits(0..4).is_some();
    has_form
        && digits(5..7).is_some_and(|month| (1..=12).contains(&month))
        && digits(8..10).is_some_and(|day| (1..=31).contains(&day))
}
