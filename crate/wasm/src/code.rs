//! Texts that a learner pastes and programs that they write.

use js_sys::Function;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::js::to_js;
use crate::ts;
use gru_playground::code;

/// What a pasted text is, why it came about, and what mends it.
#[wasm_bindgen]
pub fn explain(text: &str) -> ts::PastedAnswer {
    to_js(&code::explain(text))
}

/// Runs a program of at most so many steps; `watch` is asked about every 100,000 of them, and stops it with true.
#[wasm_bindgen(js_name = runProgram)]
pub fn run_program(source: &str, steps: f64, watch: Option<ts::Watch>) -> ts::ProgramRun {
    let watch = watch.map(|watch| -> code::Watch {
        let watch: Function = watch.unchecked_into();
        // One that throws is one that wants no more.
        Box::new(move |done| {
            watch.call1(&JsValue::NULL, &(done as f64).into()).map_or(true, |stop| stop.is_truthy())
        })
    });
    to_js(&code::run(source, steps as u64, watch))
}
