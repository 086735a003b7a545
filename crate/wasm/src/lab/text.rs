//! A learner's text, character by character: what a setup means, a run some training steps at a time, what a model writes.

use api::text::{self, TextWritten};

use super::prelude::*;
use gru_playground::series::{TextFile, TextPlan};

/// Why a file of so many bytes is not read, before it is.
#[wasm_bindgen(js_name = refuseText)]
pub fn refuse_text(bytes: f64) -> ts::TroubleOrNull {
    to_js(&TextFile::refuse(bytes as u64))
}

/// Reads the bytes of a file as a text.
#[wasm_bindgen(js_name = readText)]
pub fn read_text(bytes: &[u8]) -> ts::TextFile {
    to_js(&TextFile::read(bytes))
}

/// What a setup means for a text, which the script reads from a file of this name; answers at once.
///
/// # Errors
/// `ArgumentError` for what is no setup.
#[wasm_bindgen(js_name = textPlan)]
pub fn text_plan(text: &str, setup: &ts::TextSetup, file: &str) -> Result<ts::TextPlan, Thrown> {
    Ok(to_js(&TextPlan::of(text, &from_js("setup", setup)?, file)))
}

/// What a model with these weights writes, which was trained on this text with this setup.
///
/// # Errors
/// `ArgumentError` for what is no setup.
#[wasm_bindgen(js_name = writeText)]
pub fn write_text(text: &str, setup: &ts::TextSetup, weights: &[f32]) -> Result<ts::TextWritten, Thrown> {
    Ok(to_js(&TextWritten::of(text, &from_js("setup", setup)?, weights)))
}

/// The training of a model of characters: `torch.manual_seed(seed)`, model and optimiser, and then step by step.
#[wasm_bindgen]
pub struct TextTraining(text::TextTraining);

#[wasm_bindgen]
impl TextTraining {
    /// A run that has taken no step; how many its setup has does not bind it.
    ///
    /// # Errors
    /// `ArgumentError` for what is no setup, `SetupError` for a text that cannot be learned so.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, setup: &ts::TextSetup) -> Result<TextTraining, Thrown> {
        Ok(TextTraining(text::TextTraining::new(text, &from_js("setup", setup)?)?))
    }

    /// How many training steps are taken.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> f64 {
        self.0.steps() as f64
    }

    /// Takes so many training steps, or fewer if a number becomes infinite or NaN.
    pub fn advance(&mut self, steps: u32) -> ts::TextSlice {
        to_js(&self.0.advance::<Floats>(steps))
    }

    /// What it came to, what it now writes, and its weights.
    ///
    /// # Errors
    /// `NotFiniteError` where the model's numbers are no longer finite.
    pub fn finish(&self) -> Result<ts::TextEnd, Thrown> {
        Ok(to_js(&self.0.finish::<Floats>()?))
    }
}
