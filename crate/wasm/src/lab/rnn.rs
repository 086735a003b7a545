//! `Rnn`: `nn.RNN`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::from_value;
use super::super::read::{Fields, FromJs, Reader};
use super::module::Module;
use super::options::base;
use super::recorded::Recorded;
use super::tensor::States;
use gru_playground::gru::GruConfig;
use gru_playground::rnn::{Mode, RnnConfig};

/// What an RNN applies to its sums.
#[derive(Clone, Copy, Default, tsify::Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Nonlinearity {
    /// The hyperbolic tangent.
    #[default]
    Tanh,
    /// `max(0, x)`.
    Relu,
}

impl FromJs for Nonlinearity {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        [Nonlinearity::Tanh, Nonlinearity::Relu][reader.one_of(value, "enum Nonlinearity", &["tanh", "relu"])]
    }
}

/// The options of `nn.RNN` under `PyTorch`'s names.
#[derive(tsify::Tsify)]
pub struct RnnOptions {
    /// Those that every recurrent module has.
    #[serde(flatten)]
    pub base: GruConfig,
    /// tanh by default.
    #[tsify(optional)]
    pub nonlinearity: Nonlinearity,
}

impl FromJs for RnnOptions {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        let base = base(value, &["nonlinearity"], reader);
        let nonlinearity = Fields::of(value, "struct RnnOptions", reader).or_default("nonlinearity");
        RnnOptions { base, nonlinearity }
    }
}

/// `nn.RNN`.
#[wasm_bindgen]
pub struct Rnn(Module);

#[wasm_bindgen]
impl Rnn {
    /// `nn.RNN(...)`, weights drawn as `PyTorch` draws them.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "RnnOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: JsValue,
    ) -> Result<Rnn, JsValue> {
        Module::drawn_rnn(config(&options)?, &init).map(Rnn)
    }

    /// `nn.RNN(...)` with given parameters.
    ///
    /// # Errors
    /// As the constructor; `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
    #[wasm_bindgen(js_name = fromStateDict)]
    pub fn from_state_dict(
        #[wasm_bindgen(unchecked_param_type = "RnnOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
    ) -> Result<Rnn, JsValue> {
        Module::rnn_from(config(&options)?, state_dict).map(Rnn)
    }

    /// The parameters by name.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        self.0.state_dict()
    }

    /// Replaces every parameter, or, on an error, none.
    ///
    /// # Errors
    /// `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
    #[wasm_bindgen(js_name = loadStateDict)]
    pub fn load_state_dict(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
    ) -> Result<(), JsValue> {
        self.0.load_state_dict(state_dict)
    }

    /// `output, h_n = rnn(input, h_0)`; without `h_0` it is zero.
    ///
    /// # Errors
    /// `ShapeError` for shapes that do not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "Output")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.0.forward(&input, &States::hidden("h_0", &h_0)?, &options)
    }

    /// The same, kept for its gates and its backward pass.
    ///
    /// # Errors
    /// As `forward`; what is kept counts against the limit.
    pub fn record(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Result<Recorded, JsValue> {
        self.0.record(&input, States::hidden("h_0", &h_0)?, &options)
    }

    /// The same over a packed sequence: every sample ends at its true last step.
    ///
    /// # Errors
    /// `PackedError` in `PyTorch`'s words, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(js_name = forwardPacked, unchecked_return_type = "PackedOutput")]
    pub fn forward_packed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PackedSequence")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.0.forward_packed(&input, &States::hidden("h_0", &h_0)?)
    }
}

fn config(options: &JsValue) -> Result<RnnConfig, JsValue> {
    let RnnOptions { base, nonlinearity } = from_value("options", options)?;
    let mode = match nonlinearity {
        Nonlinearity::Tanh => Mode::Tanh,
        Nonlinearity::Relu => Mode::Relu,
    };
    Ok(RnnConfig { mode, base, proj_size: 0 })
}
