//! `nn.Embedding`.

use crate::fault::Fault;
use crate::generator::{Init, SharedStream};
use crate::read::{Readable, read};
use crate::tensor::{TensorData, TypedArray};
use gru_playground::train::{Embedding, EmbeddingOptions};

/// Its options.
///
/// # Errors
/// `ArgumentError` for options that are none.
pub fn config(options: impl Readable) -> Result<EmbeddingOptions, Fault> {
    read("options", options)
}

/// `nn.Embedding(...)`, weights drawn as `PyTorch` draws them.
///
/// # Errors
/// `ConfigError` for a size of 0 or a padding row that is none, `TooLargeError` beyond 512 MB.
#[allow(clippy::needless_pass_by_value, reason = "as all modules are drawn")]
pub fn drawn(config: EmbeddingOptions, init: Init<impl Into<SharedStream>>) -> Result<Embedding<f32>, Fault> {
    Ok(Embedding::drawn(&config, &mut *init.stream().borrow())?)
}

/// The rows of the tokens: (number of tokens, `embedding_dim`).
///
/// # Errors
/// `InputError` in `PyTorch`'s words for what is no token, `TooLargeError` beyond 512 MB.
pub fn rows<A: TypedArray<f32>>(embedding: &Embedding<f32>, tokens: &[i64]) -> Result<TensorData<A>, Fault> {
    Ok(TensorData::of(&embedding.call(tokens)?.view()))
}
