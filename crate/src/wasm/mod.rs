//! The boundary to JavaScript: from value, call, to value; all logic is elsewhere.

use wasm_bindgen::prelude::wasm_bindgen;

/// The types that are written by hand because their Rust side has no serde form of its own.
#[wasm_bindgen(typescript_custom_section)]
const VALUE_TYPE: &str = r"
/** A Python value: an array is a list, a whole number an int; `{float: 16}` is 16.0, `{tuple: [5, 8]}` is (5, 8). */
export type Value = null | boolean | number | string | Value[] | { float: number } | { tuple: Value[] };
";
