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

/// `NumPy` creates it.
pub(super) static ARRAY: Rule = MISTAKE.raises(
    "ValueError",
    |view| creation::INITIAL_STATE.array_words(view) == Some(creation::NEGATIVE_ARRAY),
    |_| creation::NEGATIVE_ARRAY.to_owned(),
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

    #[test]
    fn an_array_with_a_negative_size_is_refused_by_numpy() {
        let negative = example().h_0_array([1, -3, 20], Dtype::Float32).refused_as(&MISTAKE);
        negative
            .says("2.15", "negative dimensions are not allowed")
            .is_mended_by("make h_0 a tensor of the shape (1, 3, 20)");
    }
}
