#![doc = include_str!("../README.md")]

mod pasted;
mod place;
mod program;
mod run;

pub use pasted::{NamedSize, PastedAnswer, explain};
pub use python::Watch;
pub use run::{
    GivenWarning, NamedValue, PrintedTensor, ProgramDiagnosis, ProgramEnd, ProgramException, ProgramFix,
    ProgramRefusal, ProgramRun, SourceEdit, SourceLabel, TensorSample, TracedLine, UsedUp, run,
};
