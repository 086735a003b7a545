//! `GruCell`, `RnnCell` and `LstmCell`: one step of a module of one layer.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::{from_value, to_array};
use super::super::pass::{read_state_dict, views, write_state_dict};
use super::super::read::{Fields, FromJs, Reader};
use super::super::write::Writer;
use super::faults::of_cell;
use super::generator::Generator;
use super::options::{only, options};
use super::rnn::Nonlinearity;
use super::tensor::{States, tensor, tensor_or_null};
use gru_playground::rnn::{CellConfig, CellKind, CellOutput, RecurrentCell};

/// The options of a single cell under `PyTorch`'s names.
#[derive(tsify::Tsify)]
pub struct CellOptions {
    /// I, the features of the input.
    pub input_size: u64,
    /// H, the features of the hidden state.
    pub hidden_size: u64,
    /// Whether there are `bias_ih` and `bias_hh`; true by default.
    #[tsify(optional)]
    pub bias: bool,
    /// Of an `RnnCell`: tanh by default.
    #[tsify(optional)]
    pub nonlinearity: Nonlinearity,
}

options! {
    CellOptions {
        input_size: required,
        hidden_size: required,
        bias: or(true),
        nonlinearity: or_default,
    }
}

/// A cell whose parameters are drawn.
fn drawn(config: CellConfig, init: &JsValue) -> Result<RecurrentCell<f32>, JsValue> {
    let generator = Generator::of_init(init)?;
    RecurrentCell::new(config, &mut *generator.stream()).map_err(of_cell)
}

fn from_state_dict(config: CellConfig, state_dict: &js_sys::Object) -> Result<RecurrentCell<f32>, JsValue> {
    let tensors = read_state_dict(state_dict)?;
    RecurrentCell::from_state_dict(config, views(&tensors)).map_err(of_cell)
}

fn forward(cell: &RecurrentCell<f32>, input: &JsValue, states: &States) -> Result<CellOutput<f32>, JsValue> {
    let input = to_array("input", input)?;
    let [hx, cx] = states.views();
    cell.forward(input.view(), hx, cx).map_err(of_cell)
}

fn config(options: &JsValue, kind: impl FnOnce(Nonlinearity) -> CellKind) -> Result<CellConfig, JsValue> {
    let CellOptions { input_size, hidden_size, bias, nonlinearity } = from_value("options", options)?;
    Ok(CellConfig { kind: kind(nonlinearity), input_size, hidden_size, bias })
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
                #[wasm_bindgen(unchecked_param_type = "CellOptions")] options: JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = "Init")] init: JsValue,
            ) -> Result<$class, JsValue> {
                drawn(config(&options, $kind)?, &init).map($class)
            }

            /// A cell with given parameters.
            ///
            /// # Errors
            /// As the constructor; `StateDictError` for names or shapes that do not fit.
            #[wasm_bindgen(js_name = fromStateDict)]
            pub fn from_state_dict(
                #[wasm_bindgen(unchecked_param_type = "CellOptions")] options: JsValue,
                #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
            ) -> Result<$class, JsValue> {
                from_state_dict(config(&options, $kind)?, state_dict).map($class)
            }

            /// The parameters by name.
            #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
            pub fn state_dict(&self) -> JsValue {
                write_state_dict(self.0.state_dict().into_iter())
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
                #[wasm_bindgen(unchecked_param_type = "TensorData")] input: JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: JsValue,
            ) -> Result<JsValue, JsValue> {
                let output = forward(&self.0, &input, &States::hidden("h_0", &h_0)?)?;
                Ok(tensor(&output.h.view()))
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
    #[wasm_bindgen(unchecked_return_type = "{ h_1: TensorData; c_1: TensorData }")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "LstmState | null")] states: Option<js_sys::Array>,
    ) -> Result<JsValue, JsValue> {
        let output = forward(&self.0, &input, &States::of_lstm(["h_0", "c_0"], states)?)?;
        let mut writer = Writer::new("h_1 c_1 ");
        writer.next(tensor(&output.h.view()));
        writer.next(tensor_or_null(output.c.as_ref()));
        Ok(writer.end())
    }
}
