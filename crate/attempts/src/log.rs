//! The log: read, grown, merged and written.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::attempt::Attempt;

/// So many attempts are kept; of more, the oldest leave.
pub const MOST_ATTEMPTS: usize = 5_000;
/// The longest text that is read, in bytes.
const LONGEST_TEXT: usize = 16_000_000;
/// The longest name of a learner, in characters.
const LONGEST_NAME: usize = 200;

/// All that is kept of a learner's answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct AttemptLog {
    /// The version of this form: [`AttemptLog::VERSION`].
    pub version: u32,
    /// The version of the core that wrote it.
    pub core: String,
    /// The name that the learner gave; empty where they gave none.
    pub learner: String,
    /// What was answered, the oldest first.
    pub attempts: Vec<Attempt>,
}

/// Why a text is not taken as a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum LogRefusal {
    /// A later version of this page wrote it.
    LaterVersion,
    /// It is no log.
    NoLog,
    /// It is too large.
    TooLarge,
}

impl fmt::Display for LogRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LogRefusal::LaterVersion => "A later version of this page wrote the file, and this version does not know its form. Reload the page to get the newest version.",
            LogRefusal::NoLog => "The file is no log of answers. Choose a JSON file that this page saved.",
            LogRefusal::TooLarge => "The file is larger than 16 MB; no log of answers is. Choose a JSON file that this page saved.",
        })
    }
}

/// A log after something was done with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LogChange {
    /// The text to keep.
    pub text: String,
    /// How many attempts came in.
    pub added: usize,
    /// How many of the oldest left, because there are too many.
    pub left: usize,
    /// Rows of the text that are no attempts, each with its place from 1 and why; they are not kept.
    pub faults: Vec<String>,
    /// Whether the text that was kept could not be read, or not whole: it is to be set aside before this one is kept.
    pub set_aside: bool,
}

impl AttemptLog {
    /// The version of the form that this build writes, and the latest that it reads.
    pub const VERSION: u32 = 1;

    /// A log without answers.
    pub fn empty() -> Self {
        AttemptLog {
            version: Self::VERSION,
            core: env!("CARGO_PKG_VERSION").to_owned(),
            learner: String::new(),
            attempts: Vec::new(),
        }
    }

    /// Reads a log, with what is said of rows that are no attempts; these are left out.
    ///
    /// # Errors
    /// The text is no log, of a later version, or too large.
    pub fn read(text: &str) -> Result<(Self, Vec<String>), LogRefusal> {
        #[derive(Deserialize)]
        struct Form {
            version: u32,
            #[serde(default)]
            core: String,
            #[serde(default)]
            learner: String,
            attempts: Vec<Value>,
        }
        if text.len() > LONGEST_TEXT {
            return Err(LogRefusal::TooLarge);
        }
        let value: Value = serde_json::from_str(text).map_err(|_| LogRefusal::NoLog)?;
        // The version is read first: a later one may have another form.
        match value.get("version").and_then(Value::as_u64) {
            None | Some(0) => return Err(LogRefusal::NoLog),
            Some(version) if version > u64::from(Self::VERSION) => return Err(LogRefusal::LaterVersion),
            Some(_) => {}
        }
        let form: Form = serde_json::from_value(value).map_err(|_| LogRefusal::NoLog)?;
        let mut faults = Vec::new();
        let mut attempts = Vec::new();
        for (index, row) in form.attempts.into_iter().enumerate() {
            match serde_json::from_value::<Attempt>(row) {
                Ok(attempt) => match attempt.fault() {
                    None => attempts.push(attempt),
                    Some(fault) => faults.push(format!("Answer {}: {fault}.", index + 1)),
                },
                Err(error) => faults.push(format!("Answer {}: {error}.", index + 1)),
            }
        }
        let learner = form.learner.chars().take(LONGEST_NAME).collect();
        Ok((AttemptLog { version: form.version, core: form.core, learner, attempts }, faults))
    }

    /// What is kept, or an empty log where there is nothing that can be read; and whether something was lost with that.
    pub fn kept(text: Option<&str>) -> (Self, bool) {
        match text.map(Self::read) {
            None => (Self::empty(), false),
            Some(Ok((log, faults))) => (log, !faults.is_empty()),
            Some(Err(_)) => (Self::empty(), true),
        }
    }

    /// The log with an attempt more.
    ///
    /// # Errors
    /// Why it is no attempt, as a caller hears it.
    pub fn with(mut self, attempt: Attempt) -> Result<LogChange, &'static str> {
        if let Some(fault) = attempt.fault() {
            return Err(fault);
        }
        self.attempts.push(attempt);
        Ok(self.changed(1, Vec::new()))
    }

    /// The log with the attempts of another, none of them twice.
    pub fn merged(mut self, other: Self, faults: Vec<String>) -> LogChange {
        let mut seen: HashSet<String> = self.attempts.iter().map(row).collect();
        let new: Vec<Attempt> =
            other.attempts.into_iter().filter(|attempt| seen.insert(row(attempt))).collect();
        let added = new.len();
        self.attempts.extend(new);
        if self.learner.is_empty() {
            self.learner = other.learner;
        }
        self.changed(added, faults)
    }

    /// The log of a learner who gave a name.
    pub fn named(mut self, learner: &str) -> LogChange {
        self.learner = learner.trim().chars().take(LONGEST_NAME).collect();
        self.changed(0, Vec::new())
    }

    /// The log as JSON, a line an attempt.
    pub fn json(&self) -> String {
        let quoted = |text: &str| Value::from(text).to_string();
        let rows: Vec<String> = self.attempts.iter().map(|attempt| format!("    {}", row(attempt))).collect();
        let attempts =
            if rows.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", rows.join(",\n")) };
        format!(
            "{{\n  \"version\": {},\n  \"core\": {},\n  \"learner\": {},\n  \"attempts\": {attempts}\n}}\n",
            Self::VERSION,
            quoted(env!("CARGO_PKG_VERSION")),
            quoted(&self.learner)
        )
    }

    /// In the order of time, no more than are kept.
    fn changed(mut self, added: usize, faults: Vec<String>) -> LogChange {
        self.attempts.sort_by(|a, b| a.at.cmp(&b.at));
        let left = self.attempts.len().saturating_sub(MOST_ATTEMPTS);
        self.attempts.drain(..left);
        LogChange { text: self.json(), added, left, faults, set_aside: false }
    }
}

/// An attempt as it stands in the file.
fn row(attempt: &Attempt) -> String {
    // Texts, numbers that are finite and flags always have a form in JSON.
    serde_json::to_string(attempt).unwrap_or_default()
}
