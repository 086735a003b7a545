//! Places in a text as JavaScript counts them.

/// The UTF-16 units before a byte of a text.
pub(crate) fn utf16(text: &str, byte: usize) -> usize {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].encode_utf16().count()
}

/// A source with its line ends made plain, as it is run, and the way back to what is written.
pub(crate) struct Places {
    plain: String,
    /// The UTF-16 units that are written before the plain text.
    mark: usize,
    /// The bytes of the plain text where a line ends that is written with one unit more.
    longer: Vec<usize>,
}

impl Places {
    pub(crate) fn of(source: &str) -> Self {
        let written = source.trim_start_matches('\u{feff}');
        let mark = source.encode_utf16().count() - written.encode_utf16().count();
        let mut plain = String::with_capacity(written.len());
        let mut longer = Vec::new();
        let mut characters = written.chars().peekable();
        while let Some(character) = characters.next() {
            if character == '\r' {
                if characters.next_if_eq(&'\n').is_some() {
                    longer.push(plain.len());
                }
                plain.push('\n');
            } else {
                plain.push(character);
            }
        }
        Places { plain, mark, longer }
    }

    pub(crate) fn text(&self) -> &str {
        &self.plain
    }

    /// The units before a byte of the plain text, in the source as it is written.
    pub(crate) fn utf16(&self, byte: usize) -> usize {
        let longer = self.longer.partition_point(|end| *end < byte);
        self.mark + longer + utf16(&self.plain, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, utf16};

    #[test]
    fn a_letter_beyond_the_first_plane_counts_twice() {
        let text = "a\u{e9}\u{1f600}b";
        assert_eq!([0, 1, 3, 5, 7, 8, 99].map(|byte| utf16(text, byte)), [0, 1, 2, 2, 4, 5, 5]);
    }

    #[test]
    fn line_ends_and_a_mark_are_counted_as_they_are_written() {
        let places = Places::of("\u{feff}a\r\n\u{e9} = 1\rb");
        assert_eq!(places.text(), "a\n\u{e9} = 1\nb");
        assert_eq!([0, 1, 2, 4, 8, 9].map(|byte| places.utf16(byte)), [1, 2, 4, 5, 9, 10]);
    }
}
