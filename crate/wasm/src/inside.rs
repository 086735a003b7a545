//! The arithmetic of one unit, and what one changed number changes: what the page's worker opens.

use api::inside::{self, InsideOf};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::arrays::Floats;
use crate::fault::Thrown;
use crate::js::{from_js, or_default, to_js};
use crate::ts;
use gru_playground::diagnostic::RunPlan;

/// How one unit's state comes about at one step of what `runPlan` gave; with an edit, what that changes. Where `before` is given,
/// what `runPlan` gave of another call, the call keeps every number of that one that it has a place for.
///
/// # Errors
/// `ArgumentError` for what is no plan, no place in it or no number of it, `ShapeError` for weights that do not fit,
/// `TooLargeError` where this would take too long or too much memory.
#[wasm_bindgen(js_name = insideUnit)]
pub fn inside_unit(
    plan: &ts::RunPlan,
    seed: &ts::Whole,
    weights: Option<Vec<f32>>,
    at: &ts::UnitPlace,
    edit: Option<ts::NumberEdit>,
    before: Option<ts::RunPlan>,
) -> Result<ts::InsideView, Thrown> {
    let (plan, seed, at) = (from_js("plan", plan)?, from_js("seed", seed)?, from_js("at", at)?);
    let edit: Option<inside::NumberEdit> = or_default("edit", edit)?;
    let before: Option<RunPlan> = or_default("before", before)?;
    let from = before.map_or_else(|| weights.as_deref().into(), InsideOf::Kept);
    Ok(inside::inside::<Floats, _>(plan, seed, from, at, edit.as_ref(), |view| to_js(view))?)
}

/// Every number of the small trained GRU while it reads a sentence, as a run gives them.
///
/// # Errors
/// `ArgumentError` for a text without words.
#[wasm_bindgen(js_name = sentenceValues)]
pub fn sentence_values(text: &str) -> Result<ts::RunValues, Thrown> {
    Ok(inside::sentence_values::<Floats, _>(text, |values| to_js(values))?)
}

/// How one unit's state of the small trained GRU comes about at one word; with an edit, what that changes, of the answer too.
///
/// # Errors
/// `ArgumentError` for a text without words, and for what is no place in the call or no number of it.
#[wasm_bindgen(js_name = insideSentence)]
pub fn inside_sentence(
    text: &str,
    at: &ts::UnitPlace,
    edit: Option<ts::NumberEdit>,
) -> Result<ts::InsideView, Thrown> {
    let edit: Option<inside::NumberEdit> = or_default("edit", edit)?;
    Ok(inside::inside_sentence::<Floats, _>(text, from_js("at", at)?, edit.as_ref(), |view| to_js(view))?)
}
