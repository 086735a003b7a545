//! Changes that may mend a mistake.

use crate::call::Value;
use crate::diagnostic::Edit;
use crate::diagnostic::view::View;
use crate::shape::{Dim, LARGEST, Shape};

/// A statement and its edits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) statement: String,
    pub(crate) edits: Vec<Edit>,
}

impl Candidate {
    pub(crate) fn new(statement: impl Into<String>, edits: impl Into<Vec<Edit>>) -> Self {
        Candidate { statement: statement.into(), edits: edits.into() }
    }

    /// Both, one after the other.
    pub(crate) fn then(mut self, further: Candidate) -> Self {
        self.statement = format!("{}, then {}", self.statement, further.statement);
        self.edits.extend(further.edits);
        self
    }

    /// Both at once: `set x=1 and y=2`.
    fn and(self, other: Candidate) -> Self {
        let other_statement = other.statement.strip_prefix("set ").unwrap_or(&other.statement);
        Candidate {
            statement: format!("{} and {other_statement}", self.statement),
            edits: [self.edits, other.edits].concat(),
        }
    }

    /// All of them at once, if there are any.
    pub(crate) fn all(candidates: impl IntoIterator<Item = Candidate>) -> Option<Self> {
        candidates.into_iter().reduce(Candidate::and)
    }

    /// `set name=value`.
    pub(crate) fn set(name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        Candidate::new(format!("set {name}={value}"), [option(name, value)])
    }

    pub(crate) fn leave_h_0_out() -> Self {
        Candidate::new("leave h_0 out: it is then zeros", [Edit::SetH0Shape { shape: None }])
    }
}

/// A size for a module that has none: the example's.
pub(crate) const EXAMPLE_INPUT_SIZE: i64 = 10;
pub(crate) const EXAMPLE_HIDDEN_SIZE: i64 = 20;

pub(crate) fn option(name: &str, value: impl Into<Value>) -> Edit {
    Edit::SetOption { name: name.to_owned(), value: Some(value.into()) }
}

pub(crate) fn without_option(name: &str) -> Edit {
    Edit::SetOption { name: name.to_owned(), value: None }
}

pub(crate) fn input(shape: Shape) -> Edit {
    Edit::SetInputShape { shape }
}

pub(crate) fn h_0(shape: Shape) -> Edit {
    Edit::SetH0Shape { shape: Some(shape) }
}

/// A legal size above 0, where the number can be one.
pub(crate) fn positive(size: i128) -> Option<i64> {
    (1..=LARGEST).contains(&size).then_some(size as i64)
}

/// The features that the module takes, or the example's.
pub(crate) fn features_due(view: &View) -> i128 {
    view.int("input_size").unwrap_or(i128::from(EXAMPLE_INPUT_SIZE))
}

/// The sizes of a batch of sequences, in the layout of a call.
pub(crate) fn batch_shape(view: &View, steps: i128, batch: i128, features: i128) -> Shape {
    Shape::new(if view.batch_axis() == 0 { [batch, steps, features] } else { [steps, batch, features] })
}

/// The input shape of the example, with the features that the module takes.
pub(crate) fn example_shape(view: &View) -> Shape {
    batch_shape(view, 5, 3, features_due(view))
}

/// The input with its last axis resized.
pub(crate) fn with_last_axis(view: &View, features: i128) -> Edit {
    let mut shape = view.input_shape();
    if let Some(last) = shape.0.last_mut() {
        *last = Dim(features);
    }
    input(shape)
}

/// Reads two axes as sequence and batch, to which the features are missing.
pub(crate) fn appended_features(view: &View, first: i128, second: i128, features: i128) -> Candidate {
    let (first_is, second_is) =
        if view.batch_axis() == 0 { ("batch", "sequence") } else { ("sequence", "batch") };
    Candidate::new(
        format!(
            "append an axis of {features} features, so that {first} is the {first_is} and {second} the {second_is}"
        ),
        [input(Shape::new([first, second, features]))],
    )
}
