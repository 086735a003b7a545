//! Values across the boundary, and the named error for a caller's misuse.

use ndarray::{ArrayD, ArrayViewD};
use wasm_bindgen::{JsCast, JsValue};

use super::object::PlainObject;
use super::read::{Fields, FromJs, Reader};
use num::list;

/// A JavaScript `Error` of the given name.
pub(super) fn error(name: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    error.into()
}

/// The `ArgumentError` that names an argument and says what is wrong with it.
pub(super) fn argument_error(argument: &str, problem: &str) -> JsValue {
    error("ArgumentError", &[argument, ": ", problem].concat())
}

/// Reads an argument; throws `ArgumentError` naming it and what is wrong.
// One copy for each type, wherever it is called from.
#[inline(never)]
pub(super) fn from_value<T: FromJs>(argument: &str, value: &JsValue) -> Result<T, JsValue> {
    let mut reader = Reader::default();
    let read = T::read(value, &mut reader);
    reader.end().map_err(|mistake| error("ArgumentError", &[argument, &mistake].concat()))?;
    Ok(read)
}

/// The fields of an array given as `{shape, data}`.
struct ShapeOnly {
    shape: Vec<usize>,
}

impl FromJs for ShapeOnly {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        ShapeOnly { shape: Fields::of(value, "struct ShapeOnly", reader).required("shape") }
    }
}

/// Reads `{shape: number[], data: Float32Array}` as an array that owns its elements.
pub(super) fn to_array(argument: &str, tensor: &JsValue) -> Result<ArrayD<f32>, JsValue> {
    let ShapeOnly { shape } = from_value(argument, tensor)?;
    match tensor.unchecked_ref::<PlainObject>().get("data").dyn_into::<js_sys::Float32Array>() {
        Ok(data) => shaped(argument, &shape, data.to_vec()),
        Err(_) => Err(argument_error(argument, "data is not a Float32Array")),
    }
}

/// Elements in row-major order as an array of a shape; throws `ArgumentError` when their numbers differ.
pub(super) fn shaped(argument: &str, shape: &[usize], data: Vec<f32>) -> Result<ArrayD<f32>, JsValue> {
    let given = data.len();
    ArrayD::from_shape_vec(shape, data)
        .map_err(|_| argument_error(argument, &format!("{given} elements do not fill shape {}", list(shape))))
}

/// The elements of a contiguous array as JavaScript's own typed array.
pub(super) fn float32_array(array: ArrayViewD<'_, f32>) -> JsValue {
    js_sys::Float32Array::from(array.to_slice().expect("what the core gives is contiguous")).into()
}

/// A shape as an array of numbers.
pub(super) fn number_array(shape: &[usize]) -> JsValue {
    shape.iter().map(|&size| JsValue::from_f64(size as f64)).collect::<js_sys::Array>().into()
}
