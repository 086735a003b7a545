//! Tensors and states across the boundary.

use ndarray::{ArrayD, ArrayViewD};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::to_array;
use super::super::pass::tensor_data;
use super::super::read::is_nothing;
use gru_playground::gru::sequence::{row_major, shaped};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** A float64 tensor, row-major. */
export interface DoubleTensor { shape: number[]; data: Float64Array }

/** A tensor of whole numbers, torch.int64, row-major. */
export interface IntegerTensor { shape: number[]; data: BigInt64Array }

/** Whole numbers, row-major: a tensor's elements, or a list of them. */
export type Integers = readonly (number | bigint)[] | BigInt64Array | Int32Array | Uint32Array | Uint8Array;

/** An LSTM's `(h_0, c_0)`; null is zero. */
export type LstmState = readonly [TensorData | null, TensorData | null];
";

/// `{shape, data}`, whatever the array's layout.
pub(super) fn tensor(array: &ArrayViewD<'_, f32>) -> JsValue {
    // What is contiguous already is not copied.
    match array.as_slice() {
        Some(_) => tensor_data(array.view()),
        None => tensor_data(shaped(array.shape().to_vec(), row_major(array)).view()),
    }
}

/// The same, or null.
pub(super) fn tensor_or_null(array: Option<&ArrayD<f32>>) -> JsValue {
    array.map_or(JsValue::NULL, |array| tensor(&array.view()))
}

/// Reads a tensor that may be null or absent.
pub(super) fn optional(argument: &str, tensor: &JsValue) -> Result<Option<ArrayD<f32>>, JsValue> {
    if is_nothing(tensor) { Ok(None) } else { to_array(argument, tensor).map(Some) }
}

/// What went in beside the input; an absent state is zero.
#[derive(Default)]
pub(super) struct States {
    pub(super) h_0: Option<ArrayD<f32>>,
    pub(super) c_0: Option<ArrayD<f32>>,
}

impl States {
    /// A GRU's or RNN's.
    pub(super) fn hidden(name: &str, h_0: &JsValue) -> Result<Self, JsValue> {
        Ok(States { h_0: optional(name, h_0)?, c_0: None })
    }

    /// An LSTM's, which come as a list of two.
    pub(super) fn of_lstm(
        [h_name, c_name]: [&str; 2],
        states: Option<js_sys::Array>,
    ) -> Result<Self, JsValue> {
        let Some(states) = states else { return Ok(States::default()) };
        Ok(States { h_0: optional(h_name, &states.get(0))?, c_0: optional(c_name, &states.get(1))? })
    }

    pub(super) fn views(&self) -> [Option<ArrayViewD<'_, f32>>; 2] {
        [&self.h_0, &self.c_0].map(|state| state.as_ref().map(|state| state.view()))
    }
}
