//! Places in a text as JavaScript counts them.

/// The UTF-16 units before a byte of a text.
pub(crate) fn utf16(text: &str, byte: usize) -> usize {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::utf16;

    #[test]
    fn a_letter_beyond_the_first_plane_counts_twice() {
        let text = "a\u{e9}\u{1f600}b";
        assert_eq!([0, 1, 3, 5, 7, 8, 99].map(|byte| utf16(text, byte)), [0, 1, 2, 2, 4, 5, 5]);
    }
}
