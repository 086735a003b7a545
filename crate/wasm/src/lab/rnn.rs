//! `Rnn` and `Lstm`: `nn.RNN` and `nn.LSTM`.

use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::module::{Module, recurrent};
use super::recorded::Recorded;
use super::tensors::States;
use crate::fault::Thrown;
use crate::js::from_js_beside;
use gru_playground::call::Config;
use gru_playground::gru::GruConfig;
use gru_playground::rnn::{Mode, RnnConfig};

/// What an RNN applies to its sums.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Nonlinearity {
    /// The hyperbolic tangent.
    #[default]
    Tanh,
    /// `max(0, x)`.
    Relu,
}

/// The option that only `nn.RNN` has.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RnnOption {
    /// tanh by default.
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub nonlinearity: Nonlinearity,
}

/// The option that only `nn.LSTM` has.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LstmOption {
    /// R of an LSTM that projects its hidden state, less than `hidden_size`; 0, the default, for none.
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub proj_size: u64,
}

/// `nn.RNN`: `output, h_n = rnn(input, h_0)`.
#[wasm_bindgen]
pub struct Rnn(Module);

/// `nn.LSTM`: `output, (h_n, c_n) = lstm(input, (h_0, c_0))`.
#[wasm_bindgen]
pub struct Lstm(Module);

recurrent!(Rnn, h_0: "TensorData | null" by hidden, "Output", "PackedOutput");
recurrent!(Lstm, states: "LstmState | null" by of_lstm, "LstmOutput", "PackedLstmOutput");

/// How both are made.
macro_rules! made {
    ($class:ident, $options:tt) => {
        #[wasm_bindgen]
        impl $class {
            /// A module whose weights are drawn as `PyTorch` draws them.
            ///
            /// # Errors
            /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond
            /// 512 MB.
            #[wasm_bindgen(constructor)]
            pub fn new(
                #[wasm_bindgen(unchecked_param_type = $options)] options: &JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: &JsValue,
            ) -> Result<$class, Thrown> {
                Module::drawn_rnn($class::config(options)?, init).map($class)
            }

            /// A module with given parameters.
            ///
            /// # Errors
            /// As the constructor; `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
            #[wasm_bindgen(js_name = fromStateDict)]
            pub fn from_state_dict(
                #[wasm_bindgen(unchecked_param_type = $options)] options: &JsValue,
                #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
            ) -> Result<$class, Thrown> {
                Module::rnn_from($class::config(options)?, state_dict).map($class)
            }
        }
    };
}

made!(Rnn, "RnnOptions");
made!(Lstm, "LstmOptions");

impl Rnn {
    fn config(options: &JsValue) -> Result<RnnConfig, Thrown> {
        let RnnOption { nonlinearity } = from_js_beside("options", options, &Config::OPTIONS)?;
        let mode = match nonlinearity {
            Nonlinearity::Tanh => Mode::Tanh,
            Nonlinearity::Relu => Mode::Relu,
        };
        let base: GruConfig = from_js_beside("options", options, &["nonlinearity"])?;
        Ok(RnnConfig { mode, base, proj_size: 0 })
    }
}

impl Lstm {
    fn config(options: &JsValue) -> Result<RnnConfig, Thrown> {
        let LstmOption { proj_size } = from_js_beside("options", options, &Config::OPTIONS)?;
        let base: GruConfig = from_js_beside("options", options, &["proj_size"])?;
        Ok(RnnConfig { mode: Mode::Lstm, base, proj_size })
    }
}
