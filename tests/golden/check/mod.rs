//! Checks golden records, calls of `PyTorch` and what it answered, against an engine of ours.
//!
//! `cargo xtask golden` and the Rust tests share it; `make_goldens.py` beside it makes records.

mod compare;
mod native;
mod record;
mod rng_call;

pub use compare::{Expected, Tolerance};
pub use native::Native;
pub use record::{Forward, Kind, Record, Rng, Tensor};
pub use rng_call::RngCall;

/// What computes the answers to records.
pub trait Engine {
    /// Whether it computes in f64 as well as in f32.
    const IN_DOUBLE: bool;

    /// The tensors that answer a record, by name.
    ///
    /// # Errors
    /// What it says instead.
    fn answer(&mut self, record: &Record) -> Result<Vec<(String, Tensor)>, String>;
}

/// What came of checking records.
#[derive(Debug, Default)]
pub struct Report {
    /// How many records agree.
    pub passed: usize,
    /// Why the others do not, at least one line each, beginning with the record's name.
    pub failures: Vec<String>,
    /// How many records do not agree.
    pub failed: usize,
    /// The largest difference between an expected element and the one computed.
    pub max_abs_diff: f64,
}

impl Report {
    /// Checks one line of a file; `place` names it where the record does not.
    pub fn check<E: Engine>(&mut self, engine: &mut E, place: &str, line: &str) {
        let failures = match Record::parse(line) {
            Ok(record) => {
                let failures = self.compare(engine, &record);
                failures.into_iter().map(|failure| format!("{}: {failure}", record.id)).collect()
            }
            Err(error) => vec![format!("{place}: {error}")],
        };
        if failures.is_empty() {
            self.passed += 1;
        } else {
            self.failed += 1;
            self.failures.extend(failures);
        }
    }

    fn compare<E: Engine>(&mut self, engine: &mut E, record: &Record) -> Vec<String> {
        let answered = match engine.answer(record) {
            Ok(answered) => answered,
            Err(error) => return vec![error],
        };
        let mut failures = Vec::new();
        for expected in record.expected(E::IN_DOUBLE) {
            match answered.iter().find(|(name, _)| *name == expected.name) {
                None => failures.push(format!("{}: not computed", expected.name)),
                Some((_, tensor)) => match expected.compare(tensor) {
                    Ok(max_abs_diff) => self.max_abs_diff = self.max_abs_diff.max(max_abs_diff),
                    Err(failure) => {
                        self.max_abs_diff = self.max_abs_diff.max(failure.max_abs_diff);
                        failures.push(failure.text);
                    }
                },
            }
        }
        failures
    }
}
