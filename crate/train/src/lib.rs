//! Training as `torch` does it: a model around a GRU or another cell, losses, clipping and optimisers, and the run that takes one
//! step after the other; and what a learner trains: tasks, a setup of all settings, the lesson that runs it.
//!
//! To losses, clipping and optimisers tensors are flat slices; their shapes do not matter there.

mod clip;
mod doctor;
mod embedding;
mod error;
mod lesson;
mod linear;
mod loss;
mod memory;
mod model;
mod optimizer;
mod preset;
mod run;
mod script;
mod setup;
mod task;
mod training_plan;
mod trouble;

pub use clip::clip_grad_norm;
pub use doctor::{
    Advice, Comparison, DoctorReport, Evidence, Finding, Parting, RunFigures, RunRecord, TrainingGoal,
    Verdict, loss_meaning,
};
pub use embedding::{Embedding, EmbeddingOptions, as_tokens};
pub use error::TrainError;
pub use lesson::{Best, Lesson, Validation};
pub use linear::{Linear, LinearGradients, LinearOptions};
pub use loss::{Loss, LossError, bce_with_logits, cross_entropy, mse};
pub use memory::{
    GOAL_DISTANCE, MemoryCell, MemoryGoal, MemoryInside, MemoryOutcome, MemoryPlan, MemoryPlanCell,
    MemoryReport, MemoryRun, MemorySetup, MemoryStanding, MemoryValidation, RankingGap, RankingMove,
};
pub use model::{CellName, EmbeddingConfig, Input, Model, ModelConfig, ModelPass, ReadOn, RecurrentOptions};
pub use optimizer::{Adagrad, Adam, Optimizer, OptimizerError, OptimizerState, RmsProp, Sgd};
pub use preset::Preset;
pub use run::{Criterion, NotFinite, NotFinitePlace, TrainOptions, TrainRun, TrainStep};
pub use script::training_script;
pub use setup::{Change, OptimizerName, Setup, SetupError, VALIDATE_EVERY, VALIDATION};
pub use task::{Examples, LossName, TOKENS, Task, TaskData};
pub use training_plan::{TrainingPlan, TrainingValidation};
pub use trouble::{Help, Trouble};

use ndarray::{ArrayView1, ArrayViewD};
use nn::gru::Real;

fn to_f64<T: Real>(number: T) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}

/// The elements of a parameter as a tensor.
fn view<T>(shape: Vec<usize>, elements: &[T]) -> ArrayViewD<'_, T> {
    let view = ArrayView1::from(elements).into_shape_with_order(shape);
    view.unwrap_or_else(|_| unreachable!("a parameter is made with this length"))
}
