//! Options that count something: `input_size`, `hidden_size` and `num_layers`.

use super::candidate::{Candidate, EXAMPLE_HIDDEN_SIZE, EXAMPLE_INPUT_SIZE, positive};
use super::explanation::{Explanation, article};
use crate::call::Value;
use crate::diagnostic::view::View;

/// An option that counts something.
pub(crate) struct SizeOption {
    pub(crate) name: &'static str,
    counts: &'static str,
    /// A size that fits the rest of the call.
    pub(crate) fitting: fn(&View) -> i64,
    /// The most that a fix sets it to.
    most: i64,
}

pub(crate) static INPUT_SIZE: SizeOption = SizeOption {
    name: "input_size",
    counts: "input_size (H_in) counts the features of each step",
    // What the input holds in its last axis, or the example's.
    fitting: |view| {
        view.features().filter(|_| view.rank() != Some(1)).and_then(positive).unwrap_or(EXAMPLE_INPUT_SIZE)
    },
    most: i64::MAX,
};

pub(crate) static HIDDEN_SIZE: SizeOption = SizeOption {
    name: "hidden_size",
    counts: "hidden_size (H_out) counts the features of the hidden state",
    // What the initial hidden state holds in its last axis, or the example's.
    fitting: |view| {
        let features = view.h_0_shape().0.last().map(|size| size.0);
        features.and_then(positive).unwrap_or(EXAMPLE_HIDDEN_SIZE)
    },
    most: i64::MAX,
};

pub(crate) static NUM_LAYERS: SizeOption = SizeOption {
    name: "num_layers",
    counts: "num_layers counts the layers stacked on each other",
    // As many layers as the initial hidden state has, or one.
    fitting: |view| {
        let states = Some(view.h_0_shape()).filter(|h_0| matches!(h_0.rank(), 2 | 3)).map(|h_0| h_0.0[0].0);
        states.and_then(|states| layers_of(view, states)).unwrap_or(1)
    },
    most: 64,
};

/// How many layers have that many states, where a fix would set as many.
pub(crate) fn layers_of(view: &View, states: i128) -> Option<i64> {
    let layers = (states % view.directions() == 0).then(|| states / view.directions())?;
    positive(layers).filter(|layers| *layers <= NUM_LAYERS.most)
}

impl SizeOption {
    /// Why a value that is no int is no size.
    pub(crate) fn why_not_an_int(&self, view: &View) -> Explanation {
        let value = view.value(self.name);
        let given = article(value.type_name());
        let more = match &value {
            Value::Float(number) if number.fract() == 0.0 => {
                format!("{value} is a float, even though it is whole.")
            }
            Value::Tuple(_) | Value::List(_) => {
                format!("{value} is {given}. The other axes are read from x.")
            }
            Value::Int64(number) => format!(
                "{value} is an int of NumPy, which isinstance(value, int) does not take: int({number}) is one of Python."
            ),
            Value::Str(_) => format!("{value} is text."),
            Value::None => "None is no number.".to_owned(),
            _ => format!("{value} is {given}."),
        };
        Explanation::new(format!("{}, so it must be an int. {more}", self.counts))
            .at_option(self.name, format!("{given}, not an int"))
    }

    /// Why a size must be above 0.
    pub(crate) fn why_not_positive(&self, view: &View) -> Explanation {
        let value = view.value(self.name);
        Explanation::new(format!("{}, so it must be at least 1; here it is {value}.", self.counts))
            .at_option(self.name, format!("{value}, must be at least 1"))
    }

    /// Sets the option to the size that its value may have meant, or to one that fits.
    pub(crate) fn fixes(&self, view: &View) -> Vec<Candidate> {
        let meant = meant_int(&view.value(self.name)).filter(|size| *size <= self.most);
        vec![Candidate::set(self.name, meant.unwrap_or_else(|| (self.fitting)(view)))]
    }
}

/// The int that a value of another kind or sign may have meant.
fn meant_int(value: &Value) -> Option<i64> {
    match value {
        Value::Int(size) | Value::Int64(size) => positive(i128::from(*size).abs()),
        Value::Float(size) => positive(size.abs().round() as i128),
        Value::Str(text) => positive(text.trim().trim_start_matches('-').parse::<u64>().ok()?.into()),
        // Of (5, 8) the last is the features.
        Value::Tuple(sizes) | Value::List(sizes) => meant_int(sizes.last()?),
        Value::None | Value::Bool(_) => None,
    }
}
