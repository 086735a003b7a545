//! `Linear` and `Embedding`: what stands around a GRU.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::generator::Generator;
use super::tensors::{StateDict, array, tensor};
use crate::fault::{Thrown, argument_error};
use crate::js::{from_js, to_js};
use gru_playground::train::{self, EmbeddingOptions, LinearOptions};

/// `nn.Linear`.
#[wasm_bindgen]
pub struct Linear {
    linear: train::Linear<f32>,
    has_bias: bool,
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
    ) -> Result<Linear, Thrown> {
        let options: LinearOptions = from_js("options", options)?;
        let generator = Generator::of_init(init)?;
        let linear = train::Linear::drawn(&options, &mut *generator.stream())?;
        Ok(Linear { linear, has_bias: options.bias })
    }

    /// `weight` and `bias`.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        let parameters = self.linear.state_dict().into_iter();
        to_js(&StateDict::of(parameters.take(1 + usize::from(self.has_bias))))
    }

    /// `input W^T + b`: (*, `in_features`) to (*, `out_features`).
    ///
    /// # Errors
    /// `ShapeError` for another last axis, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "TensorData")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let input = array("input", input)?;
        if input.ndim() == 0 {
            return Err(argument_error("input", "has no axis"));
        }
        Ok(to_js(&tensor(&self.linear.call(&input.view())?.view())))
    }
}

/// `nn.Embedding`.
#[wasm_bindgen]
pub struct Embedding(train::Embedding<f32>);

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
    ) -> Result<Embedding, Thrown> {
        let options: EmbeddingOptions = from_js("options", options)?;
        let generator = Generator::of_init(init)?;
        Ok(Embedding(train::Embedding::drawn(&options, &mut *generator.stream())?))
    }

    /// `weight`.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        to_js(&StateDict::of(self.0.state_dict()))
    }

    /// The rows of the tokens: (number of tokens, `embedding_dim`).
    ///
    /// # Errors
    /// `InputError` in `PyTorch`'s words for what is no token, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "TensorData")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Integers")] tokens: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let tokens: Vec<i64> = from_js("tokens", tokens)?;
        Ok(to_js(&tensor(&self.0.call(&tokens)?.view())))
    }
}
