//! Python: the `PyTorch` code of a call.

mod code;
mod gradients;
mod highlight;
mod packing;
mod variants;
mod training;
mod writer;

pub use code::code;
pub(crate) use code::{statements, takes_dtype};
pub use gradients::gradients_code;
pub use packing::packing_code;
pub use variants::{module_code, variants_code};
pub use training::training_script;
pub use writer::{CodeLine, Segment, SegmentKind};
