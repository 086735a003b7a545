use thiserror::Error;

use crate::Count;

/// More memory than is allowed; prints as `needs 3.2 GB, the limit here is 512 MB`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("needs {}, the limit here is {}", in_words(*needs), in_words(Count::from(*limit)))]
pub struct Refusal {
    /// Bytes that would be needed.
    pub needs: Count,
    /// Bytes that may be used.
    pub limit: u64,
}

/// A number of bytes as a person says it, rounded up to a tenth of a unit of thousands: `3.2 GB`.
///
/// ```
/// use gru_playground_num::{Count, in_words};
///
/// assert_eq!(in_words(Count::from(3_141_592_654_u64)), "3.2 GB");
/// ```
pub fn in_words(bytes: Count) -> String {
    const UNITS: [&str; 10] = ["KB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB", "RB", "QB"];
    let digits = bytes.to_string();
    if digits.len() <= 3 {
        let noun = if digits == "1" { "byte" } else { "bytes" };
        return format!("{digits} {noun}");
    }
    let mut thousands = (digits.len() - 1) / 3;
    let digits = digits.as_bytes();
    let (leading, rest) = digits.split_at(digits.len() - 3 * thousands + 1);
    let mut tenths = leading.iter().fold(0, |number, digit| 10 * number + u32::from(digit - b'0'));
    tenths += u32::from(rest.iter().any(|&digit| digit != b'0'));
    if tenths == 10_000 {
        (tenths, thousands) = (10, thousands + 1);
    }
    let number = match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}.{tenth}", tenths / 10),
    };
    match UNITS.get(thousands - 1) {
        Some(unit) => format!("{number} {unit}"),
        None => format!("{number} × 10^{} bytes", 3 * thousands),
    }
}
