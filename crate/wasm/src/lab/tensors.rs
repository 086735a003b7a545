//! Tensors, states and parameters as the lab's classes take and give them.

use ndarray::{ArrayD, ArrayViewD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_wasm_bindgen::preserve;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::fault::{Thrown, argument_error};
use crate::js::from_js;
use crate::tensor::{Floats, typed_arrays};
use gru_playground::gru::sequence::{row_major, shaped};
use num::list;

typed_arrays! {
    Doubles(Float64Array, f64);
    Wholes(BigInt64Array, i64);
}

impl<'de> Deserialize<'de> for Floats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: JsValue = preserve::deserialize(deserializer)?;
        value.dyn_into().map(Floats).map_err(|_| de::Error::custom("expected a Float32Array"))
    }
}

/// A float32 tensor, row-major.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TensorData {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// Its elements.
    pub data: Floats,
}

impl TensorData {
    /// A contiguous array.
    pub(crate) fn of(array: &ArrayViewD<'_, f32>) -> Self {
        TensorData { shape: array.shape().to_vec(), data: Floats::of(array) }
    }

    /// An array that owns its elements.
    ///
    /// # Errors
    /// `ArgumentError` where the elements do not fill the shape.
    pub(crate) fn to_array(&self, argument: &str) -> Result<ArrayD<f32>, Thrown> {
        filled(argument, &self.shape, self.data.0.to_vec())
    }
}

/// Elements in row-major order as an array of a shape; throws `ArgumentError` when their numbers differ.
pub(crate) fn filled(argument: &str, shape: &[usize], data: Vec<f32>) -> Result<ArrayD<f32>, Thrown> {
    let given = data.len();
    ArrayD::from_shape_vec(shape, data).map_err(|_| {
        argument_error(argument, format_args!("{given} elements do not fill shape {}", list(shape)))
    })
}

/// A float64 tensor, row-major.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DoubleTensor {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// Its elements.
    pub data: Doubles,
}

/// A tensor of whole numbers, `torch.int64`, row-major.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IntegerTensor {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// Its elements.
    pub data: Wholes,
}

/// `{shape, data}`, whatever the array's layout.
pub(super) fn tensor(array: &ArrayViewD<'_, f32>) -> TensorData {
    // What is contiguous already is not copied.
    match array.as_slice() {
        Some(_) => TensorData::of(array),
        None => TensorData::of(&shaped(array.shape().to_vec(), row_major(array)).view()),
    }
}

/// Reads a tensor.
pub(super) fn array(argument: &str, value: &JsValue) -> Result<ArrayD<f32>, Thrown> {
    from_js::<TensorData>(argument, value)?.to_array(argument)
}

/// Reads a tensor that may be null or absent.
pub(super) fn optional_array(argument: &str, value: &JsValue) -> Result<Option<ArrayD<f32>>, Thrown> {
    taken(argument, from_js(argument, value)?)
}

/// An array where there is a tensor.
pub(super) fn taken(argument: &str, tensor: Option<TensorData>) -> Result<Option<ArrayD<f32>>, Thrown> {
    tensor.map(|tensor| tensor.to_array(argument)).transpose()
}

/// What goes in beside the input; an absent state is zero.
#[derive(Default)]
pub(super) struct States {
    pub(super) h_0: Option<ArrayD<f32>>,
    pub(super) c_0: Option<ArrayD<f32>>,
}

impl States {
    /// A GRU's or RNN's.
    pub(super) fn hidden(h_0: &JsValue) -> Result<Self, Thrown> {
        Ok(States { h_0: optional_array("h_0", h_0)?, c_0: None })
    }

    /// An LSTM's, which come as a list of two.
    pub(super) fn of_lstm(states: &JsValue) -> Result<Self, Thrown> {
        let states: Option<(Option<TensorData>, Option<TensorData>)> = from_js("states", states)?;
        let (h_0, c_0) = states.unwrap_or_default();
        Ok(States { h_0: taken("h_0", h_0)?, c_0: taken("c_0", c_0)? })
    }

    pub(super) fn views(&self) -> [Option<ArrayViewD<'_, f32>>; 2] {
        [&self.h_0, &self.c_0].map(|state| state.as_ref().map(|state| state.view()))
    }
}

/// Parameters by name, in their order.
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "{ [name: string]: TensorData }"))]
pub struct StateDict(Vec<(String, TensorData)>);

impl StateDict {
    pub(super) fn of<'a>(parameters: impl IntoIterator<Item = (String, ArrayViewD<'a, f32>)>) -> Self {
        StateDict(parameters.into_iter().map(|(name, array)| (name, tensor(&array))).collect())
    }
}

impl Serialize for StateDict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, tensor)| (name, tensor)))
    }
}

/// Reads parameters by name, in the order given.
pub(super) fn read_state_dict(state_dict: &js_sys::Object) -> Result<Vec<(String, ArrayD<f32>)>, Thrown> {
    let entry = |entry: JsValue| {
        let [name, value] = [0, 1].map(|index| js_sys::Array::from(&entry).get(index));
        let name = name.as_string().expect("a key is a string");
        let argument = format!("state_dict.{name}");
        Ok((name, array(&argument, &value)?))
    };
    js_sys::Object::entries(state_dict).iter().map(entry).collect()
}

/// What is read, as the core takes it.
pub(super) fn views(
    tensors: &[(String, ArrayD<f32>)],
) -> impl Iterator<Item = (String, ArrayViewD<'_, f32>)> {
    tensors.iter().map(|(name, tensor)| (name.clone(), tensor.view()))
}
