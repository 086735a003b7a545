//! An initial hidden state with a batch axis where the input has none, or the other way round.

use super::h_0_shape::fixes;
use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "h-0-rank", stage: Stage::Call, why, fixes };

/// `GRU.forward`, of an input that it takes for unbatched.
pub(super) static UNBATCHED: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| view.rank() != Some(3) && view.h_0_rank().is_some_and(|rank| rank != 2),
    |view| words::state_rank(false, &[view.h_0_shape().rank()]),
);

/// `GRU.forward`, of a batch.
pub(super) static BATCHED: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| view.rank() == Some(3) && view.h_0_rank().is_some_and(|rank| rank != 3),
    |view| words::state_rank(true, &[view.h_0_shape().rank()]),
);

fn why(view: &View) -> Explanation {
    let given = view.h_0_shape();
    let why = match view.right_h_0() {
        Some(right) if view.rank() == Some(2) => format!(
            "x has two axes, so it is one sequence without a batch, and h_0 has no batch axis either: (D * num_layers, H_out) = {right}. It is {given}."
        ),
        Some(right) => format!(
            "x has a batch axis, so h_0 has one too: (D * num_layers, N, H_out) = {right}. It is {given}."
        ),
        None => format!(
            "This release reads x as unbatched, and then h_0 has two axes, (D * num_layers, H_out). It is {given}."
        ),
    };
    Explanation::new(why).at(H_0, axes(given.rank())).at(X, axes(view.rank().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_and_h_0_both_have_a_batch_axis_or_none() {
        let batched = example().h_0([1, 20]).refused_as(&MISTAKE);
        batched
            .says("2.15", "For batched 3-D input, hx should also be 3-D but got 2-D tensor")
            .is_mended_by("insert the axis that h_0 lacks, the same state for every sequence: (1, 3, 20)")
            .by_code(&["h_0 = h_0.unsqueeze(1).repeat(1, 3, 1)"]);
        let unbatched = example().x([5, 10]).h_0([1, 1, 20]).refused_as(&MISTAKE);
        unbatched
            .says("2.15", "For unbatched 2-D input, hx should also be 2-D but got 3-D tensor")
            .is_mended_by("read x as a batch of one sequence of 5 steps: (5, 1, 10)")
            .by_code(&["x = x.unsqueeze(1)", "h_0 = h_0.squeeze(1)"]);
    }

    #[test]
    fn an_input_gains_the_batch_axis_that_its_state_has() {
        // One row for each sequence of the state: a single step of them.
        let rows = example().x([32, 10]).h_0([1, 32, 20]).refused_as(&MISTAKE);
        rows.is_mended_by("read x as one step of 32 sequences: (1, 32, 10)").by_code(&["x = x.unsqueeze(0)"]);
        let single = example().option("batch_first", true).x([32, 10]).h_0([1, 1, 20]).refused_as(&MISTAKE);
        single
            .is_mended_by("read x as a batch of one sequence of 32 steps: (1, 32, 10)")
            .by_code(&["x = x.unsqueeze(0)"]);
        // No method makes 4 sequences of one.
        let four = example().x([32, 10]).h_0([1, 4, 20]).refused_as(&MISTAKE).error();
        assert!(four.help.iter().all(|fix| !fix.code.contains("x = ")), "{:?}", four.help);
    }
}
