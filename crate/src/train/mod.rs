//! What a training step needs beside gradients: losses, clipping and optimisers, as `torch` computes them.
//!
//! Tensors are flat slices; their shapes do not matter here.

mod clip;
mod loss;
mod optimizer;

pub use clip::clip_grad_norm;
pub use loss::{Loss, LossError, bce_with_logits, cross_entropy, mse};
pub use optimizer::{Adagrad, Adam, Optimizer, OptimizerError, OptimizerState, RmsProp, Sgd};

use crate::gru::Real;

fn to_f64<T: Real>(number: T) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}
