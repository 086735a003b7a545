//! The code that does in `PyTorch` what a room of the lab does here.

mod gradients;
mod packing;
mod variants;

pub use gradients::gradients_code;
pub use packing::packing_code;
pub use variants::{module_code, variants_code};
