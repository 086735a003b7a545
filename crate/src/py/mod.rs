//! Python: the `PyTorch` code of a call, and of loading weights.

mod code;
mod file;
mod load;
mod writer;

pub use code::code;
pub(crate) use code::{statements, takes_dtype};
pub use file::{INLINE, file};
pub use load::{Origin, load};
pub use writer::{CodeLine, Segment, SegmentKind};
