//! `Model`: an optional embedding, a GRU and a linear head on its last step.

use ndarray::ArrayD;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::{argument_error, from_value, to_array};
use super::super::pass::{read_state_dict, views, write_state_dict};
use super::super::read::is_iterable;
use super::faults::of_training;
use super::generator::Generator;
use super::integers::integers;
use super::module::field;
use super::tensor::tensor;
use gru_playground::gru::sequence::shaped;
use gru_playground::train::{self, Input, ModelConfig, TrainError};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** What a model reads: features, or, if it has an embedding, tokens of shape (L, N), (N, L) or (L). */
export type ModelInput = TensorData | { shape: number[]; data: Integers };
";

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
        #[wasm_bindgen(unchecked_param_type = "ModelConfig")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: JsValue,
    ) -> Result<Model, JsValue> {
        let config: ModelConfig = from_value("options", &options)?;
        let generator = Generator::of_init(&init)?;
        let model = train::Model::new(&config, &mut *generator.stream()).map_err(of_training)?;
        Ok(Model { config, model })
    }

    /// A model with given parameters: `embedding.weight`, `gru.weight_ih_l0` ..., `fc.weight`, `fc.bias`.
    ///
    /// # Errors
    /// As the constructor; `StateDictError` for names or shapes that do not fit.
    #[wasm_bindgen(js_name = fromStateDict)]
    pub fn from_state_dict(
        #[wasm_bindgen(unchecked_param_type = "ModelConfig")] options: JsValue,
        #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
    ) -> Result<Model, JsValue> {
        let (config, tensors): (ModelConfig, _) =
            (from_value("options", &options)?, read_state_dict(state_dict)?);
        let model = train::Model::from_state_dict(&config, views(&tensors)).map_err(of_training)?;
        Ok(Model { config, model })
    }

    /// The parameters by name.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        write_state_dict(self.model.state_dict())
    }

    /// `model(x)` in evaluation mode: (N, `out_features`), or (`out_features`) for unbatched input.
    ///
    /// # Errors
    /// `ShapeError` and `InputError` for what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "TensorData")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ModelInput")] x: JsValue,
    ) -> Result<JsValue, JsValue> {
        let input = read_input(&self.config, &x)?;
        let pass = self.model.forward(&input, None).map_err(of_training)?;
        let out = self.model.out_features();
        let unbatched = match &input {
            Input::Features(features) => features.ndim() == 2,
            Input::Tokens { shape, .. } => shape.len() == 1,
        };
        let rows = pass.predictions.len() / out;
        let shape = if unbatched { vec![out] } else { vec![rows, out] };
        let predictions: ArrayD<f32> = shaped(shape, pass.predictions);
        Ok(tensor(&predictions.view()))
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
pub(super) fn read_input(config: &ModelConfig, x: &JsValue) -> Result<Input<f32>, JsValue> {
    if config.embedding.is_none() {
        return Ok(Input::Features(to_array("x", x)?));
    }
    let (shape, data) = (field(x, "shape"), field(x, "data"));
    if !is_iterable(&data) {
        return Err(argument_error("x", "a model with an embedding reads tokens, {shape, data}"));
    }
    let tokens = integers("x", &data)?.into_iter().map(|token| usize::try_from(token).ok());
    let tokens: Option<Vec<usize>> = tokens.collect();
    let tokens = tokens.ok_or_else(|| of_training(TrainError::Token))?;
    Ok(Input::Tokens { shape: from_value("x", &shape)?, tokens })
}
