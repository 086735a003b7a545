//! An `input_size` that is not above 0.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "input-size-sign",
    stage: Stage::Constructor,
    why: |view| size::INPUT_SIZE.why_not_positive(view),
    fixes: |view| size::INPUT_SIZE.fixes(view),
};

/// `RNNBase.__init__` compares it with 0.
pub(super) static COMPARED: Rule = MISTAKE.raises(
    "ValueError",
    |view| view.is_at_most_zero("input_size"),
    |_| words::not_positive("input_size"),
);

/// A weight is created of it.
pub(super) static CREATED: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| view.int("input_size").is_some_and(|input| input < 0),
    |view| {
        let (rows, input) =
            (3 * view.int("hidden_size").unwrap_or_default(), view.value("input_size").without_numpy());
        format!("Trying to create tensor with negative dimension {input}: [{rows}, {input}]")
    },
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_size_is_refused_and_0_since_2_11() {
        let negative = example().option("input_size", -10).refused_as(&MISTAKE);
        negative.says("2.10", "Trying to create tensor with negative dimension -10: [60, -10]");
        negative.says("2.15", "input_size must be greater than zero").is_mended_by("set input_size=10");
        let none = example().option("input_size", 0).refused_as(&MISTAKE);
        none.says("2.15", "input_size must be greater than zero");
    }
}
