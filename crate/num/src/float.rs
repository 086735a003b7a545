//! Floats as Python prints and reads them.

use lexical_parse_float::FromLexical as _;

/// Python's `repr`: the fewest digits that tell the float from all others, an exponent below 1e-4 and from 1e16.
///
/// ```
/// use gru_playground_num::float::repr;
///
/// assert_eq!([1.0, 0.1 + 0.2, 1e-5].map(repr), ["1.0", "0.30000000000000004", "1e-05"]);
/// ```
pub fn repr(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value < 0.0 {
        return format!("-{}", repr(-value));
    }
    if value.is_infinite() {
        return "inf".to_owned();
    }
    let mut buffer = ryu::Buffer::new();
    let printed = buffer.format_finite(value);
    // ryu takes an exponent below 1e-5 only, and writes it without a plus sign and in no more digits than it needs.
    if let Some(digits) = printed.strip_prefix("0.0000") {
        let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
        return format!("{first}{}{rest}e-05", if rest.is_empty() { "" } else { "." });
    }
    let Some((digits, exponent)) = printed.split_once('e') else { return printed.to_owned() };
    match exponent.strip_prefix('-') {
        Some(exponent) => format!("{digits}e-{exponent:0>2}"),
        None => format!("{digits}e+{exponent:0>2}"),
    }
}

/// The same, but for a whole number without `.0`.
///
/// ```
/// use gru_playground_num::float::plain;
///
/// assert_eq!([1.0, 2.5].map(plain), ["1", "2.5"]);
/// ```
pub fn plain(value: f64) -> String {
    let printed = repr(value);
    printed.strip_suffix(".0").map(str::to_owned).unwrap_or(printed)
}

/// The float that a text writes, rounded to the nearest; digits that underscores part are no float here.
///
/// The standard library's reader carries a table of 10 KB that the page would wait for.
///
/// ```
/// use gru_playground_num::float::read;
///
/// assert_eq!(["0.5", ".5", "-5.", "1e3", "half"].map(read), [Some(0.5), Some(0.5), Some(-5.0), Some(1000.0), None]);
/// ```
pub fn read(text: &str) -> Option<f64> {
    f64::from_lexical(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn floats_print_as_in_python() {
        let printed = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (-2.5, "-2.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e16, "1.5e+16"),
            (123_456_789_012_345_680.0, "1.2345678901234568e+17"),
            (1e-4, "0.0001"),
            (0.000_123, "0.000123"),
            (1e-5, "1e-05"),
            (-1.25e-5, "-1.25e-05"),
            (9.9e-6, "9.9e-06"),
            // If two shortest texts are equally near, Python and ryu take the even one; Rust's own printer does not.
            (2_238_007_728_885_262.0 + 0.25, "2238007728885262.2"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NAN, "nan"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (value, text) in printed {
            assert_eq!(repr(value), text);
        }
        assert_eq!([2.0, 0.33, 1e16].map(plain), ["2", "0.33", "1e+16"]);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(value in any::<f64>()) {
            prop_assert_eq!(repr(value).parse::<f64>().ok().map(f64::to_bits), Some(value.to_bits()));
            prop_assert_eq!(read(&repr(value)).map(f64::to_bits), Some(value.to_bits()));
        }

        #[test]
        fn a_text_is_read_as_the_standard_library_reads_it(
            text in r"[+-]?[0-9]{0,25}\.?[0-9]{0,25}([eE][+-]?[0-9]{0,3})?|[+-]?(inf|INFinity|NaN|infin)|.{0,4}",
        ) {
            prop_assert_eq!(read(&text).map(f64::to_bits), text.parse::<f64>().ok().map(f64::to_bits));
        }

        #[test]
        fn no_more_digits_are_printed_than_by_the_standard_library(value in -1e16..1e16) {
            let size: f64 = f64::abs(value);
            if size >= 1e-4 {
                prop_assert_eq!(repr(value).len(), format!("{value:?}").len());
            }
        }
    }
}
