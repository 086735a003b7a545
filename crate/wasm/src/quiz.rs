//! The challenge.

use js_sys::Object;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{Thrown, argument_error};
use crate::js::{field, from_js, to_js};
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
    pub fn restore(state: &JsValue) -> Result<Quiz, Thrown> {
        Ok(Quiz(quiz::Quiz::restore(read_state(state)?)?))
    }

    /// Takes an event at `nowMs`, a reading of `performance.now()`.
    ///
    /// # Errors
    /// `ArgumentError` for a value that is not an event, an unknown option, a text that is no date, or
    /// a time that is negative or not finite.
    pub fn dispatch(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "QuizEvent")] event: &JsValue,
        #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
    ) -> Result<(), Thrown> {
        let event = read_event(event)?;
        if !now_ms.is_finite() || now_ms < 0.0 {
            return Err(argument_error("nowMs", format_args!("not a time: {now_ms}")));
        }
        self.0.dispatch(event, now_ms as u64).map_err(|problem| argument_error("event", problem))
    }

    /// What is to be drawn.
    #[wasm_bindgen(unchecked_return_type = "QuizView")]
    pub fn view(&self) -> JsValue {
        to_js(&self.0.view())
    }

    /// What is to be kept, after every event.
    #[wasm_bindgen(unchecked_return_type = "QuizState")]
    pub fn state(&self) -> JsValue {
        to_js(&self.0.state())
    }
}

/// Refuses what an event does not have, which serde lets pass behind a tag alone.
fn read_event(value: &JsValue) -> Result<QuizEvent, Thrown> {
    let event: QuizEvent = from_js("event", value)?;
    let known = Object::keys(&Object::from(to_js(&event)));
    match Object::keys(&Object::from(value.clone())).iter().find(|key| !known.includes(key, 0)) {
        Some(key) => {
            Err(argument_error(&format!("event.{}", key.as_string().unwrap_or_default()), "unknown key"))
        }
        None => Ok(event),
    }
}

/// Reads the version first: a later one may have another form.
fn read_state(state: &JsValue) -> Result<QuizState, RestoreError> {
    let version = field(state, "version").as_f64();
    QuizState::check_version(version.ok_or(RestoreError::Damaged("form"))?)?;
    from_js("state", state).map_err(|_| RestoreError::Damaged("form"))
}
