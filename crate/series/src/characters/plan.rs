use call::py::CodeLine;
use serde::Serialize;
use train::Trouble;

use super::script::text_script;
use super::{TextData, TextGuess, TextSetup};

/// What a setup means for a text, before anything is trained.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TextPlan {
    /// The script of the whole run.
    pub code: Vec<CodeLine>,
    /// How many characters the text has.
    pub characters: u64,
    /// The different ones, in the order of the vocabulary.
    pub vocabulary: Vec<String>,
    /// How many characters are trained on: the first 90 %.
    pub train: u64,
    /// How many characters of the rest are judged.
    pub judged: u64,
    /// How guesses do on them, from the one that knows least; empty of a text that cannot be learned so.
    pub guesses: Vec<TextGuess>,
    /// Numbers that are learned.
    pub parameters: Option<u64>,
    /// Why it cannot be run.
    pub trouble: Option<Trouble>,
}

impl TextPlan {
    /// What a setup means for this text, which the script reads from a file of this name; answers at once.
    pub fn of(text: &str, setup: &TextSetup, file: &str) -> Self {
        let fits = setup.data(text);
        let data = match &fits {
            Ok(data) => data,
            Err(_) => &TextData::new(text, setup),
        };
        TextPlan {
            code: text_script(setup, data, file),
            characters: data.ids.len() as u64,
            vocabulary: data.vocabulary.iter().map(char::to_string).collect(),
            train: data.train as u64,
            judged: data.judged as u64 * setup.seq_len,
            guesses: if fits.is_ok() { TextGuess::of(data).to_vec() } else { Vec::new() },
            parameters: setup.model(data.vocabulary.len() as u64).parameters().to_u64(),
            trouble: fits.err().map(|trouble| *trouble),
        }
    }
}
