use thiserror::Error;

use super::{LossError, NotFinite, OptimizerError};
use nn::gru::RecurrentError;

/// What is wrong with a model, what it reads or its training.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum TrainError {
    /// The model's sizes, parameters or input.
    #[error(transparent)]
    Gru(#[from] RecurrentError),
    /// The options of the optimiser.
    #[error(transparent)]
    Optimizer(#[from] OptimizerError),
    /// The targets.
    #[error(transparent)]
    Loss(#[from] LossError),
    /// The padding row is not one of the embedding's; prints as `PyTorch`'s `AssertionError` does.
    #[error("Padding_idx must be within num_embeddings")]
    PaddingIdx,
    /// A token is not one of the embedding's; prints as `PyTorch`'s `IndexError` does.
    #[error("index out of range in self")]
    Token,
    /// There are more or fewer tokens than their shape says.
    #[error("{tokens} tokens cannot have shape {}", num::list(shape))]
    TokensShape {
        /// The shape given.
        shape: Vec<usize>,
        /// How many tokens were given.
        tokens: usize,
    },
    /// Features were given to a model with an embedding, or tokens to one without.
    #[error("a model with an embedding reads tokens, one without reads features")]
    Input,
    /// A number became infinite or NaN, which ends the run.
    #[error(transparent)]
    NotFinite(#[from] NotFinite),
}
