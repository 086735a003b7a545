//! `Linear` and `Embedding`: what stands around a GRU.

use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::generator::{Generator, count};
use super::tensors::{StateDict, array, tensor};
use crate::fault::{argument_error, of_module, of_training};
use crate::js::{from_js, to_js};
use gru_playground::gru::RecurrentError;
use gru_playground::gru::sequence::{row_major, shaped};
use gru_playground::rng::init;
use gru_playground::train::{self, TrainError};

/// The options of `nn.Linear` under `PyTorch`'s names.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LinearOptions {
    /// The features of each row that goes in.
    pub in_features: usize,
    /// The features of each row that comes out.
    pub out_features: usize,
    /// Whether a bias is added; true by default.
    #[serde(default = "yes")]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub bias: bool,
}

/// The options of `nn.Embedding` under `PyTorch`'s names.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EmbeddingOptions {
    /// How many tokens there are.
    pub num_embeddings: usize,
    /// The features of each.
    pub embedding_dim: usize,
    /// The token whose row is zero.
    #[cfg_attr(test, ts(optional = nullable))]
    pub padding_idx: Option<usize>,
}

fn yes() -> bool {
    true
}

/// `nn.Linear`.
#[wasm_bindgen]
pub struct Linear {
    options: LinearOptions,
    linear: train::Linear<f32>,
}

#[wasm_bindgen]
impl Linear {
    /// `nn.Linear(...)`, weights drawn as `PyTorch` draws them.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for a size of 0, `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "LinearOptions")] options: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: &JsValue,
    ) -> Result<Linear, JsValue> {
        let options: LinearOptions = from_js("options", options)?;
        let LinearOptions { in_features, out_features, bias } = options;
        positive([("in_features", in_features), ("out_features", out_features)])?;
        let mut weight = vec![0.0; count(&[out_features, in_features], 4)?];
        let mut offsets = vec![0.0; out_features];
        let generator = Generator::of_init(init)?;
        let drawn = bias.then_some(&mut offsets[..]);
        init::linear(in_features as u64, &mut *generator.stream(), &mut weight, drawn);
        Ok(Linear { options, linear: train::Linear::new(in_features, weight, offsets) })
    }

    /// `weight` and `bias`.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        let LinearOptions { in_features, out_features, bias } = self.options;
        let [weight, offsets] = self.linear.parameters().map(<[f32]>::to_vec);
        let weight = shaped(vec![out_features, in_features], weight);
        let offsets = shaped(vec![out_features], offsets);
        let parameters = [("weight", &weight), ("bias", &offsets)].into_iter().take(1 + usize::from(bias));
        to_js(&StateDict::of(parameters.map(|(name, tensor)| (name.to_owned(), tensor.view()))))
    }

    /// `input W^T + b`: (*, `in_features`) to (*, `out_features`).
    ///
    /// # Errors
    /// `ShapeError` for another last axis, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "TensorData")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let LinearOptions { in_features, out_features, .. } = self.options;
        let input = array("input", input)?;
        let (got, others) =
            input.shape().split_last().ok_or_else(|| argument_error("input", "has no axis"))?;
        if *got != in_features {
            return Err(of_module(RecurrentError::InputSize { expected: in_features, got: *got }));
        }
        let shape = [others, &[out_features]].concat();
        count(&shape, 4)?;
        let output = shaped(shape, self.linear.forward(&row_major(&input.view())));
        Ok(to_js(&tensor(&output.view())))
    }
}

/// `nn.Embedding`.
#[wasm_bindgen]
pub struct Embedding {
    options: EmbeddingOptions,
    embedding: train::Embedding<f32>,
}

#[wasm_bindgen]
impl Embedding {
    /// `nn.Embedding(...)`, weights drawn as `PyTorch` draws them.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for a size of 0 or a padding row that is none,
    /// `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "EmbeddingOptions")] options: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: &JsValue,
    ) -> Result<Embedding, JsValue> {
        let options: EmbeddingOptions = from_js("options", options)?;
        let EmbeddingOptions { num_embeddings, embedding_dim, padding_idx } = options;
        positive([("num_embeddings", num_embeddings), ("embedding_dim", embedding_dim)])?;
        if padding_idx.is_some_and(|row| row >= num_embeddings) {
            return Err(of_training(TrainError::PaddingIdx));
        }
        let mut weight = vec![0.0; count(&[num_embeddings, embedding_dim], 4)?];
        let generator = Generator::of_init(init)?;
        init::embedding(embedding_dim, padding_idx, &mut *generator.stream(), &mut weight);
        Ok(Embedding { options, embedding: train::Embedding::new(embedding_dim, padding_idx, weight) })
    }

    /// `weight`.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        let EmbeddingOptions { num_embeddings, embedding_dim, .. } = self.options;
        let weight = shaped(vec![num_embeddings, embedding_dim], self.embedding.weight().to_vec());
        to_js(&StateDict::of([("weight".to_owned(), weight.view())]))
    }

    /// The rows of the tokens: (number of tokens, `embedding_dim`).
    ///
    /// # Errors
    /// `InputError` in `PyTorch`'s words for what is no token, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "TensorData")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Integers")] tokens: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let tokens: Vec<i64> = from_js("tokens", tokens)?;
        let shape = vec![tokens.len(), self.options.embedding_dim];
        count(&shape, 4)?;
        let tokens: Option<Vec<usize>> =
            tokens.into_iter().map(|token| usize::try_from(token).ok()).collect();
        let rows = tokens.and_then(|tokens| self.embedding.forward(&tokens));
        let rows = rows.ok_or_else(|| of_training(TrainError::Token))?;
        Ok(to_js(&tensor(&shaped(shape, rows).view())))
    }
}

fn positive<const N: usize>(sizes: [(&'static str, usize); N]) -> Result<(), JsValue> {
    match sizes.into_iter().find(|&(_, size)| size == 0) {
        Some((option, _)) => Err(of_module(RecurrentError::NotPositive { option })),
        None => Ok(()),
    }
}
