//! The Python that a call is written as, and how lines of Python are marked.

mod code;
mod highlight;
mod kept;
mod writer;

pub use code::{code, statements, takes_dtype};
pub use highlight::highlight;
pub use kept::kept_code;
pub use writer::{CodeLine, Segment, SegmentKind, Writer};
