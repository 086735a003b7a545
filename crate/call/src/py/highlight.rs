//! Whole lines of Python cut into the pieces that a page colours.

use super::writer::{CodeLine, Segment, SegmentKind};
use crate::call::Place;
use crate::shape::Axis;

const KEYWORDS: [&str; 17] = [
    "False", "None", "True", "and", "as", "class", "def", "else", "for", "from", "if", "import", "in",
    "lambda", "not", "return", "with",
];

/// A line in pieces: a size's name has its axis' colour, an option's name `lr=` is a place that a label can point at.
///
/// It knows the Python of scripts that stand in this crate, not all of it.
pub fn highlight(line: &str) -> CodeLine {
    let mut segments: Vec<Segment> = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '#' => rest.len(),
            '"' => 1 + rest[1..].find('"').map_or(rest.len() - 1, |end| end + 1),
            'f' if rest.starts_with("f\"") => 2 + rest[2..].find('"').map_or(rest.len() - 2, |end| end + 1),
            ' ' => length(rest, |c| c == ' '),
            '0'..='9' => number(rest),
            _ if is_word(first) => length(rest, is_word),
            _ => length(rest, |c| !is_word(c) && !matches!(c, ' ' | '#' | '"')),
        };
        let (text, after) = rest.split_at(len);
        let kind = match first {
            '#' => SegmentKind::Comment,
            '"' => SegmentKind::String,
            ' ' => SegmentKind::Plain,
            '0'..='9' => SegmentKind::Number,
            _ if text.contains('"') => SegmentKind::String,
            _ if KEYWORDS.contains(&text) => SegmentKind::Keyword,
            _ if is_word(first) => SegmentKind::Name,
            _ => SegmentKind::Operator,
        };
        let is_option = kind == SegmentKind::Name && after.starts_with('=') && !after.starts_with("==");
        let place = is_option.then(|| Place::Option { name: text.to_owned() });
        if kind == SegmentKind::Comment {
            segments.extend(comment(text));
        } else {
            let axis = if kind == SegmentKind::Name { axis(text) } else { None };
            segments.push(Segment { text: text.to_owned(), kind, axis, place });
        }
        rest = after;
    }
    CodeLine { segments }
}

/// A comment, in which a size's name has its colour too.
fn comment(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = is_word(first);
        let (piece, after) = rest.split_at(length(rest, |c| is_word(c) == word));
        let axis = axis(piece);
        let is_joined = |last: &&mut Segment| axis.is_none() && last.axis.is_none();
        if let Some(Segment { text, .. }) = segments.last_mut().filter(is_joined) {
            text.push_str(piece);
        } else {
            let text = piece.to_owned();
            segments.push(Segment { text, kind: SegmentKind::Comment, axis, place: None });
        }
        rest = after;
    }
    segments
}

fn axis(name: &str) -> Option<Axis> {
    match name {
        "seq_len" => Some(Axis::L),
        "batch" => Some(Axis::N),
        "input_size" => Some(Axis::HIn),
        "hidden_size" => Some(Axis::HOut),
        "num_layers" => Some(Axis::D),
        _ => None,
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn length(text: &str, is_in: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_in(c)).unwrap_or(text.len())
}

/// The length of a number, its sign of the exponent included: `1e-05`.
fn number(text: &str) -> usize {
    let digits = length(text, |c| c == '.' || is_word(c));
    let signed = text[..digits].ends_with('e') && text[digits..].starts_with(['+', '-']);
    if signed { digits + 1 + length(&text[digits + 1..], |c| c.is_ascii_digit()) } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_text_and_every_piece_has_its_kind() {
        let line = r#"    print(f"step {n}: {x:.4f}", lr=1e-05, seq_len == 2)  # (n, seq_len), "odd""#;
        let CodeLine { segments } = highlight(line);
        assert_eq!(segments.iter().map(|segment| segment.text.as_str()).collect::<String>(), line);
        let kind =
            |text: &str| segments.iter().find(|segment| segment.text == text).map(|segment| segment.kind);
        assert_eq!(kind("print"), Some(SegmentKind::Name));
        assert_eq!(kind(r#"f"step {n}: {x:.4f}""#), Some(SegmentKind::String));
        assert_eq!(kind("1e-05"), Some(SegmentKind::Number));
        assert_eq!(kind("2"), Some(SegmentKind::Number));
        let places: Vec<_> = segments.iter().filter_map(|segment| segment.place.clone()).collect();
        assert_eq!(places, [Place::Option { name: "lr".to_owned() }]);
        let coloured =
            segments.iter().filter(|segment| segment.axis == Some(Axis::L)).map(|segment| segment.kind);
        assert_eq!(coloured.collect::<Vec<_>>(), [SegmentKind::Name, SegmentKind::Comment]);
        assert_eq!(segments.last().map(|segment| segment.text.as_str()), Some("), \"odd\""));
    }
}
