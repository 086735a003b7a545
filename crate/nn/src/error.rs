use std::fmt;

use thiserror::Error;

use crate::words;
use num::Refusal;

/// What is wrong with a module's options, its parameters or a call of it.
///
/// Where `PyTorch` refuses it too, an error prints as its newest release does; the first in `PyTorch`'s order of checks
/// is raised.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RecurrentError {
    /// A size that must be at least 1 is 0.
    #[error("{}", words::not_positive(option))]
    NotPositive {
        /// The option's name.
        option: &'static str,
    },
    /// The dropout is not a probability.
    #[error("{}", words::DROPOUT)]
    Dropout {
        /// The value given.
        dropout: f64,
    },
    /// The module, or the module and this call, would not fit.
    #[error(transparent)]
    TooLarge(#[from] Refusal),
    /// The input is neither (L, `H_in`) nor batched.
    #[error("{}", words::input_rank(module, *rank))]
    InputRank {
        /// The module's class.
        module: &'static str,
        /// The dimensions given.
        rank: usize,
    },
    /// The input's last axis is not `input_size`.
    #[error("{}", words::input_size(expected, got))]
    InputSize {
        /// `input_size`.
        expected: usize,
        /// The last axis given.
        got: usize,
    },
    /// `h_0`, or an LSTM's `h_0` and `c_0`, have a batch axis where the input has none, or the other way round.
    #[error("{}", words::state_rank(*is_batched, ranks))]
    StateRank {
        /// Whether the input is batched.
        is_batched: bool,
        /// The dimensions of each state.
        ranks: Vec<usize>,
    },
    /// A state is not (D*`num_layers`, N, H), or (D*`num_layers`, H) for unbatched input.
    #[error("{}", other_state(state, expected, got))]
    StateShape {
        /// What `PyTorch` calls it: `hidden`, or an LSTM's `hidden[0]` and `hidden[1]`.
        state: &'static str,
        /// The shape that fits the input.
        expected: Vec<usize>,
        /// The shape given.
        got: Vec<usize>,
    },
    /// The gradient handed to a backward pass is not of the shape of what it belongs to.
    #[error("{}", must_have(&["the gradient of ", of, " must have"], expected, got))]
    GradientShape {
        /// `output` or `h_n`.
        of: &'static str,
        /// The shape of what the call gave.
        expected: Vec<usize>,
        /// The shape given.
        got: Vec<usize>,
    },
    /// The trace handed to a backward pass is that of another call.
    #[error("{}", must_have(&["the trace of this call has"], expected, got))]
    TraceShape {
        /// (`num_layers`, D, quantities, L, N, H).
        expected: Vec<usize>,
        /// The shape given.
        got: Vec<usize>,
    },
    /// The dropout mask is that of another call.
    #[error("{}", must_have(&["the dropout mask of this call has"], expected, got))]
    MaskShape {
        /// (`num_layers` - 1, L, N, D*`H_out`).
        expected: Vec<usize>,
        /// The shape given.
        got: Vec<usize>,
    },
    /// A cell state was given to a module that has none.
    #[error("only an LSTM has a cell state")]
    NoCellState,
    /// `proj_size` is not less than `hidden_size`, or the module does not project.
    #[error("{}", projection(module))]
    Projection {
        /// The module's class.
        module: &'static str,
    },
    /// A weight of another framework is not of the shape that its layout has.
    #[error("{}", must_have(&[name, " must have"], expected, got))]
    LayoutShape {
        /// Its name there.
        name: &'static str,
        /// The shape that fits the others.
        expected: Vec<usize>,
        /// The shape given.
        got: Vec<usize>,
    },
    /// The gates of a layer, direction or sample are asked for that the call does not have.
    #[error("the call has no such layer, direction and sample")]
    NoPlace,
    /// The lengths are not one for each sample, at least 1 and at most L.
    #[error("the lengths must be {batch} numbers in [1, {steps}]")]
    Lengths {
        /// N.
        batch: usize,
        /// L.
        steps: usize,
    },
    /// The sequence has no step.
    #[error("{}", words::EMPTY_SEQUENCE)]
    EmptySequence,
    /// The tensors offered are not those of this module.
    #[error(transparent)]
    StateDict(#[from] StateDictError),
}

/// A shape that is not the one that is due.
fn must_have(what: &[&str], expected: &[usize], got: &[usize]) -> String {
    format!("{} shape {}, got {}", what.concat(), num::list(expected), num::list(got))
}

/// A state of another shape. `PyTorch` compares unbatched ones with the batch axis of 1 that it has inserted.
fn other_state(state: &str, expected: &[usize], got: &[usize]) -> String {
    let batched = |shape: &[usize]| match *shape {
        [cells, features] => vec![cells, 1, features],
        ref sizes => sizes.to_vec(),
    };
    let [cells, batch, features] = *batched(expected) else { return String::new() };
    words::state_shape(state, [cells, batch, features], num::list(&batched(got)))
}

/// `PyTorch`'s words for a `proj_size` that a module does not take.
fn projection(module: &str) -> &'static str {
    match module {
        "LSTM" => "proj_size has to be smaller than hidden_size",
        _ => "proj_size argument is only supported for LSTM, not RNN or GRU",
    }
}

/// Why a state dict does not fit a module; prints as `PyTorch`'s `load_state_dict` raises it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Error)]
pub struct StateDictError {
    /// The module's class: `GRU`.
    pub module: &'static str,
    /// Names of the module that the state dict does not have, in the module's order.
    pub missing: Vec<String>,
    /// Names of the state dict that the module does not have, in the state dict's order.
    pub unexpected: Vec<String>,
    /// Tensors of another shape, in the module's order.
    pub mismatched: Vec<ShapeMismatch>,
}

/// A tensor whose shape is not the parameter's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapeMismatch {
    /// The parameter's name.
    pub name: String,
    /// The parameter's shape.
    pub expected: Vec<usize>,
    /// The tensor's shape.
    pub got: Vec<usize>,
}

impl StateDictError {
    /// Whether everything fits.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.unexpected.is_empty() && self.mismatched.is_empty()
    }
}

impl fmt::Display for StateDictError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error(s) in loading state_dict for {}:", self.module)?;
        for (what, names) in [("Missing", &self.missing), ("Unexpected", &self.unexpected)] {
            if !names.is_empty() {
                let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
                write!(f, "\n\t{what} key(s) in state_dict: {}. ", names.join(", "))?;
            }
        }
        for ShapeMismatch { name, expected, got } in &self.mismatched {
            write!(
                f,
                "\n\tsize mismatch for {name}: copying a param with shape torch.Size({}) from checkpoint, \
                 the shape in current model is torch.Size({}).",
                num::list(got),
                num::list(expected)
            )?;
        }
        Ok(())
    }
}
