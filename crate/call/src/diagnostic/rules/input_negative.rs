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

/// `NumPy` creates it.
pub(super) static ARRAY: Rule = MISTAKE.raises(
    "ValueError",
    |view| creation::INPUT.array_words(view) == Some(creation::NEGATIVE_ARRAY),
    |_| creation::NEGATIVE_ARRAY.to_owned(),
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

    #[test]
    fn an_array_with_a_negative_size_is_refused_by_numpy() {
        let negative = example().x_array([5, -3, 10], Dtype::Float32).refused_as(&MISTAKE);
        negative
            .says("1.7", "negative dimensions are not allowed")
            .says("2.15", "negative dimensions are not allowed")
            .is_mended_by("make x a tensor of the shape (5, 3, 10)")
            .by_code(&["x = torch.randn(5, 3, 10)"]);
    }
}
