//! What the page asks on its own thread and is answered at once: shapes, diagnostics, costs, code and pictures.

use api::Fault;
use api::look::{self, DraftLook, Look, ParsedShape, PassCost};
use js_sys::BigInt;
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::ImageData;

use crate::fault::Thrown;
use crate::js::{from_js, or_default, to_js};
use crate::ts;
use gru_playground::cost::Count;
use gru_playground::diagnostic::{self, Fix, RunPlan};
use gru_playground::picture::{self, MatrixView, Theme};
use gru_playground::sentence;

/// A count, which crosses as a `bigint`.
struct Exact(Count);

impl From<Count> for Exact {
    fn from(count: Count) -> Exact {
        Exact(count)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = self.0.to_string();
        let count = BigInt::new(&digits.into()).expect("a count is digits");
        serde_wasm_bindgen::preserve::serialize(&count, serializer)
    }
}

/// Shapes, diagnostics, cost and code of a call, at once whatever the sizes.
///
/// # Errors
/// `ArgumentError` for a value that is not a call, or no seed.
#[wasm_bindgen]
pub fn look(call: &ts::Call, seed: Option<ts::Whole>) -> Result<ts::Look, Thrown> {
    Ok(to_js(&Look::<Exact>::of(&from_js("call", call)?, or_default("seed", seed)?)))
}

/// What a draft says, and the shapes, diagnostics, cost and code of the call that it is.
///
/// # Errors
/// `ArgumentError` for a value that is not a draft, or no seed.
#[wasm_bindgen(js_name = lookAtDraft)]
pub fn look_at_draft(draft: &ts::Draft, seed: Option<ts::Whole>) -> Result<ts::DraftLook, Thrown> {
    Ok(to_js(&DraftLook::<Exact>::of(&from_js("draft", draft)?, or_default("seed", seed)?)))
}

/// What `PyTorch` says of a call: every tensor's shape, or the exception with why and fixes.
///
/// # Errors
/// `ArgumentError` for a value that is not a call.
#[wasm_bindgen]
pub fn diagnose(call: &ts::Call) -> Result<ts::Diagnosis, Thrown> {
    Ok(to_js(&diagnostic::diagnose(&from_js("call", call)?)))
}

/// What a legal call costs, exactly and without allocating; undefined for a call that is not legal.
///
/// # Errors
/// `ArgumentError` for a value that is not a call.
#[wasm_bindgen]
pub fn cost(call: &ts::Call) -> Result<ts::CostOrUndefined, Thrown> {
    let cost = PassCost::<Exact>::of_call(&from_js("call", call)?);
    Ok(cost.map_or(JsValue::UNDEFINED.unchecked_into(), |cost| to_js(&cost)))
}

/// The `PyTorch` code of a call as coloured segments; with a seed, `torch.manual_seed` too.
///
/// # Errors
/// `ArgumentError` for a value that is not a call, or no seed.
#[wasm_bindgen]
pub fn code(call: &ts::Call, seed: Option<ts::Whole>) -> Result<ts::CodeLines, Thrown> {
    Ok(to_js(&look::code(&from_js("call", call)?, or_default("seed", seed)?)))
}

/// The call after a fix.
///
/// # Errors
/// `ArgumentError` for values that are not a call and a fix.
#[wasm_bindgen(js_name = applyFix)]
pub fn apply_fix(call: &ts::Call, fix: &ts::Fix) -> Result<ts::Call, Thrown> {
    Ok(to_js(&diagnostic::apply(&from_js("call", call)?, &from_js::<Fix>("fix", fix)?)))
}

/// The shape that a learner typed: `(4, 10)`, `[4, 10]`, `4, 10`, `torch.Size([4, 10])`.
#[wasm_bindgen(js_name = parseShape)]
pub fn parse_shape(text: &str) -> ts::ParsedShape {
    to_js(&ParsedShape::of(text))
}

/// What the small trained GRU does with a sentence, word by word.
#[wasm_bindgen(js_name = readSentence)]
pub fn read_sentence(text: &str) -> ts::SentenceReading {
    to_js(&sentence::read_sentence(&sentence::trained(), text))
}

/// The runs of `PyTorch` releases that answer every call alike, newest first.
#[wasm_bindgen]
pub fn releases() -> ts::ReleaseRanges {
    to_js(&diagnostic::release_ranges())
}

/// What a run of a legal call needs.
///
/// # Errors
/// `ArgumentError` for what is no call, `IllegalCallError` where `PyTorch` raises, `DtypeError` for a module
/// that is not float32, `TooLargeError` for sizes that this machine cannot address.
#[wasm_bindgen(js_name = runPlan)]
pub fn run_plan(call: &ts::Call) -> Result<ts::RunPlan, Thrown> {
    let call = from_js("call", call)?;
    Ok(to_js(&RunPlan::of(&call, &diagnostic::diagnose(&call)).map_err(Fault::from)?))
}

/// A rectangle of values as an image of one pixel a cell.
///
/// # Errors
/// `ArgumentError` for an unknown map or a rectangle outside the values.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments)] // JavaScript passes numbers cheaply, objects dearly; this runs at every frame.
pub fn heatmap(
    values: &[f32],
    offset: usize,
    rows: usize,
    #[wasm_bindgen(js_name = rowStride)] row_stride: usize,
    columns: usize,
    #[wasm_bindgen(js_name = columnStride)] column_stride: usize,
    map: &ts::ColorMap,
    dark: bool,
) -> Result<ImageData, Thrown> {
    let view = MatrixView { offset, rows, row_stride, columns, column_stride };
    let pixels = picture::paint(values, view, from_js("map", map)?, Theme::of(dark)).map_err(Fault::from)?;
    // An ImageData over the wasm memory itself would change once `pixels` is freed: it gets an array of its own.
    let pixels = js_sys::Uint8ClampedArray::from(pixels.as_slice());
    Ok(ImageData::new_with_js_u8_clamped_array_and_sh(&pixels, columns as u32, rows as u32)?)
}

/// The colours of a map from its low to its high end, as `steps` RGBA quadruples.
///
/// # Errors
/// `ArgumentError` for an unknown map.
#[wasm_bindgen(js_name = colorScale)]
pub fn color_scale(map: &ts::ColorMap, dark: bool, steps: usize) -> Result<Vec<u8>, Thrown> {
    Ok(picture::scale(from_js("map", map)?, Theme::of(dark), steps).into_flattened())
}
