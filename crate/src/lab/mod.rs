//! What the lab's rooms compute beside training: gradients through time, the other cells, packed sequences.
//!
//! Each room has a setup, which a learner makes, a run in pieces where it can take long, and a result that holds
//! every number that the room shows. The code that does the same in `PyTorch` stands in [`crate::py`].

pub mod gradients;
pub mod modules;
pub mod packing;
mod parts;
pub mod printed;
pub mod variants;

pub use parts::{LabError, NamedTensor};
