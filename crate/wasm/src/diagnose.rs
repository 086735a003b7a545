//! Shapes, diagnostics and code: what answers at once.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::from_value;
use super::pass::whole;
use super::write::{ToJs, only};
use gru_playground::call::{Call, Place};
use gru_playground::diagnostic::{self, Diagnostic, Fix, typed_shape};
use gru_playground::py;
use gru_playground::shape::Shape;

/// What `PyTorch` says of a call: every tensor's shape, or the exception with why and fixes.
///
/// # Errors
/// `ArgumentError` for a value that is not a call.
#[wasm_bindgen(unchecked_return_type = "Diagnosis")]
pub fn diagnose(#[wasm_bindgen(unchecked_param_type = "Call")] call: JsValue) -> Result<JsValue, JsValue> {
    Ok(diagnostic::diagnose(&from_value::<Call>("call", &call)?).to_js())
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
    let call = from_value::<Call>("call", &call)?;
    Ok(diagnostic::apply(&call, &from_value::<Fix>("fix", &fix)?).to_js())
}

/// A typed shape, or what is wrong with the text.
#[derive(tsify::Tsify)]
#[serde(rename_all = "snake_case")]
pub enum ParsedShape {
    /// The shape.
    Shape(#[tsify(type = "number[]")] Shape),
    /// What is wrong; its spans count UTF-16 units, as JavaScript's strings do.
    Diagnostic(Diagnostic),
}

impl ToJs for ParsedShape {
    fn to_js(&self) -> JsValue {
        match self {
            ParsedShape::Shape(shape) => only("shape ", shape.to_js()),
            ParsedShape::Diagnostic(diagnostic) => only("diagnostic ", diagnostic.to_js()),
        }
    }
}

/// The shape that a learner typed: `(4, 10)`, `[4, 10]`, `4, 10`, `torch.Size([4, 10])`.
#[wasm_bindgen(js_name = parseShape, unchecked_return_type = "ParsedShape")]
pub fn parse_shape(text: &str) -> JsValue {
    let parsed = match typed_shape::parse(text) {
        Ok(shape) => ParsedShape::Shape(shape),
        Err(diagnostic) => ParsedShape::Diagnostic(with_utf16_spans(diagnostic, text)),
    };
    parsed.to_js()
}

/// The runs of `PyTorch` releases that answer every call alike, newest first.
#[wasm_bindgen(unchecked_return_type = "ReleaseRange[]")]
pub fn releases() -> JsValue {
    diagnostic::release_ranges().to_js()
}

/// The `PyTorch` code of a call as coloured segments; with a seed, `torch.manual_seed` too.
///
/// # Errors
/// `ArgumentError` for a value that is not a call, or a seed that is not whole.
#[wasm_bindgen(unchecked_return_type = "CodeLine[]")]
pub fn code(
    #[wasm_bindgen(unchecked_param_type = "Call")] call: JsValue,
    seed: Option<f64>,
) -> Result<JsValue, JsValue> {
    let seed = seed.map(whole).transpose()?;
    Ok(py::code(&from_value::<Call>("call", &call)?, seed).to_js())
}

fn with_utf16_spans(mut diagnostic: Diagnostic, text: &str) -> Diagnostic {
    let utf16 = |byte: usize| text.get(..byte).map_or(byte, |before| before.encode_utf16().count());
    for label in &mut diagnostic.labels {
        if let Place::Text { start, end } = &mut label.place {
            (*start, *end) = (utf16(*start), utf16(*end));
        }
    }
    diagnostic
}
