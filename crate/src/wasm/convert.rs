//! Values across the boundary, and the named error for a caller's misuse.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A JavaScript `Error` of the given name.
pub(super) fn error(name: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    error.into()
}

/// Reads an argument; throws `ArgumentError` naming it and what is wrong.
pub(super) fn from_value<T: DeserializeOwned>(argument: &str, value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|problem| error("ArgumentError", &format!("{argument}: {problem}")))
}

/// Gives plain objects, absent values as `null`.
pub(super) fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true);
    value.serialize(&serializer).map_err(|problem| error("InternalError", &problem.to_string()))
}

/// Like [`to_value`], with every whole number of 64 bits or more as a `bigint`.
pub(super) fn to_exact_value<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new()
        .serialize_missing_as_null(true)
        .serialize_maps_as_objects(true)
        .serialize_large_number_types_as_bigints(true);
    value.serialize(&serializer).map_err(|problem| error("InternalError", &problem.to_string()))
}
