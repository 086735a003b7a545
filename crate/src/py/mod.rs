//! Python: the `PyTorch` code of a call.

mod code;
mod writer;

pub use code::code;
pub(crate) use code::{statements, takes_dtype};
pub use writer::{CodeLine, Segment, SegmentKind};
