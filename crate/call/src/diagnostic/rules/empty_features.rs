//! Steps without features, in releases that cannot multiply by nothing.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "empty-features", stage: Stage::Call, why, fixes };

/// The input is reshaped to (steps, features).
pub(super) static RULE: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| view.features() == Some(0),
    |_| {
        "cannot reshape tensor of 0 elements into shape [-1, 0] because the unspecified dimension size -1 can be any value and is ambiguous"
            .to_owned()
    },
);

fn why(_: &View) -> Explanation {
    Explanation::new(
        "With input_size = 0 a step holds no features at all, and this release cannot multiply by nothing.",
    )
    .at_option("input_size", "no features")
}

fn fixes(view: &View) -> Vec<Candidate> {
    vec![Candidate::new(
        format!("give every step {EXAMPLE_INPUT_SIZE} features"),
        [option("input_size", EXAMPLE_INPUT_SIZE), with_last_axis(view, i128::from(EXAMPLE_INPUT_SIZE))],
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_features_up_to_1_9() {
        let empty = example().option("input_size", 0).x([5, 3, 0]).refused_as(&MISTAKE);
        empty
            .says_among_others("1.9", "cannot reshape tensor of 0 elements into shape [-1, 0]")
            .is_mended_by("give every step 10 features");
    }
}
