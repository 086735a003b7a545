//! Shapes, diagnostics, code and costs: what answers at once.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::{from_value, to_exact_value, to_value};
use crate::call::Call;
use crate::diagnostic::{self, Fix};
use crate::{cost, py, shape};

/// What `PyTorch` says of a call: every tensor's shape, or the exception with why and fixes.
///
/// # Errors
/// `ArgumentError` for a value that is not a call.
#[wasm_bindgen(unchecked_return_type = "Diagnosis")]
pub fn diagnose(#[wasm_bindgen(unchecked_param_type = "Call")] call: JsValue) -> Result<JsValue, JsValue> {
    to_value(&diagnostic::diagnose(&from_value::<Call>("call", call)?))
}

/// The call after a fix.
///
/// # Errors
/// `ArgumentError` for values that are not a call and a fix.
#[wasm_bindgen(js_name = applyFix, unchecked_return_type = "Call")]
pub fn apply_fix(
    #[wasm_bindgen(unchecked_param_type = "Call")] call: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Fix")] fix: JsValue,
) -> Result<JsValue, JsValue> {
    let call = from_value::<Call>("call", call)?;
    to_value(&diagnostic::apply(&call, &from_value::<Fix>("fix", fix)?))
}
