//! The log of what a learner answered: one versioned form for the page, for teachers and for what else reads it.
//!
//! Pure: a text goes in, a text comes out. The page keeps the text and hands the time in. `docs/log.md` tells the form to teachers.

mod attempt;
mod csv;
mod log;
mod summary;

pub use attempt::{Attempt, AttemptSource};
pub use log::{AttemptLog, LogChange, LogRefusal, MOST_ATTEMPTS};
pub use summary::{ItemCount, LogCounts};
