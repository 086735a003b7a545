//! What a run of a call needs, or why it is not run here.

use nn::gru::GruConfig;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Diagnosis;
use crate::call::{Argument, Call, Dtype};
use crate::shape::Shape;

/// What a run needs of a legal call: read by the page's module, handed to the worker's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RunPlan {
    /// The module's options.
    pub config: GruConfig,
    /// The input's shape.
    pub input_shape: Vec<usize>,
    /// Null where the call leaves `h_0` out, so that it is zero.
    pub h_0_shape: Option<Vec<usize>>,
}

/// Why a call is not run here.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum NoRun {
    /// `PyTorch` raises, with this message.
    #[error("{0}")]
    Illegal(String),
    /// Its module is not float32.
    #[error("Values are computed in torch.float32, not in {0}.")]
    Dtype(Dtype),
    /// It has a tensor that this machine cannot address.
    #[error("a tensor of shape {0} is too large for this machine")]
    TooLarge(Shape),
}

impl RunPlan {
    /// What a run of a call needs of which this is said.
    ///
    /// # Errors
    /// [`NoRun`] says why it is not run here.
    pub fn of(call: &Call, diagnosis: &Diagnosis) -> Result<RunPlan, NoRun> {
        let (Some(config), Some(_), Argument::Tensor(input)) =
            (&diagnosis.module, &diagnosis.trace, &call.input)
        else {
            return Err(NoRun::Illegal(
                diagnosis.error().map_or(String::new(), |error| error.message.clone()),
            ));
        };
        if call.config.dtype != Dtype::Float32 {
            return Err(NoRun::Dtype(call.config.dtype));
        }
        let h_0_shape = match &call.h_0 {
            Some(Argument::Tensor(h_0)) => Some(sizes(&h_0.shape)?),
            _ => None,
        };
        Ok(RunPlan { config: config.clone(), input_shape: sizes(&input.shape)?, h_0_shape })
    }
}

fn sizes(shape: &Shape) -> Result<Vec<usize>, NoRun> {
    let sizes: Result<Vec<usize>, _> = shape.0.iter().map(|size| usize::try_from(size.0)).collect();
    sizes.map_err(|_| NoRun::TooLarge(shape.clone()))
}
