//! Python: the `PyTorch` code of a call, and of loading weights.

mod code;
mod gradients;
mod highlight;
mod packing;
mod variants;
mod training;
mod file;
mod load;
mod writer;

pub use code::code;
pub(crate) use code::{statements, takes_dtype};
pub use gradients::gradients_code;
pub use packing::packing_code;
pub use variants::{module_code, variants_code};
pub use training::training_script;
pub use file::{INLINE, file};
pub use load::{Origin, load};
pub use writer::{CodeLine, Segment, SegmentKind};
