//! A pasted text, made plain: no escapes of terminals and notebooks, no typographic quotes, and one flat copy in which
//! messages are found however their lines are broken.

/// Tags that notebooks and forums put around a traceback; what else stands in angle brackets is Python's (`<module>`).
const TAGS: [&str; 22] = [
    "span",
    "pre",
    "div",
    "code",
    "br",
    "p",
    "font",
    "b",
    "i",
    "em",
    "strong",
    "a",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "ul",
    "li",
    "samp",
    "blockquote",
    "details",
];

/// What HTML writes for the characters of a traceback.
const ENTITIES: [(&str, &str); 8] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&apos;", "'"),
    ("&nbsp;", " "),
    ("&amp;", "&"),
];

/// The text in plain lines.
pub(crate) fn plain(text: &str) -> String {
    let text = without_json(text);
    let text = without_ansi(&text);
    let mut plain = without_tags(&text);
    for (entity, character) in ENTITIES {
        if plain.contains(entity) {
            plain = plain.replace(entity, character);
        }
    }
    let mut lines = String::with_capacity(plain.len());
    let mut characters = plain.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => lines.push('\n'),
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' => lines.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => lines.push('"'),
            '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' => lines.push('-'),
            '\u{d7}' => lines.push('x'),
            '\t' => lines.push_str("    "),
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' => lines.push(' '),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            character if character.is_control() && character != '\n' => {}
            character => lines.push(character),
        }
    }
    lines
}

/// A notebook's file has a traceback as JSON strings: `"\u001b[0;31mValueError\u001b[0m: ...\n",`.
fn without_json(text: &str) -> String {
    if text.contains("\\u001b[") || (!text.trim().contains('\n') && text.contains("\\n")) {
        text.replace("\\u001b", "\u{1b}").replace("\\n", "\n").replace("\\\"", "\"").replace("\\t", "    ")
    } else if text.contains("\\x1b[") || text.contains("\\033[") {
        text.replace("\\x1b", "\u{1b}").replace("\\033", "\u{1b}")
    } else {
        text.to_owned()
    }
}

/// Drops `ESC [ ... letter`, `ESC ] ... BEL`, and the same where the escape character itself was lost: `[0;31m`.
fn without_ansi(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\u{1b}', '\u{9b}', '[', '\u{2190}']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let first = rest.chars().next().unwrap_or_default();
        let after = &rest[first.len_utf8()..];
        let is_bare = first == '[';
        let parameters = if is_bare || first == '\u{9b}' { Some(after) } else { after.strip_prefix('[') };
        let digits = parameters.map_or(0, |after| {
            after.bytes().take(24).take_while(|byte| byte.is_ascii_digit() || b";?".contains(byte)).count()
        });
        let ended = parameters.and_then(|after| after[digits..].chars().next());
        match (parameters, ended) {
            // A bare one has to look like a colour: `[5m` may be one, `[5]` is an index.
            (Some(after), Some('m')) if !is_bare || is_colour(&after[..digits]) => {
                rest = &after[digits + 1..];
            }
            (Some(after), Some(ended)) if !is_bare && ended.is_ascii_alphabetic() => {
                rest = &after[digits + 1..];
            }
            _ if first == '\u{1b}' && after.starts_with(']') => {
                let end = after.bytes().take(200).position(|byte| byte == 7);
                rest = end.map_or(after, |end| &after[end + 1..]);
            }
            _ => {
                if first != '\u{1b}' {
                    plain.push(first);
                }
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn is_colour(parameters: &str) -> bool {
    let all = parameters.split(';').all(|number| number.parse::<u8>().is_ok());
    all && (parameters == "0" || parameters.len() >= 2)
}

fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let inner = &rest[1..];
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let letters = name.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let closes = matches!(name.as_bytes().get(letters), Some(b'>' | b' ' | b'/'));
        // A tag ends on its line.
        let end = inner.bytes().take(400).position(|byte| byte == b'>' || byte == b'\n');
        match end {
            Some(end) if closes && inner.as_bytes()[end] == b'>' && TAGS.contains(&&name[..letters]) => {
                if name[..letters] == *"br" || inner.starts_with("/div") || inner.starts_with("/p") {
                    plain.push('\n');
                }
                rest = &inner[end + 1..];
            }
            _ => {
                plain.push('<');
                rest = inner;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// A text in one line, single spaces, no backticks, and where its lines began.
pub(crate) struct FlatText {
    pub(crate) text: String,
    starts: Vec<usize>,
    triples: Vec<u64>,
}

/// So many bits say which triples of bytes a text has.
const BITS: usize = 1 << 16;

fn triple(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |hash, byte| hash * 41 + usize::from(*byte)) % BITS
}

impl FlatText {
    pub(crate) fn of(plain: &str) -> Self {
        let mut text = String::with_capacity(plain.len());
        let mut starts = Vec::new();
        for line in plain.split('\n') {
            starts.push(text.len());
            for word in line.split([' ', '\n', '\u{b}', '\u{c}']).filter(|word| !word.is_empty()) {
                text.extend(word.chars().filter(|character| *character != '`'));
                text.push(' ');
            }
        }
        let mut triples = vec![0; BITS / 64];
        for bytes in text.as_bytes().windows(3) {
            let bit = triple(bytes);
            triples[bit / 64] |= 1 << (bit % 64);
        }
        FlatText { text, starts, triples }
    }

    /// Whether the text may have these words: false is certain, and most messages are told so without a search.
    pub(crate) fn may_have(&self, words: &str) -> bool {
        words.as_bytes().windows(3).all(|bytes| {
            let bit = triple(bytes);
            self.triples[bit / 64] >> (bit % 64) & 1 == 1
        })
    }

    /// The line of the plain text that an offset lies in.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }
}

/// The longest head of a text that has at most so many bytes.
pub(crate) fn clipped(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_terminals_and_notebooks_are_dropped_and_pythons_brackets_stay() {
        assert_eq!(plain("\u{1b}[0;31mRuntimeError\u{1b}[0m: a[0] <module>"), "RuntimeError: a[0] <module>");
        assert_eq!(plain("<span class=\"ansi-red-fg\">KeyError</span>: &#39;a&#39;"), "KeyError: 'a'");
        assert_eq!(plain("[0;31mValueError[0m: x[5]"), "ValueError: x[5]");
        assert_eq!(plain("shape ‘[3, 4]’\r\nis"), "shape '[3, 4]'\nis");
        assert_eq!(plain("\"\\u001b[31mValueError\\u001b[39m: got 1D\\n\","), "\"ValueError: got 1D\n\",");
    }

    #[test]
    fn a_flat_text_knows_its_lines() {
        let flat = FlatText::of("a  b\n\nc `d`");
        assert_eq!(flat.text, "a b c d ");
        assert!(flat.may_have("a b c") && !flat.may_have("abc"));
        assert_eq!((flat.line_at(0), flat.line_at(2), flat.line_at(4), flat.line_at(7)), (0, 0, 2, 2));
    }
}
