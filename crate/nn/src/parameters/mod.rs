//! The parameters of a module, by name and by place.

mod plan;
mod state_dict;

pub use crate::cells::ParameterKind;
pub use plan::{Options, ParameterSpec, Plan, StepStage};
pub use state_dict::{StateDict, fitting_tensors};
