//! `PyTorch`'s words for what does not fit, as its newest release prints them: here once, for a module that refuses a
//! call and for whoever explains one.

use std::fmt::Display;

/// A `ValueError`: an option that must be above 0.
pub fn not_positive(option: &str) -> String {
    format!("{option} must be greater than zero")
}

/// A `ValueError`: a dropout that is no probability.
pub const DROPOUT: &str =
    "dropout should be a number in range [0, 1] representing the probability of an element being zeroed";

/// A `UserWarning`: a dropout that has nowhere to be.
pub fn idle_dropout(dropout: impl Display, num_layers: impl Display) -> String {
    format!(
        "dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers greater than 1, but got dropout={dropout} and num_layers={num_layers}"
    )
}

/// A `ValueError`: an input that has neither two axes nor three.
pub fn input_rank(module: &str, rank: usize) -> String {
    format!("{module}: Expected input to be 2D or 3D, got {rank}D instead")
}

/// A `RuntimeError`: an input whose last axis is not `input_size`.
pub fn input_size(expected: impl Display, got: impl Display) -> String {
    format!("input.size(-1) must be equal to input_size. Expected {expected}, got {got}")
}

/// A `RuntimeError`: states that have a batch axis where the input has none, or the other way round; one, or an LSTM's
/// two.
pub fn state_rank(is_batched: bool, ranks: &[usize]) -> String {
    let (input, due) = if is_batched { ("batched 3-D", 3) } else { ("unbatched 2-D", 2) };
    let (states, given) = match ranks {
        [h, c] => ("hx and cx", format!("({h}-D, {c}-D) tensors")),
        ranks => ("hx", format!("{}-D tensor", ranks.first().unwrap_or(&0))),
    };
    format!("For {input} input, {states} should also be {due}-D but got {given}")
}

/// A `RuntimeError`: a state of another shape; it is called `hidden`, and an LSTM's `hidden[0]` and `hidden[1]`.
pub fn state_shape(name: &str, expected: [impl Display; 3], got: impl Display) -> String {
    let [states, batch, features] = expected;
    format!("Expected {name} size ({states}, {batch}, {features}), got {got}")
}

/// A `RuntimeError`: a sequence without steps.
pub const EMPTY_SEQUENCE: &str = "Expected sequence length to be larger than 0 in RNN";
