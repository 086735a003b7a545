//! Checks golden records, calls of `PyTorch` and what it answered, against an engine of ours.
//!
//! `cargo xtask golden` and the Rust tests share it; `docs/goldens.md` states the format.

pub mod backward;
pub mod cells;
mod compare;
pub mod dropout;
mod native;
pub mod packed;
pub mod record;
pub mod rng_call;
pub mod rng_lab;
pub mod train;
pub mod variants;

use std::path::Path;
use std::{fmt, fs};

use compare::Comparison;
pub use native::Native;
use record::{Record, Tensor};

/// What computes the answers to records.
pub trait Engine {
    /// Whether it computes in f64 as well as in f32.
    const IN_DOUBLE: bool;

    /// The tensors that answer a record, by name; the line is what it was read from.
    ///
    /// # Errors
    /// What it says instead.
    fn answer(&mut self, record: &Record, line: &str) -> Result<Vec<(String, Tensor)>, String>;
}

/// What came of checking records; prints as `N passed, M failed, max_abs_diff=X`.
#[derive(Debug, Default)]
pub struct Report {
    /// How many records agree.
    pub passed: usize,
    /// How many records do not agree.
    pub failed: usize,
    /// Why they do not: record, tensor, index and both values; at least one line each.
    pub failures: Vec<String>,
    /// The largest difference between an expected element and the one computed.
    pub max_abs_diff: f64,
}

impl Report {
    /// Checks every record of a file; one that cannot be read counts as a record that fails.
    pub fn check_file<E: Engine>(&mut self, engine: &mut E, file: &Path) {
        match fs::read_to_string(file) {
            Ok(text) => self.check_lines(engine, file, &text),
            Err(error) => self.count(vec![format!("{}: {error}", file.display())]),
        }
    }

    fn check_lines<E: Engine>(&mut self, engine: &mut E, file: &Path, text: &str) {
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let failures = match Record::parse(line) {
                Ok(record) => self.compare(engine, &record, line),
                Err(error) => vec![format!("{}:{}: {error}", file.display(), i + 1)],
            };
            self.count(failures);
        }
    }

    fn count(&mut self, failures: Vec<String>) {
        if failures.is_empty() {
            self.passed += 1;
        } else {
            self.failed += 1;
            self.failures.extend(failures);
        }
    }

    /// The failures of one record.
    fn compare<E: Engine>(&mut self, engine: &mut E, record: &Record, line: &str) -> Vec<String> {
        let id = &record.id;
        let answered = match engine.answer(record, line) {
            Ok(answered) => answered,
            Err(error) => return vec![format!("{id}: {error}")],
        };
        let mut failures = Vec::new();
        for expected in record.expected(E::IN_DOUBLE) {
            let Some((_, tensor)) = answered.iter().find(|(name, _)| *name == expected.name) else {
                failures.push(format!("{id}: {}: not computed", expected.name));
                continue;
            };
            let Comparison { max_abs_diff, failure } = expected.compare(tensor);
            self.max_abs_diff = self.max_abs_diff.max(max_abs_diff);
            failures.extend(failure.map(|failure| format!("{id}: {failure}")));
        }
        failures
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { passed, failed, max_abs_diff, .. } = self;
        write!(f, "{passed} passed, {failed} failed, max_abs_diff={max_abs_diff:.2e}")
    }
}
