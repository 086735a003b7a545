//! An initial hidden state that no address reaches.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "h-0-too-large",
    stage: Stage::H0,
    why: |view| creation::INITIAL_STATE.why_too_large(view),
    fixes: |view| creation::INITIAL_STATE.fixes(view),
};

/// A size is no 64-bit int.
pub(super) static SIZES: Rule = MISTAKE.raises(
    "TypeError",
    |view| creation::INITIAL_STATE.is_unpackable(view),
    |view| creation::INITIAL_STATE.unpackable_words(view),
);

/// The bytes are too many.
pub(super) static BYTES: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| creation::INITIAL_STATE.overflows(view),
    |view| creation::INITIAL_STATE.overflow_words(view),
);

/// The elements between two rows are too many, where there are none at all.
pub(super) static STRIDES: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| creation::INITIAL_STATE.strides_overflow(view),
    |_| "Stride calculation overflowed".to_owned(),
);

/// `NumPy` counts its bytes before it looks at what follows.
pub(super) static ARRAY: Rule = MISTAKE.raises(
    "ValueError",
    |view| creation::INITIAL_STATE.array_words(view).is_some_and(|words| words != creation::NEGATIVE_ARRAY),
    |view| creation::INITIAL_STATE.array_words(view).unwrap_or_default().to_owned(),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_address_reaches_is_not_created() {
        let large = example().h_0([1 << 40, 1 << 40, 20]).refused_as(&MISTAKE);
        large
            .says("2.15", "Storage size calculation overflowed with sizes=[1099511627776, 1099511627776, 20]")
            .is_mended_by("give h_0 the shape (1, 3, 20)");
        example()
            .h_0([0, 1 << 40, 1 << 40])
            .refused_as(&MISTAKE)
            .says("2.15", "Stride calculation overflowed");
    }

    #[test]
    fn an_array_is_counted_by_numpy() {
        let large = example().h_0_array([1 << 40, 1 << 40, 20], Dtype::Float32).refused_as(&MISTAKE);
        large
            .says(
                "2.15",
                "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.",
            )
            .is_mended_by("make h_0 a tensor of the shape (1, 3, 20)");
    }
}
