//! The form of a message: its words, and holes where a text has sizes, types and names.
//!
//! `{name}` is a whole number, `{name:f}` any number, `{name:s}` a shape in any brackets of `PyTorch`, `{name:w}` a word
//! such as `torch.float64` or `cuda:0`, `{name:q}` what stands up to the next words of the form. Finding one takes time linear
//! in the text: words are searched for, holes are read once and never tried again.

use crate::text::clipped;

/// What a hole of a form had.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum HoleValue {
    Int(i64),
    Number(f64),
    Shape(Vec<i64>),
    Text(String),
}

/// Where a form was found, and what its holes had.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Match {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) reads: Vec<(&'static str, HoleValue)>,
}

/// The first words are looked for at so many places, from the end of the text.
const PLACES: usize = 64;

/// Words of fewer letters are not looked for.
const LEAST: usize = 3;

/// The longest word.
const WORD: usize = 120;

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.:-*".contains(&byte)
}

/// The most that a hole of words may have.
const QUOTE: usize = 400;

/// The last place in a flat text that has this form.
pub(crate) fn find_last(form: &'static str, text: &str) -> Option<Match> {
    let (first, _) = form.split_once('{').unwrap_or((form, ""));
    if first.len() >= LEAST {
        return text.rmatch_indices(first).take(PLACES).find_map(|(start, _)| match_at(form, text, start));
    }
    // `'{type:w}' object is not callable` is looked for by the words after its first hole.
    text.rmatch_indices(anchor(form)).take(PLACES).find_map(|(at, _)| {
        let length = text[..at].bytes().rev().take(WORD).take_while(|byte| is_of_word(*byte)).count();
        let start = (at - length).checked_sub(first.len())?;
        text.get(start..).and_then(|_| match_at(form, text, start))
    })
}

/// The words that a form is looked for by.
pub(crate) fn anchor(form: &str) -> &str {
    let (first, rest) = form.split_once('{').unwrap_or((form, ""));
    if first.len() >= LEAST {
        return first;
    }
    rest.split_once('}').map_or("", |(_, after)| after.split('{').next().unwrap_or_default())
}

fn match_at(form: &'static str, text: &str, start: usize) -> Option<Match> {
    let mut reads = Vec::new();
    let mut at = start;
    let mut parts = form.split('{');
    let first = parts.next()?;
    at += first.len();
    for part in parts {
        let (hole, words) = part.split_once('}')?;
        let (name, kind) = hole.split_once(':').unwrap_or((hole, "d"));
        let rest = text.get(at..)?;
        let (read, length) = read(kind, rest, words)?;
        at += length;
        if !text.get(at..)?.starts_with(words) {
            return None;
        }
        at += words.len();
        reads.push((name, read));
    }
    Some(Match { start, end: at, reads })
}

/// What a hole has at the beginning of a text, and its length.
fn read(kind: &str, text: &str, words: &str) -> Option<(HoleValue, usize)> {
    match kind {
        "d" => {
            let sign = usize::from(text.starts_with('-'));
            let digits = text[sign..].bytes().take(18).take_while(u8::is_ascii_digit).count();
            let length = sign + digits;
            (digits > 0).then_some(())?;
            Some((HoleValue::Int(text[..length].parse().ok()?), length))
        }
        "f" => {
            let is_of_number = |byte: &u8| byte.is_ascii_alphanumeric() || b".+-".contains(byte);
            let mut length = text.bytes().take(32).take_while(is_of_number).count();
            while length > 0 {
                if let Ok(number) = text[..length].parse() {
                    return Some((HoleValue::Number(number), length));
                }
                length -= 1;
            }
            None
        }
        "s" => shape(text).map(|(sizes, length)| (HoleValue::Shape(sizes), length)),
        "w" => {
            let mut length = text.bytes().take(WORD).take_while(|byte| is_of_word(*byte)).count();
            while length > 0 && !text[length..].starts_with(words)
                || (words.is_empty() && length > 0 && b".:-".contains(&text.as_bytes()[length - 1]))
            {
                length -= 1;
                if length == 0 {
                    return None;
                }
            }
            (length > 0).then(|| (HoleValue::Text(text[..length].to_owned()), length))
        }
        _ => {
            let near = clipped(text, QUOTE);
            let length = if words.is_empty() { near.trim_end().len() } else { near.find(words)? };
            Some((HoleValue::Text(text[..length].to_owned()), length))
        }
    }
}

/// Sizes are below it, so that twice one is a number too.
const MOST: u64 = 1_000_000_000_000_000_000;

/// Reads `(4, 10)`, `[4, 10]`, `torch.Size([4, 10])`, `(4,)`, `[]`: its sizes, and how long it is.
pub(crate) fn shape(text: &str) -> Option<(Vec<i64>, usize)> {
    const LONGEST: usize = 400;
    let near = clipped(text, LONGEST);
    let (wrapped, inner) = match near.strip_prefix("torch.Size(") {
        Some(inner) => ("torch.Size(".len(), inner),
        None => (0, near),
    };
    let close = match inner.as_bytes().first()? {
        b'(' => ')',
        b'[' => ']',
        _ => return None,
    };
    let end = inner.find(close)?;
    let sizes: Option<Vec<i64>> = inner[1..end]
        .split(',')
        .map(str::trim)
        .filter(|size| !size.is_empty())
        .map(|size| size.parse().ok().filter(|size: &i64| size.unsigned_abs() < MOST))
        .collect();
    let mut length = wrapped + end + 1;
    if wrapped > 0 {
        near[length..].starts_with(')').then_some(())?;
        length += 1;
    }
    Some((sizes?, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(form: &'static str, text: &str) -> Vec<HoleValue> {
        find_last(form, text)
            .unwrap_or_else(|| panic!("{form} in {text}"))
            .reads
            .into_iter()
            .map(|(_, read)| read)
            .collect()
    }

    #[test]
    fn holes_read_numbers_shapes_words_and_quotes() {
        assert_eq!(reads("size ({a}x{b})", "a size (32x-4) b"), [HoleValue::Int(32), HoleValue::Int(-4)]);
        assert_eq!(reads("p={p:f} and", "p=0.25 and"), [HoleValue::Number(0.25)]);
        assert_eq!(reads("got {s:s}", "got torch.Size([4, 10]) "), [HoleValue::Shape(vec![4, 10])]);
        assert_eq!(reads("got {s:s}", "got (4,) "), [HoleValue::Shape(vec![4])]);
        assert_eq!(
            reads("at {d:w}, at {e:w}", "at cuda:0, at cpu. "),
            ["cuda:0", "cpu"].map(|word| HoleValue::Text(word.into()))
        );
        assert_eq!(reads("for {m:q}: done", "for a b: done"), [HoleValue::Text("a b".into())]);
        assert_eq!(reads("'{t:w}' is", "'a' 'b.c' is"), [HoleValue::Text("b.c".into())]);
        assert_eq!(find_last("size ({a})", "size (x)"), None);
    }

    #[test]
    fn the_last_place_that_has_the_form_is_found() {
        let found = find_last("got {a}", "got 1, got 2, got x").expect("found");
        assert_eq!((found.start, found.reads), (7, vec![("a", HoleValue::Int(2))]));
    }
}
