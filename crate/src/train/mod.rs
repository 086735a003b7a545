//! Training as `torch` does it: a model around the GRU, losses, clipping and optimisers, and the run that takes one
//! step after the other.
//!
//! To losses, clipping and optimisers tensors are flat slices; their shapes do not matter there.

mod clip;
mod embedding;
mod error;
mod linear;
mod loss;
mod model;
mod optimizer;
mod run;

pub use clip::clip_grad_norm;
pub use embedding::Embedding;
pub use error::TrainError;
pub use linear::{Linear, LinearGradients};
pub use loss::{Loss, LossError, bce_with_logits, cross_entropy, mse};
pub use model::{EmbeddingConfig, Input, Model, ModelConfig, Pass};
pub use optimizer::{Adagrad, Adam, Optimizer, OptimizerError, OptimizerState, RmsProp, Sgd};
pub use run::{Criterion, NotFinite, Place, Step, TrainOptions, TrainRun};

use crate::gru::Real;

fn to_f64<T: Real>(number: T) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}
