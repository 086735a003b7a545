//! `GruCell`, `RnnCell` and `LstmCell`: one step of a module of one layer.

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::generator::Generator;
use super::rnn::Nonlinearity;
use super::tensors::{StateDict, States, TensorData, array, read_state_dict, tensor, views};
use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use gru_playground::rnn::{CellConfig, CellKind, CellOutput, RecurrentCell};

/// The options of a single cell under `PyTorch`'s names.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct CellOptions {
    /// I, the features of the input.
    pub input_size: u64,
    /// H, the features of the hidden state.
    pub hidden_size: u64,
    /// Whether there are `bias_ih` and `bias_hh`; true by default.
    pub bias: Option<bool>,
    /// Of an `RnnCell`: tanh by default.
    pub nonlinearity: Option<Nonlinearity>,
}

/// What an `LstmCell` gives.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LstmStep {
    /// The hidden state.
    pub h_1: TensorData,
    /// The cell state.
    pub c_1: TensorData,
}

/// A cell whose parameters are drawn.
fn drawn(config: CellConfig, init: &JsValue) -> Result<RecurrentCell<f32>, Thrown> {
    let generator = Generator::of_init(init)?;
    Ok(RecurrentCell::new(config, &mut *generator.stream())?)
}

fn from_state_dict(config: CellConfig, state_dict: &js_sys::Object) -> Result<RecurrentCell<f32>, Thrown> {
    Ok(RecurrentCell::from_state_dict(config, views(&read_state_dict(state_dict)?))?)
}

fn forward(cell: &RecurrentCell<f32>, input: &JsValue, states: &States) -> Result<CellOutput<f32>, Thrown> {
    let input = array("input", input)?;
    let [hx, cx] = states.views();
    Ok(cell.forward(input.view(), hx, cx)?)
}

fn config(options: &JsValue, kind: impl FnOnce(Nonlinearity) -> CellKind) -> Result<CellConfig, Thrown> {
    let CellOptions { input_size, hidden_size, bias, nonlinearity } = from_js("options", options)?;
    let kind = kind(nonlinearity.unwrap_or_default());
    Ok(CellConfig { kind, input_size, hidden_size, bias: bias.unwrap_or(true) })
}

/// What the three classes have in common.
macro_rules! cell {
    ($class:ident, $name:literal, $kind:expr) => {
        #[doc = concat!("`nn.", $name, "`: one step.")]
        #[wasm_bindgen]
        pub struct $class(RecurrentCell<f32>);

        #[wasm_bindgen]
        impl $class {
            /// A cell whose weights are drawn as `PyTorch` draws them.
            ///
            /// # Errors
            /// `ArgumentError` for options that are none, `TooLargeError` beyond 512 MB.
            #[wasm_bindgen(constructor)]
            pub fn new(
                #[wasm_bindgen(unchecked_param_type = "CellOptions")] options: &JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: &JsValue,
            ) -> Result<$class, Thrown> {
                drawn(config(options, $kind)?, init).map($class)
            }

            /// A cell with given parameters.
            ///
            /// # Errors
            /// As the constructor; `StateDictError` for names or shapes that do not fit.
            #[wasm_bindgen(js_name = fromStateDict)]
            pub fn from_state_dict(
                #[wasm_bindgen(unchecked_param_type = "CellOptions")] options: &JsValue,
                #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
            ) -> Result<$class, Thrown> {
                from_state_dict(config(options, $kind)?, state_dict).map($class)
            }

            /// The parameters by name.
            #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
            pub fn state_dict(&self) -> JsValue {
                to_js(&StateDict::of(self.0.state_dict()))
            }
        }
    };
}

cell!(GruCell, "GRUCell", |_| CellKind::Gru);
cell!(RnnCell, "RNNCell", |nonlinearity| match nonlinearity {
    Nonlinearity::Tanh => CellKind::RnnTanh,
    Nonlinearity::Relu => CellKind::RnnRelu,
});
cell!(LstmCell, "LSTMCell", |_| CellKind::Lstm);

/// `h_1 = cell(input, h_0)`, which is the same for two of them.
macro_rules! forward_hidden {
    ($class:ident) => {
        #[wasm_bindgen]
        impl $class {
            /// `h_1 = cell(input, h_0)`: (N, I) to (N, H), or (I) to (H); without `h_0` it is zero.
            ///
            /// # Errors
            /// `ShapeError` in `PyTorch`'s words, `ArgumentError`.
            #[wasm_bindgen(unchecked_return_type = "TensorData")]
            pub fn forward(
                &self,
                #[wasm_bindgen(unchecked_param_type = "TensorData")] input: &JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: &JsValue,
            ) -> Result<JsValue, Thrown> {
                let output = forward(&self.0, input, &States::hidden(h_0)?)?;
                Ok(to_js(&tensor(&output.h.view())))
            }
        }
    };
}

forward_hidden!(GruCell);
forward_hidden!(RnnCell);

#[wasm_bindgen]
impl LstmCell {
    /// `h_1, c_1 = cell(input, (h_0, c_0))`; without the states they are zero.
    ///
    /// # Errors
    /// `ShapeError` in `PyTorch`'s words, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "LstmStep")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "LstmState | null")] states: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let output = forward(&self.0, input, &States::of_lstm(states)?)?;
        let c = output.c.expect("an LSTM has a cell state");
        Ok(to_js(&LstmStep { h_1: tensor(&output.h.view()), c_1: tensor(&c.view()) }))
    }
}
