//! Reads the record of a run and says what it sees, by what, and one thing to try; then whether that helped.

mod advice;
mod compare;
mod figures;
mod finding;
mod goal;
mod record;
mod signs;
mod words;

pub use advice::Advice;
pub use compare::{Comparison, Parting};
pub use figures::RunFigures;
pub use finding::{Evidence, Finding, Verdict};
pub use goal::TrainingGoal;
pub use record::{DoctorReport, RunRecord};
pub use words::loss_meaning;
