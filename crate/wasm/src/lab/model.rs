//! `Model`: an optional embedding, a GRU and a linear head on its last step.

use ndarray::ArrayD;
use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::generator::Generator;
use super::tensors::{StateDict, array, read_state_dict, tensor, views};
use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use gru_playground::gru::sequence::shaped;
use gru_playground::train::{self, Input, ModelConfig, TrainError, as_tokens};

/// Tokens of shape (L, N), (N, L) or (L), for a model with an embedding.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Tokens {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// Its elements.
    #[cfg_attr(test, ts(type = "Integers"))]
    pub data: Vec<i64>,
}

/// `fc(gru(embedding(x))[0][:, -1])`, or `[-1]` if not `batch_first`; without an embedding it reads features.
#[wasm_bindgen]
pub struct Model {
    config: ModelConfig,
    pub(super) model: train::Model<f32>,
}

#[wasm_bindgen]
impl Model {
    /// A model whose embedding, GRU and head are drawn in this order, as `PyTorch` draws them.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ModelConfig")] options: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: &JsValue,
    ) -> Result<Model, Thrown> {
        let config: ModelConfig = from_js("options", options)?;
        let generator = Generator::of_init(init)?;
        let model = train::Model::new(&config, &mut *generator.stream())?;
        Ok(Model { config, model })
    }

    /// A model with given parameters: `embedding.weight`, `gru.weight_ih_l0` ..., `fc.weight`, `fc.bias`.
    ///
    /// # Errors
    /// As the constructor; `StateDictError` for names or shapes that do not fit.
    #[wasm_bindgen(js_name = fromStateDict)]
    pub fn from_state_dict(
        #[wasm_bindgen(unchecked_param_type = "ModelConfig")] options: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
    ) -> Result<Model, Thrown> {
        let (config, tensors): (ModelConfig, _) =
            (from_js("options", options)?, read_state_dict(state_dict)?);
        let model = train::Model::from_state_dict(&config, views(&tensors))?;
        Ok(Model { config, model })
    }

    /// The parameters by name.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        to_js(&StateDict::of(self.model.state_dict()))
    }

    /// `model(x)` in evaluation mode: (N, `out_features`), or (`out_features`) for unbatched input.
    ///
    /// # Errors
    /// `ShapeError` and `InputError` for what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "TensorData")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ModelInput")] x: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let input = read_input(&self.config, "x", x)?;
        let pass = self.model.forward(&input, None)?;
        let out = self.model.out_features();
        let unbatched = match &input {
            Input::Features(features) => features.ndim() == 2,
            Input::Tokens { shape, .. } => shape.len() == 1,
        };
        let rows = pass.predictions.len() / out;
        let shape = if unbatched { vec![out] } else { vec![rows, out] };
        let predictions: ArrayD<f32> = shaped(shape, pass.predictions);
        Ok(to_js(&tensor(&predictions.view())))
    }
}

impl Model {
    /// A model that was trained.
    pub(super) fn over(config: ModelConfig, model: train::Model<f32>) -> Self {
        Model { config, model }
    }

    pub(super) fn config(&self) -> &ModelConfig {
        &self.config
    }
}

/// Reads what a model of this configuration reads.
pub(super) fn read_input(config: &ModelConfig, argument: &str, x: &JsValue) -> Result<Input<f32>, Thrown> {
    if config.embedding.is_none() {
        return Ok(Input::Features(array(argument, x)?));
    }
    let Tokens { shape, data } = from_js(argument, x)?;
    Ok(Input::Tokens { shape, tokens: as_tokens(&data).ok_or(TrainError::Token)? })
}
