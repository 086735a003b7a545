//! A dropout that is no number.

use super::dropout_range::{fixes, why};
use crate::diagnostic::prelude::*;
use num::float;

static MISTAKE: Mistake = Mistake { code: "dropout-type", stage: Stage::Constructor, why, fixes };

/// `self.dropout = float(dropout)`, of what has no number in it.
pub(super) static NO_NUMBER: Rule = MISTAKE.raises(
    "TypeError",
    |view| matches!(view.value("dropout"), Value::None | Value::List(_) | Value::Tuple(_)),
    |view| {
        let (real, given) = (view.since_python_3_10("real "), view.value("dropout").type_name());
        format!("float() argument must be a string or a {real}number, not '{given}'")
    },
);

/// `self.dropout = float(dropout)`, of text.
pub(super) static TEXT: Rule = MISTAKE.raises(
    "ValueError",
    |view| matches!(view.value("dropout"), Value::Str(text) if !is_python_float(&text)),
    |view| format!("could not convert string to float: {}", view.value("dropout")),
);

/// Whether Python's `float(text)` succeeds: as Rust reads floats, but single underscores may part digits.
fn is_python_float(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('_').collect();
    let is_digit = |character: char| character.is_ascii_digit();
    let are_between_digits =
        parts.windows(2).all(|pair| pair[0].ends_with(is_digit) && pair[1].starts_with(is_digit));
    are_between_digits && float::read(&parts.concat()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_read_as_python_reads_them() {
        for text in ["0.5", " 1 ", "-.5", "5.", "+1e-3", "1_0.2_5", "inf", "-Infinity", "NaN", "1E5"] {
            assert!(is_python_float(text), "{text}");
        }
        for text in ["", ".", "e5", "1e", "1__0", "_1", "1_", "0x1", "half", "1.2.3", "--1", "1e+", "1_.5"] {
            assert!(!is_python_float(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_no_dropout() {
        let none = example().option("dropout", Value::None).refused_as(&MISTAKE);
        none.says("1.10", "float() argument must be a string or a number, not 'NoneType'");
        none.says("2.15", "float() argument must be a string or a real number, not 'NoneType'")
            .is_mended_by("leave dropout out: nothing is dropped");
        let half = example().option("dropout", "50 %").refused_as(&MISTAKE);
        half.says("2.15", "could not convert string to float: '50 %'");
    }
}
