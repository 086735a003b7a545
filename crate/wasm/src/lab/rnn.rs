//! `Rnn` and `Lstm`: `nn.RNN` and `nn.LSTM`; and `MinGru`, which `PyTorch` has not.

use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::module::{self, recurrent};
use super::recorded::Recorded;
use super::tensors::{StateDict, States, read_state_dict, views};
use crate::fault::Thrown;
use crate::js::{from_js, from_js_beside, to_js};
use gru_playground::call::Config;
use gru_playground::gru::{GruConfig, Keep};
use gru_playground::rnn::{self, Mode, RnnConfig};

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
pub struct Rnn(rnn::Rnn<f32>);

/// `nn.LSTM`: `output, (h_n, c_n) = lstm(input, (h_0, c_0))`.
#[wasm_bindgen]
pub struct Lstm(rnn::Rnn<f32>);

/// minGRU (Feng et al., 2024), whose gate and candidate read the input alone: `output, h_n = min_gru(input, h_0)`.
#[wasm_bindgen]
pub struct MinGru(rnn::Rnn<f32>);

recurrent!(Rnn, h_0: "TensorData | null" by hidden, "Output", "PackedOutput");
recurrent!(Lstm, states: "LstmState | null" by of_lstm, "LstmOutput", "PackedLstmOutput");
recurrent!(MinGru, h_0: "TensorData | null" by hidden, "Output", "PackedOutput");

/// How they are made.
macro_rules! made {
    ($class:ident, $options:tt) => {
        #[wasm_bindgen]
        impl $class {
            /// A module whose weights are drawn as `PyTorch` draws those of recurrent modules.
            ///
            /// # Errors
            /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond
            /// 512 MB.
            #[wasm_bindgen(constructor)]
            pub fn new(
                #[wasm_bindgen(unchecked_param_type = $options)] options: &JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: &JsValue,
            ) -> Result<$class, Thrown> {
                module::drawn($class::config(options)?, init).map($class)
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
                module::from_state_dict($class::config(options)?, state_dict).map($class)
            }
        }
    };
}

made!(Rnn, "RnnOptions");
made!(Lstm, "LstmOptions");
made!(MinGru, "GruConfig");

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

impl MinGru {
    fn config(options: &JsValue) -> Result<RnnConfig, Thrown> {
        Ok(RnnConfig { mode: Mode::MinGru, base: from_js("options", options)?, proj_size: 0 })
    }
}
