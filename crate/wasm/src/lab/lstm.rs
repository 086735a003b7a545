//! `Lstm`: `nn.LSTM`.

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

/// The options of `nn.LSTM` under `PyTorch`'s names.
#[derive(tsify::Tsify)]
pub struct LstmOptions {
    /// Those that every recurrent module has.
    #[serde(flatten)]
    pub base: GruConfig,
    /// R of an LSTM that projects its hidden state, less than `hidden_size`; 0, the default, for none.
    #[tsify(optional)]
    pub proj_size: u64,
}

impl FromJs for LstmOptions {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        let base = base(value, &["proj_size"], reader);
        let proj_size = Fields::of(value, "struct LstmOptions", reader).or_default("proj_size");
        LstmOptions { base, proj_size }
    }
}

/// `nn.LSTM`.
#[wasm_bindgen]
pub struct Lstm(Module);

#[wasm_bindgen]
impl Lstm {
    /// `nn.LSTM(...)`, weights drawn as `PyTorch` draws them.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "LstmOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: JsValue,
    ) -> Result<Lstm, JsValue> {
        Module::drawn_rnn(config(&options)?, &init).map(Lstm)
    }

    /// `nn.LSTM(...)` with given parameters.
    ///
    /// # Errors
    /// As the constructor; `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
    #[wasm_bindgen(js_name = fromStateDict)]
    pub fn from_state_dict(
        #[wasm_bindgen(unchecked_param_type = "LstmOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
    ) -> Result<Lstm, JsValue> {
        Module::rnn_from(config(&options)?, state_dict).map(Lstm)
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

    /// `output, (h_n, c_n) = lstm(input, (h_0, c_0))`; without the states they are zero.
    ///
    /// # Errors
    /// `ShapeError` for shapes that do not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "LstmOutput")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "LstmState | null")] states: Option<js_sys::Array>,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.0.forward(&input, &States::of_lstm(["h_0", "c_0"], states)?, &options)
    }

    /// The same, kept for its gates and its backward pass.
    ///
    /// # Errors
    /// As `forward`; what is kept counts against the limit.
    pub fn record(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "LstmState | null")] states: Option<js_sys::Array>,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Result<Recorded, JsValue> {
        self.0.record(&input, States::of_lstm(["h_0", "c_0"], states)?, &options)
    }

    /// The same over a packed sequence: every sample ends at its true last step.
    ///
    /// # Errors
    /// `PackedError` in `PyTorch`'s words, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(js_name = forwardPacked, unchecked_return_type = "PackedLstmOutput")]
    pub fn forward_packed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PackedSequence")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "LstmState | null")] states: Option<js_sys::Array>,
    ) -> Result<JsValue, JsValue> {
        self.0.forward_packed(&input, &States::of_lstm(["h_0", "c_0"], states)?)
    }
}

fn config(options: &JsValue) -> Result<RnnConfig, JsValue> {
    let LstmOptions { base, proj_size } = from_value("options", options)?;
    Ok(RnnConfig { mode: Mode::Lstm, base, proj_size })
}
