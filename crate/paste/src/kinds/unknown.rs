//! What is not known here, with the nearest that is.

use std::collections::BTreeSet;

use super::KINDS;
use crate::answer::Answer;
use crate::reading::PastedText;
use crate::text::clipped;

/// What tells that a text is of something else.
const OTHERS: &[(&str, &str)] = &[
    ("pip install", "pip's, which installs packages"),
    ("No matching distribution", "pip's, which installs packages"),
    ("Could not find a version", "pip's, which installs packages"),
    ("CondaError", "conda's"),
    ("PackagesNotFoundError", "conda's"),
    ("keras", "Keras', another library"),
    ("Keras", "Keras', another library"),
    ("tensorflow", "TensorFlow's, another library"),
    ("pandas", "pandas', another library"),
    ("sklearn", "scikit-learn's, another library"),
    ("MemoryError", "Python's: the memory is full"),
    ("Killed", "the system's: it ended the program, most often because the memory was full"),
    ("out of memory", "the system's: the memory is full"),
    ("matplotlib", "matplotlib's, another library"),
];

pub(crate) fn explain(reading: &PastedText) -> Answer {
    let line = reading
        .exception()
        .or_else(|| reading.lines().iter().rev().map(|line| line.trim()).find(|line| !line.is_empty()));
    let Some(line) = line else {
        return Answer::unknown(
            "not-known",
            "The text is empty. Paste an error with its last lines, a warning, a shape or code.".to_owned(),
        );
    };
    let quote = clipped(line, 160);
    let whose = OTHERS.iter().find(|(sign, _)| reading.flat.text.contains(sign));
    let whose = whose.map_or_else(String::new, |(_, whose)| format!(" It is {whose}."));
    // What is of something else is near to nothing here.
    let nearest = if whose.is_empty() { nearest(line) } else { None }
        .map_or_else(String::new, |(name, about)| format!(" The nearest that is known is {name}: {about}."));
    Answer::unknown("not-known", format!("Not known here: '{quote}'.{whose}{nearest}"))
}

fn words(text: &str) -> BTreeSet<String> {
    let words = clipped(text, 600).split(|character: char| !character.is_ascii_alphanumeric());
    words
        .filter(|word| word.len() > 2 && word.bytes().any(|byte| byte.is_ascii_alphabetic()))
        .map(str::to_ascii_lowercase)
        .collect()
}

/// The kind with the most words of a line in one of its forms.
fn nearest(line: &str) -> Option<(&'static str, &'static str)> {
    let line = words(line);
    let mut best: Option<(usize, &'static str, &'static str)> = None;
    for kind in KINDS.iter().flat_map(|table| table.iter()) {
        for form in kind.forms {
            let form = words(form);
            let common = form.intersection(&line).count();
            let score = common * 1000 / (form.len() + line.len() - common).max(1);
            if common > 1 && best.is_none_or(|(other, ..)| score > other) {
                best = Some((score, kind.name, kind.about));
            }
        }
    }
    best.map(|(_, name, about)| (name, about))
}
