//! `PyTorch`'s `nn.GRU` and the GRUs of others: options and calls; and what all recurrent modules share of these.
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

mod config;
pub mod keep;
pub mod layout;
mod model;

pub use crate::cells::variant::{Reset, Update, Variant};
pub use crate::cells::{Equation, ParameterKind};
pub use crate::cost::KernelBytes;
pub use crate::dropout::DropoutMask;
pub use crate::error::{RecurrentError, ShapeMismatch, StateDictError};
pub use crate::module::{Module, Recurrent};
pub use crate::parameters::{Options, ParameterSpec, Plan, StateDict, fitting_tensors};
pub use crate::quantity::Quantity;
pub use crate::run::{BackwardRun, CallOptions, ForwardRun, Gradients, Output, Progress, Upstream};
pub use crate::sequence::contiguous;
pub use crate::trace::{Keep, Trace, TracePlace};
pub use crate::{memory, sequence};
pub use config::GruConfig;
pub use model::Gru;
pub use num::Real;
