//! A call that keeps the numbers of another.

use api::experiment;
use api::kept::KeptView;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::experiment::Experiment;
use crate::fault::Thrown;
use crate::js::{from_js, or_default, to_js};
use crate::ts;

#[wasm_bindgen]
impl Experiment {
    /// A run of what `runPlan` gave, whose module, input and `h_0` keep every number of what it gave `before` that they have a place
    /// for. It keeps every gate, or those at the place given.
    ///
    /// # Errors
    /// `ArgumentError` for what is no plan or no place in it, `ShapeError` for shapes that do not fit,
    /// `TooLargeError` beyond 512 MB.
    pub fn keeping(
        plan: &ts::RunPlan,
        before: &ts::RunPlan,
        seed: &ts::Whole,
        keep: Option<ts::TracePlace>,
    ) -> Result<Experiment, Thrown> {
        let (plan, before) = (from_js("plan", plan)?, from_js("before", before)?);
        let (keep, seed) = (or_default("keep", keep)?, from_js("seed", seed)?);
        Ok(Experiment(experiment::Experiment::keeping(plan, before, seed, keep)?))
    }
}

/// The code of a call that keeps the numbers of the call `before`, and what is kept in words.
///
/// # Errors
/// As `runPlan` of either call.
#[wasm_bindgen(js_name = keptOf)]
pub fn kept_of(before: &ts::Call, call: &ts::Call, seed: &ts::Whole) -> Result<ts::KeptView, Thrown> {
    let (before, call, seed) = (from_js("before", before)?, from_js("call", call)?, from_js("seed", seed)?);
    Ok(to_js(&KeptView::of(&before, &call, seed)?))
}
