//! A sequence without steps.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "empty-sequence", stage: Stage::Call, why, fixes };

/// No outputs are stacked.
pub(super) static STACKED: Rule =
    MISTAKE.raises("RuntimeError", is_empty, |_| "stack expects a non-empty TensorList".to_owned());

/// The length is looked at.
pub(super) static LOOKED_AT: Rule =
    MISTAKE.raises("RuntimeError", is_empty, |_| words::EMPTY_SEQUENCE.to_owned());

fn is_empty(view: &View) -> bool {
    view.steps() == Some(0)
}

fn why(view: &View) -> Explanation {
    Explanation::new(format!(
        "Axis {} of x is the sequence length L, and it is 0: without a single step there is no last hidden state to return.",
        view.sequence_axis()
    ))
    .at(x(view.sequence_axis()), "L = 0 steps")
    .note("a batch of 0 is legal, a sequence of 0 is not")
}

fn fixes(view: &View) -> Vec<Candidate> {
    let with_steps = |(number, steps): (&str, i128)| {
        let mut shape = view.input_shape();
        if let Some(size) = shape.0.get_mut(view.sequence_axis()) {
            *size = Dim(steps);
        }
        Candidate::new(format!("give the sequence {number}: {shape}"), [input(shape)])
    };
    [("one step", 1), ("five steps", 5)].map(with_steps).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_has_a_step() {
        let empty = example().x([0, 3, 10]).refused_as(&MISTAKE);
        empty.says("1.9", "stack expects a non-empty TensorList");
        empty
            .says("2.15", "Expected sequence length to be larger than 0 in RNN")
            .is_mended_by("give the sequence one step: (1, 3, 10)");
    }
}
