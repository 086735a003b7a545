//! Texts of a learner's in messages: short, and with nothing in them that is not seen.

/// A text as a message quotes it: at most so many characters, control characters as `?`.
pub(crate) fn shown(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().take(most).map(plain).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

/// A text as it may stand in a comment or in a Python literal between double quotes.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().take(80).map(plain).map(|it| if matches!(it, '"' | '\\') { '_' } else { it }).collect()
}

/// Control characters and those that turn the direction of a text around are not for the eye.
fn plain(character: char) -> char {
    let turns = matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    if turns || character.is_control() { '?' } else { character }
}
