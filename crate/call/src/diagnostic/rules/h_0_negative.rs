//! An initial hidden state with a negative size.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "h-0-negative",
    stage: Stage::H0,
    why: |view| creation::INITIAL_STATE.why_negative(view),
    fixes: |view| creation::INITIAL_STATE.fixes(view),
};

/// `torch.randn` creates it.
pub(super) static RULE: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| creation::INITIAL_STATE.is_negative(view),
    |view| creation::INITIAL_STATE.negative_words(view),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_size_loses_its_sign() {
        let negative = example().h_0([1, -3, 20]).refused_as(&MISTAKE);
        negative
            .says("2.15", "Trying to create tensor with negative dimension -3: [1, -3, 20]")
            .is_mended_by("give h_0 the shape (1, 3, 20)");
    }
}
