//! Texts that a learner pastes and programs that they write.

use api::generator::Seed;
use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::fault::Thrown;
use crate::js::{from_js, or_default, to_js};
use crate::ts;
use gru_playground::code;

/// What a pasted text is, why it came about, and what mends it.
#[wasm_bindgen]
pub fn explain(text: &str) -> ts::PastedAnswer {
    to_js(&code::explain(text))
}

/// What a program found that puts a claim to the test, by what it printed.
#[wasm_bindgen(js_name = judgeClaim)]
pub fn judge_claim(printed: &str) -> ts::ClaimJudgement {
    to_js(&code::judge_claim(printed))
}

/// The one call of `nn.GRU` in a program that controls can show; null where there is none, or more than one.
#[wasm_bindgen(js_name = readProgram)]
pub fn read_program(source: &str) -> ts::ProgramCallOrNull {
    to_js(&code::read_call(source))
}

/// The edits that write a changed call and seed into a program; null where they cannot be written there.
///
/// # Errors
/// `ArgumentError` for a value that is not a call, or no seed.
#[wasm_bindgen(js_name = rewriteProgram)]
pub fn rewrite(source: &str, call: &ts::Call, seed: Option<ts::Whole>) -> Result<ts::EditsOrNull, Thrown> {
    let (call, seed) = (from_js("call", call)?, or_default::<Option<Seed>>("seed", seed)?);
    Ok(to_js(&code::rewrite_call(source, &call, seed.map(|Seed(seed)| seed))))
}

/// Runs a program of at most so many steps; `watch` is asked about every 100,000 of them, and stops it with true.
#[wasm_bindgen(js_name = runProgram)]
pub fn run_program(source: &str, steps: f64, watch: Option<ts::Watch>) -> ts::ProgramRun {
    to_js(&code::run(source, steps as u64, watch.map(asked)))
}

/// The kinds of mistakes that the deck of broken programs has, in their order, which stays.
#[wasm_bindgen(js_name = deckKinds)]
pub fn deck_kinds() -> ts::DeckKindNames {
    to_js(&code::deck_kinds())
}

/// The broken program of a kind and a seed, and what is asked of it; null for a name that is no kind.
#[wasm_bindgen(js_name = deckCase)]
pub fn deck_case(kind: &str, seed: u32) -> ts::DeckCaseOrNull {
    to_js(&code::deck_case(kind, seed))
}

/// What is wrong with that program as it shows itself; undefined for a name that is no kind.
#[wasm_bindgen(js_name = deckSymptom)]
pub fn deck_symptom(kind: &str, seed: u32) -> Option<String> {
    code::deck_symptom(kind, seed)
}

/// Whether a learner's program mends it, judged by what it does; null for a name that is no kind.
#[wasm_bindgen(js_name = judgeDeck)]
pub fn judge_deck(
    kind: &str,
    seed: u32,
    source: &str,
    steps: f64,
    watch: Option<ts::Watch>,
) -> ts::DeckJudgementOrNull {
    to_js(&code::judge_deck(kind, seed, source, steps as u64, watch.map(asked)))
}

/// A watch of JavaScript's; one that throws is one that wants no more.
fn asked(watch: ts::Watch) -> code::Watch {
    let ask = move |done: f64| watch.unchecked_ref::<Function>().call1(&JsValue::NULL, &done.into());
    Box::new(move |done| ask(done as f64).map_or(true, |stop| stop.is_truthy()))
}
