//! `Model`: an optional embedding, a GRU and a linear head on its last step; and `Linear` and `Embedding` alone.

use api::{embedding, linear, model};

use super::prelude::*;
use gru_playground::train;

/// `fc(gru(embedding(x))[0][:, -1])`, or `[-1]` if not `batch_first`; without an embedding it reads features.
///
/// Its parameters are `embedding.weight`, `gru.weight_ih_l0` ..., `fc.weight` and `fc.bias`, drawn in this order.
#[wasm_bindgen]
pub struct Model(pub(super) model::ConfiguredModel);

made!(Model, ModelConfig, model::config);

#[wasm_bindgen]
impl Model {
    /// `model(x)` in evaluation mode: (N, `out_features`), or (`out_features`) for unbatched input.
    ///
    /// # Errors
    /// `ShapeError` and `InputError` for what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    pub fn forward(&self, x: &ts::ModelInput) -> Result<ts::TensorData, Thrown> {
        Ok(to_js(&self.0.forward::<Floats>(Js::from(x))?))
    }
}

/// `nn.Linear`, whose parameters are `weight` and `bias`.
#[wasm_bindgen]
pub struct Linear(linear::LinearLayer);

drawn!(Linear, LinearOptions, linear::config);

#[wasm_bindgen]
impl Linear {
    /// `input W^T + b`: (*, `in_features`) to (*, `out_features`).
    ///
    /// # Errors
    /// `ShapeError` for another last axis, `TooLargeError` beyond 512 MB, `ArgumentError`.
    pub fn forward(&self, input: &ts::TensorData) -> Result<ts::TensorData, Thrown> {
        Ok(to_js(&self.0.forward::<Floats>(&from_js("input", input)?)?))
    }
}

/// `nn.Embedding`, whose parameter is `weight`; a padding row that is none is a `ConfigError`.
#[wasm_bindgen]
pub struct Embedding(train::Embedding<f32>);

drawn!(Embedding, EmbeddingOptions, embedding::config);

#[wasm_bindgen]
impl Embedding {
    /// The rows of the tokens: (number of tokens, `embedding_dim`).
    ///
    /// # Errors
    /// `InputError` in `PyTorch`'s words for what is no token, `TooLargeError` beyond 512 MB, `ArgumentError`.
    pub fn forward(&self, tokens: &ts::Integers) -> Result<ts::TensorData, Thrown> {
        let tokens: Vec<i64> = from_js("tokens", tokens)?;
        Ok(to_js(&embedding::rows::<Floats>(&self.0, &tokens)?))
    }
}
