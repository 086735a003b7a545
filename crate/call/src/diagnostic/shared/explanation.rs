//! Why a call is refused, in a learner's words, and where to look.

use crate::call::{Place, Release};
use crate::diagnostic::Label;

/// Why, where, and what else is worth knowing.
pub(crate) struct Explanation {
    pub(crate) why: String,
    pub(crate) labels: Vec<Label>,
    pub(crate) notes: Vec<String>,
}

impl Explanation {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Explanation { why: why.into(), labels: Vec::new(), notes: Vec::new() }
    }

    pub(crate) fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    pub(crate) fn at_option(self, name: &str, text: impl Into<String>) -> Self {
        self.at(Place::Option { name: name.to_owned() }, text)
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// An axis of the input.
pub(crate) fn x(axis: usize) -> Place {
    Place::Input { axis: Some(axis) }
}

pub(crate) const X: Place = Place::Input { axis: None };
pub(crate) const H_0: Place = Place::H0 { axis: None };

/// Since when a 2-D input is one unbatched sequence.
pub(crate) const UNBATCHED: Release = Release::new(1, 11, 0);

/// `an int`, `a list`, `None`.
pub(crate) fn article(kind: &str) -> String {
    match kind {
        "NoneType" => "None".to_owned(),
        "int" => "an int".to_owned(),
        "int64" => "an int of NumPy".to_owned(),
        "numpy.ndarray" => "an array of NumPy".to_owned(),
        kind => format!("a {kind}"),
    }
}

/// `1 step`, `4 steps`.
pub(crate) fn count(number: i128, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// `1 axis`, `4 axes`, `no axes`.
pub(crate) fn axes(rank: usize) -> String {
    match rank {
        0 => "no axes".to_owned(),
        1 => "1 axis".to_owned(),
        _ => format!("{rank} axes"),
    }
}
