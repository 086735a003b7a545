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

/// `NumPy` counts its bytes before it looks at what follows.
pub(super) static ARRAY: Rule = MISTAKE.raises(
    "ValueError",
    |view| creation::INPUT.array_words(view).is_some_and(|words| words != creation::NEGATIVE_ARRAY),
    |view| creation::INPUT.array_words(view).unwrap_or_default().to_owned(),
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;
    use crate::diagnostic::diagnose;

    #[test]
    fn what_no_address_reaches_is_not_created() {
        let large = example().x([1 << 40, 1 << 40, 10]).refused_as(&MISTAKE);
        large
            .says("2.15", "Storage size calculation overflowed with sizes=[1099511627776, 1099511627776, 10]")
            .is_mended_by("give x the shape (5, 3, 10)");
        example().x([0, 1 << 40, 1 << 40]).refused_as(&MISTAKE).says("2.15", "Stride calculation overflowed");
    }

    #[test]
    fn an_array_is_counted_by_numpy_in_the_order_of_its_sizes() {
        const TOO_BIG: &str =
            "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.";
        let is = |sizes: [i64; 2], dtype, message| {
            let large = example().x_array(sizes, dtype).refused_as(&MISTAKE);
            large.says("1.7", message).says("2.15", message);
        };
        is([1 << 40, 1 << 40], Dtype::Float64, TOO_BIG);
        is([1 << 60, 1], Dtype::Float64, TOO_BIG);
        // Each of these NumPy draws in 64 bits.
        is([1 << 60, 1], Dtype::Float16, TOO_BIG);
        is([1 << 61, 1], Dtype::Int32, TOO_BIG);
        is([1 << 62, 2], Dtype::Bool, TOO_BIG);
        // A 0 before does not help, and a negative size behind is not come to.
        is([0, 1 << 60], Dtype::Float64, TOO_BIG);
        is([1 << 60, -1], Dtype::Float64, TOO_BIG);
        let fits = |sizes: [i64; 2], dtype| {
            let call = example().x_array(sizes, dtype).call();
            assert_ne!(diagnose(&call).error().expect("no tensor").exception.as_deref(), Some("ValueError"));
        };
        fits([(1 << 60) - 1, 1], Dtype::Float64);
        fits([1 << 60, 1], Dtype::Int32);
        fits([0, 1 << 62], Dtype::Bool);
        let uncounted = Argument::Array { array: Shape::new([-1, 1_i128 << 63]), dtype: Dtype::Float64 };
        let call = Call { input: uncounted, ..example().call() };
        let message = diagnose(&call).error().expect("no array").message.clone();
        assert_eq!(message, "Maximum allowed dimension exceeded");
    }
}
