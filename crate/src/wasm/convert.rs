//! Values across the boundary, and the named error for a caller's misuse.

use ndarray::{ArrayD, ArrayViewD};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

/// A JavaScript `Error` of the given name.
pub(super) fn error(name: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    error.into()
}

// One copy of each reader and writer, wherever it is called from.
/// Reads an argument; throws `ArgumentError` naming it and what is wrong.
#[inline(never)]
pub(super) fn from_value<T: DeserializeOwned>(argument: &str, value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|problem| error("ArgumentError", &format!("{argument}: {problem}")))
}

/// Gives plain objects, absent values as `null`.
#[inline(never)]
pub(super) fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true);
    value.serialize(&serializer).map_err(|problem| error("InternalError", &problem.to_string()))
}

/// The fields of an array given as `{shape, data}`.
#[derive(serde::Deserialize)]
struct ShapeOnly {
    shape: Vec<usize>,
}

/// Reads `{shape: number[], data: Float32Array}` as an array that owns its elements.
pub(super) fn to_array(argument: &str, tensor: &JsValue) -> Result<ArrayD<f32>, JsValue> {
    let field = |name| js_sys::Reflect::get(tensor, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    let ShapeOnly { shape } = from_value(argument, tensor.clone())?;
    match field("data").dyn_into::<js_sys::Float32Array>() {
        Ok(data) => shaped(argument, &shape, data.to_vec()),
        Err(_) => Err(error("ArgumentError", &format!("{argument}: data is not a Float32Array"))),
    }
}

/// Elements in row-major order as an array of a shape; throws `ArgumentError` when their numbers differ.
pub(super) fn shaped(argument: &str, shape: &[usize], data: Vec<f32>) -> Result<ArrayD<f32>, JsValue> {
    let given = data.len();
    ArrayD::from_shape_vec(shape, data).map_err(|_| {
        error("ArgumentError", &format!("{argument}: {given} elements do not fill shape {shape:?}"))
    })
}

/// The elements of a contiguous array as JavaScript's own typed array.
pub(super) fn float32_array(array: ArrayViewD<'_, f32>) -> JsValue {
    // Everything that the core gives is contiguous; ndarray's copies of other arrays would weigh 5 KB.
    js_sys::Float32Array::from(array.to_slice().unwrap_or_default()).into()
}

/// A plain object of the given entries.
pub(super) fn object<const N: usize>(entries: [(&str, JsValue); N]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in entries {
        // Setting a property of a fresh plain object cannot fail.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), &value);
    }
    object.into()
}

/// A shape as an array of numbers.
pub(super) fn number_array(shape: &[usize]) -> JsValue {
    shape.iter().map(|&size| JsValue::from_f64(size as f64)).collect::<js_sys::Array>().into()
}
