//! The challenge.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

use super::convert::{argument_error, error, from_value};
use super::object::PlainObject;
use super::read::decimal;
use super::write::ToJs as _;
use gru_playground::quiz::{self, QuizEvent, QuizState, RestoreError};

/// The challenge as it is being taken.
#[wasm_bindgen]
#[derive(Default)]
pub struct Quiz(quiz::Quiz);

#[wasm_bindgen]
impl Quiz {
    /// The challenge before a run.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Quiz {
        Quiz::default()
    }

    /// The challenge where a kept state left it. The clock goes on with the first event.
    ///
    /// # Errors
    /// `QuizStateError`, whose message is a sentence for the learner and whose `code` is
    /// `later-version`, `other-bank` or `damaged`.
    pub fn restore(state: JsValue) -> Result<Quiz, JsValue> {
        read_state(state).and_then(quiz::Quiz::restore).map(Quiz).map_err(|problem| {
            let error = error("QuizStateError", &problem.to_string());
            error.unchecked_ref::<PlainObject>().set("code", problem.code().into());
            error
        })
    }

    /// Takes an event at `nowMs`, a reading of `performance.now()`.
    ///
    /// # Errors
    /// `ArgumentError` for a value that is not an event, an unknown option, a text that is no date, or
    /// a time that is negative or not finite.
    pub fn dispatch(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "QuizEvent")] event: JsValue,
        #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
    ) -> Result<(), JsValue> {
        let event: QuizEvent = from_value("event", &event)?;
        if !now_ms.is_finite() || now_ms < 0.0 {
            return Err(argument_error("nowMs", &["not a time: ", &decimal(now_ms)].concat()));
        }
        self.0.dispatch(event, now_ms as u64).map_err(|problem| argument_error("event", &problem.to_string()))
    }

    /// What is to be drawn.
    #[wasm_bindgen(unchecked_return_type = "QuizView")]
    pub fn view(&self) -> JsValue {
        self.0.view().to_js()
    }

    /// What is to be kept, after every event.
    #[wasm_bindgen(unchecked_return_type = "QuizState")]
    pub fn state(&self) -> JsValue {
        self.0.state().to_js()
    }
}

/// Reads the version first: a later one may have another form.
fn read_state(state: JsValue) -> Result<QuizState, RestoreError> {
    let version = state.is_object().then(|| state.unchecked_ref::<PlainObject>().get("version"));
    let version = version.and_then(|version| version.as_f64());
    QuizState::check_version(version.ok_or(RestoreError::Damaged("form"))?)?;
    from_value("state", &state).map_err(|_| RestoreError::Damaged("form"))
}
