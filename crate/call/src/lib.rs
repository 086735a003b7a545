//! A call of `nn.GRU` as a learner may write it: its shapes, its code, what `PyTorch` says of it, and what mends it.

mod call;
pub mod diagnostic;
pub mod py;
pub mod shape;

pub use call::*;
