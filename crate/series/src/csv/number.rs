//! A number as a cell has it.

/// The number of a cell, as Python's `float` reads it, with a comma for the point where `decimal_comma` says so; none for
/// what is no number, and for one that is infinite or NaN.
///
/// ```
/// use gru_playground_series::parse_number;
///
/// assert_eq!(parse_number(" 1.5e3 ", false), Some(1500.0));
/// assert_eq!(parse_number("315,7", true), Some(315.7));
/// assert_eq!([parse_number("315,7", false), parse_number("n/a", true), parse_number("nan", false)], [None; 3]);
/// ```
pub fn parse_number(text: &str, decimal_comma: bool) -> Option<f64> {
    let mut text = text.trim().to_owned();
    if text.contains('_') {
        // Python reads 1_000 as 1000, but no underscore that does not stand between digits.
        let bytes = text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let between = |at: usize| at > 0 && digit(at - 1) && digit(at + 1);
        if !bytes.iter().enumerate().all(|(at, &byte)| byte != b'_' || between(at)) {
            return None;
        }
        text.retain(|character| character != '_');
    }
    if decimal_comma {
        if text.contains('.') {
            return None;
        }
        text = text.replace(',', ".");
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
