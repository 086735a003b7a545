//! Plain JavaScript objects, by field.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// An object whose fields neither throw when read nor when written, as those of `js_sys::Object` may.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    pub(super) type PlainObject;

    /// `{}`.
    #[wasm_bindgen(constructor, js_class = "Object")]
    pub(super) fn new() -> PlainObject;

    /// `this[name]`.
    #[wasm_bindgen(method, indexing_getter)]
    pub(super) fn get(this: &PlainObject, name: &str) -> JsValue;

    /// `this[name] = value`.
    #[wasm_bindgen(method, indexing_setter)]
    pub(super) fn set(this: &PlainObject, name: &str, value: JsValue);
}
