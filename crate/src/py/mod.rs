//! Python: the `PyTorch` code of a call.

mod code;
mod highlight;
mod training;
mod writer;

pub use code::code;
pub(crate) use code::{statements, takes_dtype};
pub use training::training_script;
pub use writer::{CodeLine, Segment, SegmentKind};
