//! Zeros in place of `h_0` that no address reaches.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "zeros-too-large", stage: Stage::Call, why, fixes };

/// `torch.zeros`, where no `h_0` is given.
pub(super) static RULE: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| {
        let has_none = view.h_0_argument().is_none() && view.expected_h_0().is_some();
        has_none && view.input().is_some_and(|input| creation::overflows(&zeros(view), input.dtype))
    },
    |view| creation::overflow_words(&zeros(view)),
);

fn zeros(view: &View) -> Shape {
    Shape::new(view.expected_h_0().unwrap_or_default())
}

fn why(view: &View) -> Explanation {
    Explanation::new(format!(
        "Without h_0 the module starts from zeros of the shape {}, more than a 64-bit address reaches.",
        zeros(view)
    ))
    .at(X, "too large a batch")
}

fn fixes(view: &View) -> Vec<Candidate> {
    let shape = example_shape(view);
    vec![Candidate::new(format!("give x the shape {shape}"), [input(shape)])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_needs_a_state_that_can_be_created() {
        let immense = example().x([0, 1 << 58, 10]).option("hidden_size", 1 << 10).refused_as(&MISTAKE);
        immense
            .says("2.0", "Storage size calculation overflowed with sizes=[1, 288230376151711744, 1024]")
            .is_mended_by("give x the shape (5, 3, 10)");
    }
}
