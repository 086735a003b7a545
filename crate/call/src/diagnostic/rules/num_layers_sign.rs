//! A `num_layers` that is not above 0.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "num-layers-sign",
    stage: Stage::Constructor,
    why: |view| size::NUM_LAYERS.why_not_positive(view),
    fixes: |view| size::NUM_LAYERS.fixes(view),
};

/// `RNNBase.__init__` compares it with 0.
pub(super) static COMPARED: Rule =
    MISTAKE.raises("ValueError", is_at_most_zero, |_| words::not_positive("num_layers"));

/// With no layer at all, the first weight is missing.
pub(super) static NO_WEIGHT: Rule =
    MISTAKE.raises("IndexError", is_at_most_zero, |_| "list index out of range".to_owned());

fn is_at_most_zero(view: &View) -> bool {
    view.is_at_most_zero("num_layers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_layer() {
        let none = example().option("num_layers", 0).refused_as(&MISTAKE);
        none.says("2.1", "list index out of range");
        none.says("2.15", "num_layers must be greater than zero").is_mended_by("set num_layers=1");
    }
}
