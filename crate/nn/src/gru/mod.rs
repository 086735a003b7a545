//! `PyTorch`'s `nn.GRU`: options, parameters, forward pass and its trace.
//!
//! | letter | size |
//! |---|---|
//! | L | sequence length |
//! | N | batch size; 1 for unbatched input |
//! | `H_in`, I | `input_size`; of layers above the first, D*H |
//! | `H_out`, H | `hidden_size` |
//! | D | directions: 2 if bidirectional, else 1 |
//!
//! Gates are always named reset, update, new (`r`, `z`, `n`) and packed in this order.

pub(crate) mod backward;
mod cell;
mod config;
mod dropout;
mod error;
pub(crate) mod forward;
mod kernel_bytes;
mod kernels;
pub mod layout;
pub mod memory;
mod model;
mod parameters;
pub(crate) mod plan;
pub mod sequence;
pub mod state_dict;
mod trace;
mod variant;
pub(crate) mod walk;
pub(crate) mod walk_back;

pub use backward::{BackwardRun, Gradients, Upstream};
pub use config::GruConfig;
pub use dropout::DropoutMask;
pub use error::{GruError, ShapeMismatch, StateDictError};
pub use forward::{ForwardRun, Output, Progress};
pub use kernel_bytes::KernelBytes;
pub use model::Gru;
pub use num::Real;
pub use parameters::{ParameterKind, ParameterSpec};
pub use sequence::contiguous;
pub use trace::{Quantity, Trace, TracePlace};
pub use variant::{Reset, Update, Variant};
