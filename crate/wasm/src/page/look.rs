//! Shapes, diagnostics, costs and code: what answers at once.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::cost::PassCost;
use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use crate::seed::Seed;
use gru_playground::call::Call;
use gru_playground::diagnostic::{self, Diagnosis, Diagnostic, Fix, RunPlan, typed_shape};
use gru_playground::py::{self, CodeLine};
use gru_playground::shape::Shape;

/// All that answers a call at once.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Look {
    /// What `PyTorch` says of it.
    pub diagnosis: Diagnosis,
    /// What it costs; null of a call that is not legal.
    pub cost: Option<PassCost>,
    /// Its code as coloured segments; with a seed, `torch.manual_seed` too.
    pub code: Vec<CodeLine>,
    /// What a run of it needs; null of a call that is not run here, of which `runPlan` says why.
    pub plan: Option<RunPlan>,
}

/// A typed shape, or what is wrong with the text.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ParsedShape {
    /// The shape.
    Shape(#[cfg_attr(test, ts(type = "number[]"))] Shape),
    /// What is wrong; its spans count UTF-16 units, as JavaScript's strings do.
    Diagnostic(Diagnostic),
}

fn read_call(call: &JsValue) -> Result<Call, Thrown> {
    from_js("call", call)
}

fn code_of(call: &Call, seed: &JsValue) -> Result<Vec<CodeLine>, Thrown> {
    let seed: Option<Seed> = from_js("seed", seed)?;
    Ok(py::code(call, seed.map(|Seed(seed)| seed)))
}

/// Shapes, diagnostics, cost and code of a call, at once whatever the sizes.
///
/// # Errors
/// `ArgumentError` for a value that is not a call, or no seed.
#[wasm_bindgen(unchecked_return_type = "Look")]
pub fn look(
    #[wasm_bindgen(unchecked_param_type = "Call")] call: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "number | bigint")] seed: &JsValue,
) -> Result<JsValue, Thrown> {
    let call = read_call(call)?;
    let code = code_of(&call, seed)?;
    let diagnosis = diagnostic::diagnose(&call);
    let cost = PassCost::of(&call, &diagnosis);
    let plan = RunPlan::of(&call, &diagnosis).ok();
    Ok(to_js(&Look { diagnosis, cost, code, plan }))
}

/// What `PyTorch` says of a call: every tensor's shape, or the exception with why and fixes.
///
/// # Errors
/// `ArgumentError` for a value that is not a call.
#[wasm_bindgen(unchecked_return_type = "Diagnosis")]
pub fn diagnose(#[wasm_bindgen(unchecked_param_type = "Call")] call: &JsValue) -> Result<JsValue, Thrown> {
    Ok(to_js(&diagnostic::diagnose(&read_call(call)?)))
}

/// What a legal call costs, exactly and without allocating; undefined for a call that is not legal.
///
/// # Errors
/// `ArgumentError` for a value that is not a call.
#[wasm_bindgen(unchecked_return_type = "Cost | undefined")]
pub fn cost(#[wasm_bindgen(unchecked_param_type = "Call")] call: &JsValue) -> Result<JsValue, Thrown> {
    let call = read_call(call)?;
    let cost = PassCost::of(&call, &diagnostic::diagnose(&call));
    Ok(cost.map_or(JsValue::UNDEFINED, |cost| to_js(&cost)))
}

/// The `PyTorch` code of a call as coloured segments; with a seed, `torch.manual_seed` too.
///
/// # Errors
/// `ArgumentError` for a value that is not a call, or no seed.
#[wasm_bindgen(unchecked_return_type = "CodeLine[]")]
pub fn code(
    #[wasm_bindgen(unchecked_param_type = "Call")] call: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "number | bigint")] seed: &JsValue,
) -> Result<JsValue, Thrown> {
    Ok(to_js(&code_of(&read_call(call)?, seed)?))
}

/// The call after a fix.
///
/// # Errors
/// `ArgumentError` for values that are not a call and a fix.
#[wasm_bindgen(js_name = applyFix, unchecked_return_type = "Call")]
pub fn apply_fix(
    #[wasm_bindgen(unchecked_param_type = "Call")] call: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Fix")] fix: &JsValue,
) -> Result<JsValue, Thrown> {
    Ok(to_js(&diagnostic::apply(&read_call(call)?, &from_js::<Fix>("fix", fix)?)))
}

/// The shape that a learner typed: `(4, 10)`, `[4, 10]`, `4, 10`, `torch.Size([4, 10])`.
#[wasm_bindgen(js_name = parseShape, unchecked_return_type = "ParsedShape")]
pub fn parse_shape(text: &str) -> JsValue {
    to_js(&match typed_shape::parse(text) {
        Ok(shape) => ParsedShape::Shape(shape),
        Err(diagnostic) => ParsedShape::Diagnostic(typed_shape::with_utf16_spans(diagnostic, text)),
    })
}

/// The runs of `PyTorch` releases that answer every call alike, newest first.
#[wasm_bindgen(unchecked_return_type = "ReleaseRange[]")]
pub fn releases() -> JsValue {
    to_js(&diagnostic::release_ranges())
}

/// What a run of a legal call needs.
///
/// # Errors
/// `ArgumentError` for what is no call, `IllegalCallError` where `PyTorch` raises, `DtypeError` for a module
/// that is not float32, `TooLargeError` for sizes that this machine cannot address.
#[wasm_bindgen(js_name = runPlan, unchecked_return_type = "RunPlan")]
pub fn run_plan(#[wasm_bindgen(unchecked_param_type = "Call")] call: &JsValue) -> Result<JsValue, Thrown> {
    let call = read_call(call)?;
    Ok(to_js(&RunPlan::of(&call, &diagnostic::diagnose(&call))?))
}
