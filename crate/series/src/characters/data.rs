use serde::Serialize;
use train::{Criterion, Input};

use super::TextSetup;
use super::trouble::refused;
use train::Trouble;

/// The most characters of a text.
pub const MOST_CHARACTERS: usize = 200_000;
/// The most different ones.
pub const MOST_KINDS: usize = 300;
/// The most bytes of a file that is read.
pub const MOST_TEXT_BYTES: u64 = 1_000_000;
/// At most so many windows are judged.
pub(crate) const MOST_JUDGED: usize = 64;

/// A text as read from a file, or why it is not read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TextFile {
    /// The text, as Python's `open` reads it: `\n` at the end of each line. Empty where nothing is read.
    pub text: String,
    /// Why nothing is read.
    pub trouble: Option<Trouble>,
}

impl TextFile {
    /// Reads the bytes of a file as UTF-8.
    ///
    /// ```
    /// use gru_playground_series::TextFile;
    ///
    /// assert_eq!(TextFile::read(b"one\r\ntwo").text, "one\ntwo");
    /// assert_eq!(TextFile::read(&[0xff]).trouble.expect("refused").code, "not-utf-8");
    /// ```
    pub fn read(bytes: &[u8]) -> Self {
        let refuse = |trouble| TextFile { text: String::new(), trouble: Some(trouble) };
        if let Some(trouble) = Self::refuse(bytes.len() as u64) {
            return refuse(trouble);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) if text.contains('\0') => refuse(refused(
                "no-text",
                "the file is no text: it has characters of number 0".to_owned(),
                "A text is a file such as .txt or .md, not one of a word processor.",
            )),
            Ok(text) => TextFile { text: plain_text(text), trouble: None },
            Err(error) => refuse(refused(
                "not-utf-8",
                format!("the file is no UTF-8: byte {} cannot be read", error.valid_up_to() + 1),
                "Save it as UTF-8 where you wrote it.",
            )),
        }
    }

    /// Why a file of so many bytes is not read, before it is.
    pub fn refuse(bytes: u64) -> Option<Trouble> {
        let refusal = || {
            refused(
                "too-large",
                format!("the file has {bytes} bytes: at most {MOST_TEXT_BYTES} are read here"),
                "This is a bound of this page, not one of PyTorch's.",
            )
        };
        (bytes > MOST_TEXT_BYTES).then(refusal)
    }
}

/// A text as Python's `open(..., encoding="utf-8-sig")` reads it.
pub(crate) fn plain_text(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

/// A text in numbers, split in its order.
#[derive(Debug, Clone, PartialEq)]
pub struct TextData {
    /// The different characters, by their numbers in Unicode.
    pub vocabulary: Vec<char>,
    /// The place of each character of the text in the vocabulary.
    pub ids: Vec<usize>,
    /// Where the training part ends: 90 % of the text.
    pub train: usize,
    /// How many windows the validation part has that are judged.
    pub judged: usize,
    seq_len: usize,
}

impl TextData {
    /// The data of a text, whether or not a setup can be trained on it.
    pub(crate) fn new(text: &str, setup: &TextSetup) -> Self {
        let text = plain_text(text);
        let vocabulary: Vec<char> = {
            let mut all: Vec<char> = text.chars().collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let ids: Vec<usize> = text.chars().filter_map(|it| vocabulary.binary_search(&it).ok()).collect();
        let train = ids.len() * 9 / 10;
        let seq_len = (setup.seq_len as usize).max(1);
        let judged = ((ids.len() - train).saturating_sub(1) / seq_len).min(MOST_JUDGED);
        TextData { vocabulary, ids, train, judged, seq_len }
    }

    /// How many places of the training part a window can begin at.
    pub(crate) fn starts(&self) -> usize {
        self.train.saturating_sub(self.seq_len)
    }

    /// The windows that begin at some places, and for each character of theirs the one after it.
    pub fn windows(&self, starts: impl IntoIterator<Item = usize>) -> (Input<f32>, Criterion<f32>) {
        let (mut tokens, mut targets) = (Vec::new(), Vec::new());
        let mut samples = 0;
        for start in starts {
            tokens.extend_from_slice(&self.ids[start..start + self.seq_len]);
            targets.extend(self.ids[start + 1..=start + self.seq_len].iter().map(|&id| id as i64));
            samples += 1;
        }
        (Input::Tokens { shape: vec![samples, self.seq_len], tokens }, Criterion::CrossEntropy(targets))
    }

    /// The windows of the validation part that are judged: one after the other, from its beginning.
    pub fn validation(&self) -> (Input<f32>, Criterion<f32>) {
        self.windows((0..self.judged).map(|window| self.train + window * self.seq_len))
    }

    /// What is judged, in pairs: a character, and the one after it.
    pub(crate) fn judged_pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let judged = &self.ids[self.train..];
        judged.windows(2).take(self.judged * self.seq_len).map(|pair| (pair[0], pair[1]))
    }

    /// The places of some characters in the vocabulary, or the first of them that is not in it.
    pub(crate) fn places(&self, text: &str) -> Result<Vec<usize>, char> {
        text.chars().map(|it| self.vocabulary.binary_search(&it).map_err(|_| it)).collect()
    }

    /// What is written on from: the prompt, or where there is none the first character.
    pub(crate) fn prompt(&self, setup: &TextSetup) -> String {
        let first = || self.ids.first().map(|&id| self.vocabulary[id].to_string()).unwrap_or_default();
        if setup.prompt.is_empty() { first() } else { plain_text(&setup.prompt) }
    }
}
