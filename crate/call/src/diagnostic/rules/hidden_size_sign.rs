//! A `hidden_size` that is not above 0.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "hidden-size-sign",
    stage: Stage::Constructor,
    why: |view| size::HIDDEN_SIZE.why_not_positive(view),
    fixes: |view| size::HIDDEN_SIZE.fixes(view),
};

/// `RNNBase.__init__` compares it with 0.
pub(super) static COMPARED: Rule =
    MISTAKE.raises("ValueError", is_at_most_zero, |_| words::not_positive("hidden_size"));

/// `proj_size >= hidden_size`, where `proj_size` is 0.
pub(super) static PROJECTED: Rule = MISTAKE
    .raises("ValueError", is_at_most_zero, |_| "proj_size has to be smaller than hidden_size".to_owned());

/// A weight is created of it.
pub(super) static CREATED: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| view.int("hidden_size").is_some_and(|hidden| hidden < 0),
    |view| {
        let (rows, input) =
            (3 * view.int("hidden_size").unwrap_or_default(), view.value("input_size").without_numpy());
        format!("Trying to create tensor with negative dimension {rows}: [{rows}, {input}]")
    },
);

/// `1.0 / math.sqrt(self.hidden_size)` when the weights are drawn.
pub(super) static DRAWN: Rule =
    MISTAKE.raises("ZeroDivisionError", is_at_most_zero, |_| "float division by zero".to_owned());

fn is_at_most_zero(view: &View) -> bool {
    view.is_at_most_zero("hidden_size")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_release_has_words_for_no_features() {
        let none = example().option("hidden_size", 0).refused_as(&MISTAKE);
        none.says("1.7", "float division by zero");
        none.says("2.0", "proj_size has to be smaller than hidden_size");
        none.says("2.15", "hidden_size must be greater than zero").is_mended_by("set hidden_size=20");
        let negative = example().option("hidden_size", -2).refused_as(&MISTAKE);
        negative.says("1.7", "Trying to create tensor with negative dimension -6: [-6, 10]");
    }
}
