#![doc = include_str!("../README.md")]
// Python and PyTorch compare numbers exactly.
#![allow(clippy::float_cmp)]
// The loop over instructions and the tables of names are long and flat; all entries of a table have one type.
#![allow(clippy::too_many_lines, clippy::unnecessary_wraps, clippy::unused_self)]

mod builtins;
mod eval;
mod names;
mod outcome;
mod syntax;
mod torch;
mod trace;
mod value;

pub use eval::Watch;
pub use names::{KnownNames, names};
pub use outcome::{Execution, Raised, Settings, Stopped, Unsupported, Warning, run, run_with};
pub use syntax::{compiles, parses};
pub use trace::{MadeLine, MadeTensor, MadeValue, PrintedPlace, TraceRecord, Tracing, TrailFrame};
pub use value::Ceiling;
