use serde::Serializer;

/// Serialises a whole number for JavaScript, whose numbers are exact up to 2^53: a larger one is rounded.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_rounded<N: Copy + Into<Option<u64>>, S: Serializer>(
    number: &N,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    const EXACT: u64 = 1 << 53;
    match (*number).into() {
        Some(number) if number < EXACT => serializer.serialize_u64(number),
        Some(number) => serializer.serialize_f64(number as f64),
        None => serializer.serialize_none(),
    }
}
