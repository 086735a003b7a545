//! A `bias` that is neither True nor False.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "bias-type",
    stage: Stage::Constructor,
    why: |view| flag::why(view, "bias", "whether the layers have biases"),
    fixes: |view| vec![flag::fix(view, "bias")],
};

/// `RNNBase.__init__` asks for its type.
pub(super) static RULE: Rule = MISTAKE.raises(
    "TypeError",
    |view| !view.is_bool("bias"),
    |view| format!("bias should be of type bool, got: {}", view.value("bias").type_name()),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_as_it_is_meant() {
        let text = example().option("bias", "no").refused_as(&MISTAKE);
        text.says("2.15", "bias should be of type bool, got: str").is_mended_by("set bias=False");
    }
}
