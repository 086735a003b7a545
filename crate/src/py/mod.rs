//! Python: the `PyTorch` code of a call, and of loading weights.

mod code;
mod file;
mod gradients;
mod highlight;
mod load;
mod packing;
mod training;
mod variants;
mod writer;

pub use code::code;
pub(crate) use code::{statements, takes_dtype};
pub use file::{INLINE, file};
pub use gradients::gradients_code;
pub use load::{Origin, load};
pub use packing::packing_code;
pub use training::training_script;
pub use variants::{module_code, variants_code};
pub use writer::{CodeLine, Segment, SegmentKind};
