//! An input with a negative size.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "input-negative",
    stage: Stage::Input,
    why: |view| creation::INPUT.why_negative(view),
    fixes: |view| creation::INPUT.fixes(view),
};

/// `torch.randn` creates it.
pub(super) static RULE: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| creation::INPUT.is_negative(view),
    |view| creation::INPUT.negative_words(view),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_size_loses_its_sign() {
        let negative = example().x([5, -3, 10]).refused_as(&MISTAKE);
        negative
            .says("2.15", "Trying to create tensor with negative dimension -3: [5, -3, 10]")
            .is_mended_by("give x the shape (5, 3, 10)");
    }
}
