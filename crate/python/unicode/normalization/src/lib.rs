//! What the parser asks of the crate of this name, without its tables: a text stays as it is. The runner refuses the
//! identifiers that Python would write otherwise.

/// Texts that could be normalised.
pub trait UnicodeNormalization<'a> {
    /// The characters, as they are.
    fn nfkc(self) -> std::str::Chars<'a>;
}

impl<'a> UnicodeNormalization<'a> for &'a str {
    fn nfkc(self) -> std::str::Chars<'a> {
        self.chars()
    }
}
