//! Texts put together from pieces.

/// The pieces with a separator between them.
///
/// As `[S]::join`, of which every kind of piece brings a copy of 1 KB into wasm.
pub(crate) fn join<S: AsRef<str>>(pieces: &[S], separator: &str) -> String {
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        text.push_str(piece.as_ref());
    }
    text
}
