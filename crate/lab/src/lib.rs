//! What the lab's rooms compute beside training: gradients through time, the other cells, packed sequences.
//!
//! Each room has a setup, which a learner makes, a run in pieces where it can take long, and a result that holds
//! every number that the room shows. The code that does the same in `PyTorch` stands in `script`.

pub mod gradients;
pub mod modules;
pub mod packing;
mod parts;
pub mod printed;
mod script;
pub mod variants;

pub use parts::{LabError, NamedTensor};
pub use script::{gradients_code, module_code, packing_code, variants_code};
