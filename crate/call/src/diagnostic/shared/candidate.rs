//! Changes that may mend a mistake.

use super::explanation::count;
use super::method::{Method, Turned};
use crate::call::{Dtype, Value};
use crate::diagnostic::Edit;
use crate::diagnostic::view::View;
use crate::shape::{Dim, LARGEST, Shape};

/// An edit, and how code makes it of the tensor that a learner has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FixStep {
    pub(crate) edit: Edit,
    /// An expression in which `{}` is the tensor before; none where the line is written anew.
    pub(crate) expression: Option<String>,
}

/// Within an expression the number of x's batch axis, which a later edit may change.
pub(crate) const BATCH_AXIS: &str = "{N}";

impl From<Edit> for FixStep {
    fn from(edit: Edit) -> Self {
        FixStep { edit, expression: None }
    }
}

/// A statement and its changes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) statement: String,
    pub(crate) changes: Vec<FixStep>,
    /// Whether numbers that the learner has are gone afterwards: it then comes behind the others.
    pub(crate) loses: bool,
}

impl Candidate {
    pub(crate) fn new<C: Into<FixStep>>(
        statement: impl Into<String>,
        changes: impl IntoIterator<Item = C>,
    ) -> Self {
        let changes = changes.into_iter().map(Into::into).collect();
        Candidate { statement: statement.into(), changes, loses: false }
    }

    /// The same, which throws numbers away; its statement says so.
    pub(crate) fn losing(self) -> Self {
        Candidate { loses: true, ..self }
    }

    /// The last resort for an input that holds numbers: another one.
    pub(crate) fn another_x(shape: Shape) -> Self {
        Candidate::new(format!("draw another x of {shape}: the numbers in x are lost"), [input(shape)])
            .losing()
    }

    /// The edits, in order.
    pub(crate) fn edits(&self) -> Vec<Edit> {
        self.changes.iter().map(|change| change.edit.clone()).collect()
    }

    /// Both, one after the other.
    pub(crate) fn then(mut self, further: Candidate) -> Self {
        self.statement = format!("{}, then {}", self.statement, further.statement);
        self.changes.extend(further.changes);
        self.loses |= further.loses;
        self
    }

    /// Both at once: `set x=1 and y=2`.
    fn and(self, other: Candidate) -> Self {
        let other_statement = other.statement.strip_prefix("set ").unwrap_or(&other.statement);
        Candidate {
            statement: format!("{} and {other_statement}", self.statement),
            changes: [self.changes, other.changes].concat(),
            loses: self.loses || other.loses,
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

/// Reads two axes as sequences of one feature, whose axis is missing; none where more features are due.
pub(crate) fn appended_features(view: &View, features: i128) -> Vec<Candidate> {
    let given = view.input_shape();
    let ([first, second], 1) = (given.0.as_slice(), features) else { return Vec::new() };
    let read = |batch: &Dim, steps: &Dim, methods: &[Method]| {
        let turned = Turned::by(&given, methods)?;
        let (sequences, steps) = (count(batch.0, "sequence"), count(steps.0, "step"));
        let statement = format!("read x as {sequences} of {steps} of one feature: {}", turned.shape);
        Some(Candidate::new(statement, [turned_input(&turned)]))
    };
    // Data lies as rows of windows, whatever the module takes.
    let rows = if view.batch_axis() == 0 {
        [read(first, second, &[Method::Unsqueeze(2)]), None]
    } else {
        [
            read(first, second, &[Method::Transpose(0, 1), Method::Unsqueeze(2)]),
            read(second, first, &[Method::Unsqueeze(2)]),
        ]
    };
    rows.into_iter().flatten().collect()
}

/// Two axes as a batch of one sequence.
pub(crate) fn batched_by_one(view: &View) -> Option<Turned> {
    let given = view.input_shape();
    (given.rank() == 2).then(|| Turned::by(&given, &[Method::Unsqueeze(view.batch_axis())]))?
}

/// The input with its last axis resized.
pub(crate) fn with_last_axis(view: &View, features: i128) -> Edit {
    let mut shape = view.input_shape();
    if let Some(last) = shape.0.last_mut() {
        *last = Dim(features);
    }
    input(shape)
}

/// `x.to(torch.float32)`.
pub(crate) fn convert_x(dtype: Dtype) -> FixStep {
    FixStep { edit: Edit::SetInputDtype { dtype }, expression: Some(format!("{{}}.to({dtype})")) }
}

/// `h_0.to(torch.float32)`.
pub(crate) fn convert_h_0(dtype: Dtype) -> FixStep {
    FixStep { edit: Edit::SetH0Dtype { dtype }, expression: Some(format!("{{}}.to({dtype})")) }
}

/// What methods make of the input.
pub(crate) fn turned_input(turned: &Turned) -> FixStep {
    FixStep { edit: input(turned.shape.clone()), expression: Some(turned.expression.clone()) }
}

/// What methods make of the initial hidden state.
pub(crate) fn turned_h_0(turned: &Turned) -> FixStep {
    FixStep { edit: h_0(turned.shape.clone()), expression: Some(turned.expression.clone()) }
}
