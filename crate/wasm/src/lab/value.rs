//! Structured values across the boundary, by serde.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use super::super::convert::argument_error;

/// Maps become objects, absent values null.
const SERIALIZER: Serializer =
    Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);

/// Reads an argument; throws `ArgumentError` naming it and what is wrong.
pub(super) fn read<T: DeserializeOwned>(argument: &str, value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|mistake| argument_error(argument, &mistake.to_string()))
}

/// A value as JavaScript's own; a type of ours always has one.
pub(super) fn write<T: Serialize + ?Sized>(value: &T) -> JsValue {
    value.serialize(&SERIALIZER).unwrap_or(JsValue::UNDEFINED)
}
