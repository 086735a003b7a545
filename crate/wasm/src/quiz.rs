//! The challenge.

use api::read::only_keys_of;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::Thrown;
use crate::js::{Js, from_js, to_js};
use crate::ts;
use gru_playground::quiz::{self, QuizEvent};

/// What is said of the text of a bank: its form, and its keys, which are executed.
#[wasm_bindgen(js_name = checkBank)]
pub fn check_bank(text: &str) -> ts::BankCheck {
    to_js(&quiz::check_bank(text))
}

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
        Ok(Quiz(api::quiz::restore(Js::from(state))?))
    }

    /// Takes an event at `nowMs`, a reading of `performance.now()`.
    ///
    /// # Errors
    /// `ArgumentError` for a value that is not an event, an unknown option, a text that is no date, or
    /// a time that is negative or not finite.
    pub fn dispatch(
        &mut self,
        event: &ts::QuizEvent,
        #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
    ) -> Result<(), Thrown> {
        let known: QuizEvent = from_js("event", event)?;
        only_keys_of("event", &Js(to_js(&known)), &Js::from(event))?;
        Ok(api::quiz::dispatch(&mut self.0, known, now_ms)?)
    }

    /// What is to be drawn.
    pub fn view(&self) -> ts::QuizView {
        to_js(&self.0.view())
    }

    /// What is to be kept, after every event.
    pub fn state(&self) -> ts::QuizState {
        to_js(&self.0.state())
    }
}
