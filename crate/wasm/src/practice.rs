//! Practice without end.

use gru_playground::practice::{self, PracticeProgress, after, due};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use crate::ts;

/// What can be practised, and where a learner begins.
#[wasm_bindgen(js_name = practiceShelf)]
pub fn shelf() -> ts::PracticeShelf {
    to_js(&api::practice::shelf())
}

/// The next question for a learner who stands so, of topics by their tags; of all where none is named.
///
/// # Errors
/// `ArgumentError` for what is no progress or no list of texts.
#[wasm_bindgen(js_name = nextPractice)]
pub fn next(
    progress: &ts::PracticeProgress,
    tags: &ts::Texts,
    seed: u32,
) -> Result<ts::PracticeQuestionOrNull, Thrown> {
    let progress: PracticeProgress = from_js("progress", progress)?;
    let tags: Vec<String> = from_js("tags", tags)?;
    Ok(to_js(&api::practice::next(&progress, &tags, seed)))
}

/// The question that a generator makes of a seed; null where there is no such generator.
#[wasm_bindgen(js_name = practiceQuestion)]
pub fn question(generator: &str, seed: u32) -> ts::PracticeQuestionOrNull {
    to_js(&api::practice::question(generator, seed))
}

/// What is said of the option at a place; null where there is no such generator or option.
#[wasm_bindgen(js_name = judgePractice)]
pub fn judge(generator: &str, seed: u32, option: usize) -> ts::PracticeVerdictOrNull {
    to_js(&api::practice::judge(generator, seed, option))
}

/// How a learner stands after an answer.
///
/// # Errors
/// `ArgumentError` for what is no progress.
#[wasm_bindgen(js_name = practiceAfter)]
pub fn progress_after(
    progress: &ts::PracticeProgress,
    generator: &str,
    right: bool,
    confidence: usize,
) -> Result<ts::PracticeProgress, Thrown> {
    let progress: PracticeProgress = from_js("progress", progress)?;
    Ok(to_js(&progress.answered(generator, right, confidence)))
}

/// What comes back after an answer on a day.
///
/// # Errors
/// `ArgumentError` for what is no list of entries.
#[wasm_bindgen(js_name = comeBackAfter)]
pub fn come_back_after(
    entries: &ts::ComeBackEntries,
    item: &str,
    right: bool,
    day: i32,
) -> Result<ts::ComeBackEntries, Thrown> {
    let entries: Vec<_> = from_js("entries", entries)?;
    Ok(to_js(&after(&entries, item, right, day.into())))
}

/// The items that are due on a day, the longest due first.
///
/// # Errors
/// `ArgumentError` for what is no list of entries.
#[wasm_bindgen(js_name = comeBackDue)]
pub fn come_back_due(entries: &ts::ComeBackEntries, day: i32) -> Result<ts::Texts, Thrown> {
    let entries: Vec<_> = from_js("entries", entries)?;
    Ok(to_js(&due(&entries, day.into())))
}

/// The generator that asks what a question of the challenge asks; none for another.
#[wasm_bindgen(js_name = practiceLike)]
pub fn like(question: &str) -> Option<String> {
    api::practice::like(question).map(str::to_owned)
}

/// The questions of a form that measures what was learned, the options in the order of a seed.
///
/// # Errors
/// `ArgumentError` for what is no form.
#[wasm_bindgen(js_name = formQuestions)]
pub fn form_questions(form: &ts::FormName, seed: u32) -> Result<ts::FormQuestions, Thrown> {
    Ok(to_js(&practice::form_questions(from_js("form", form)?, seed)))
}

/// Judges the answers to a form: places among its options, null where none was chosen.
///
/// # Errors
/// `ArgumentError` for what is no form or no list of places.
#[wasm_bindgen(js_name = judgeForm)]
pub fn judge_form(form: &ts::FormName, seed: u32, answers: &ts::Places) -> Result<ts::FormAnswers, Thrown> {
    let answers: Vec<Option<usize>> = from_js("answers", answers)?;
    Ok(to_js(&practice::judge_form(from_js("form", form)?, seed, &answers)))
}

/// What was gained from the first form to the second, by how many answers were right, in sentences.
#[wasm_bindgen(js_name = formGain)]
pub fn form_gain(before: usize, after: usize) -> String {
    practice::form_gain(before, after)
}
