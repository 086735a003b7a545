//! An input that no address reaches.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "input-too-large",
    stage: Stage::Input,
    why: |view| creation::INPUT.why_too_large(view),
    fixes: |view| creation::INPUT.fixes(view),
};

/// A size is no 64-bit int.
pub(super) static SIZES: Rule = MISTAKE.raises(
    "TypeError",
    |view| creation::INPUT.is_unpackable(view),
    |view| creation::INPUT.unpackable_words(view),
);

/// The bytes are too many.
pub(super) static BYTES: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| creation::INPUT.overflows(view),
    |view| creation::INPUT.overflow_words(view),
);

/// The elements between two rows are too many, where there are none at all.
pub(super) static STRIDES: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| creation::INPUT.strides_overflow(view),
    |_| "Stride calculation overflowed".to_owned(),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_address_reaches_is_not_created() {
        let large = example().x([1 << 40, 1 << 40, 10]).refused_as(&MISTAKE);
        large
            .says("2.15", "Storage size calculation overflowed with sizes=[1099511627776, 1099511627776, 10]")
            .is_mended_by("give x the shape (5, 3, 10)");
        example().x([0, 1 << 40, 1 << 40]).refused_as(&MISTAKE).says("2.15", "Stride calculation overflowed");
    }
}
