//! Shapes as learners type them.

use super::{Diagnostic, Fix, Label, Place, Severity};
use crate::shape::{Dim, LARGEST, Shape};

/// The most axes that can be typed.
pub const MOST_AXES: usize = 64;

/// A shape read from text, and what is worth saying about the way it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The shape.
    pub shape: Shape,
    /// Notes, such as that `(5)` is an int in Python.
    pub notes: Vec<Diagnostic>,
}

/// Reads a shape as a learner types it: `(4, 10)`, `4, 10`, `[4, 10]`, `torch.Size([4, 10])`,
/// `4 10`, `4x10`, `(4,)` or `()`; a size is a number, a sum or a difference as Python reads it.
///
/// # Errors
/// The first mistake, with its span in bytes. Where a repair is evident, its help holds the
/// repaired text as `code`; it has no edits, for a text is not a call.
#[allow(clippy::result_large_err)] // one a keystroke
pub fn parse(text: &str) -> Result<Shape, Diagnostic> {
    read(text).map(|reading| reading.shape)
}

/// A diagnostic of a text with its spans in UTF-16 units, as JavaScript's strings count.
pub fn with_utf16_spans(mut diagnostic: Diagnostic, text: &str) -> Diagnostic {
    let utf16 = |byte: usize| text.get(..byte).map_or(byte, |before| before.encode_utf16().count());
    for label in &mut diagnostic.labels {
        if let Place::Text { start, end } = &mut label.place {
            (*start, *end) = (utf16(*start), utf16(*end));
        }
    }
    diagnostic
}

/// As [`parse`], and keeps the notes.
///
/// # Errors
/// As [`parse`].
#[allow(clippy::result_large_err)] // one a keystroke
pub fn read(text: &str) -> Result<Reading, Diagnostic> {
    let tokens = tokens(text);
    let mut rest = tokens.as_slice();
    if let [Token { kind: Kind::Word, span }, inner @ ..] = rest
        && WRAPPERS.contains(&written_text(text, *span))
    {
        rest = inner;
    }
    after_the_brackets(rest, text)?;
    let opened = rest.iter().take_while(|token| matches!(token.kind, Kind::Open(_))).count();
    let closed = rest[opened..].iter().rev().take_while(|token| matches!(token.kind, Kind::Close(_))).count();
    let (before, inner) = rest.split_at(opened);
    let (inner, after) = inner.split_at(inner.len() - closed);
    if inner.is_empty() && (opened, closed) == (0, 0) {
        let mistake = ShapeMistake::new(
            ("shape-empty", (0, text.len())),
            "no sizes",
            "there is no shape here",
            "A shape lists one size for each axis, such as (5, 3, 10): 5 steps, 3 sequences, 10 features.",
        );
        return Err(mistake.repaired(Some(Shape::new([5, 3, 10]))).into());
    }
    let sizes = sizes(text, inner).map_err(|mistake| with_look_alikes(mistake, text))?;
    check_brackets(before, after, text, &sizes)?;
    let has_comma = inner.iter().any(|token| token.kind == Kind::Comma);
    let mut notes = Vec::new();
    if let ([size], [.., Token { kind: Kind::Open('('), .. }], false) = (sizes.as_slice(), before, has_comma)
    {
        let span = (before[0].span.0, after[after.len() - 1].span.1);
        notes.push(int_in_brackets(span, *size));
    }
    Ok(Reading { shape: Shape(sizes), notes })
}

/// What a shape is often copied with.
const WRAPPERS: [&str; 6] = ["torch.Size", "torch.randn", "torch.zeros", "torch.ones", "torch.rand", "tuple"];

/// A mistake before it is put into a diagnostic's form.
struct ShapeMistake {
    code: &'static str,
    span: (usize, usize),
    label: String,
    message: String,
    why: &'static str,
    repaired: Option<Shape>,
}

impl ShapeMistake {
    fn new(
        (code, span): (&'static str, (usize, usize)),
        label: impl Into<String>,
        message: impl Into<String>,
        why: &'static str,
    ) -> Self {
        ShapeMistake { code, span, label: label.into(), message: message.into(), why, repaired: None }
    }

    fn repaired(self, repaired: Option<Shape>) -> Self {
        ShapeMistake { repaired, ..self }
    }
}

impl From<ShapeMistake> for Diagnostic {
    fn from(mistake: ShapeMistake) -> Self {
        let (start, end) = mistake.span;
        let help = mistake.repaired.map(|shape| Fix {
            statement: format!("write {shape}"),
            code: shape.to_string(),
            edits: Vec::new(),
        });
        Diagnostic {
            labels: vec![Label { place: Place::Text { start, end }, text: mistake.label }],
            help: help.into_iter().collect(),
            ..Diagnostic::new(mistake.code, Severity::Error, mistake.message, mistake.why)
        }
    }
}

/// `(5)` is 5: only a comma makes a tuple.
fn int_in_brackets(span: (usize, usize), size: Dim) -> Diagnostic {
    let note = ShapeMistake::new(
        ("shape-int-in-brackets", span),
        "an int in Python",
        format!(
            "({size}) is the int {size} in Python, not a tuple; read here as one axis, as torch.randn({size}) reads it"
        ),
        "In Python the comma makes a tuple, not the brackets: a tuple of one size ends with a comma.",
    )
    .repaired(Some(Shape(vec![size])));
    Diagnostic { severity: Severity::Note, ..note.into() }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Open(char),
    Close(char),
    Comma,
    Cross,
    /// `+` or `-` between two numbers.
    Sign,
    Number,
    Word,
    Other,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    kind: Kind,
    span: (usize, usize),
}

/// A token's text.
fn written_text(text: &str, (start, end): (usize, usize)) -> &str {
    &text[start..end]
}

/// Cuts a text into tokens; what follows a `#` is a comment.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut characters = text.char_indices().peekable();
    // In a list without commas `5 -3` is two sizes, as it was typed; with commas it is Python's difference.
    let has_comma = text.contains([',', ';', '，', '、']);
    while let Some((start, character)) = characters.next() {
        if character == '#' {
            break;
        }
        if character.is_whitespace() {
            continue;
        }
        let last = tokens.last();
        let after_number = last.is_some_and(|token| token.kind == Kind::Number);
        let after_cross = last.is_some_and(|token| token.kind == Kind::Cross);
        let rest = &text[start + character.len_utf8()..];
        let is_spaced = last.is_some_and(|token| token.span.1 < start);
        let begins_a_size = is_spaced && !has_comma && rest.starts_with(|next: char| next.is_ascii_digit());
        let digits = if matches!(character, '-' | '+' | '−') { rest } else { &text[start..] };
        let is_prefixed = !after_cross && radix(digits).is_some();
        let kind = match character {
            '(' | '（' => Kind::Open('('),
            '[' => Kind::Open('['),
            ')' | '）' => Kind::Close(')'),
            ']' => Kind::Close(']'),
            ',' | ';' | '，' | '、' => Kind::Comma,
            '×' => Kind::Cross,
            // After a number the cross of `4x10`; elsewhere it begins a word.
            'x' | 'X' if after_number => Kind::Cross,
            '-' | '+' | '−' if after_number && !begins_a_size => Kind::Sign,
            '-' | '+' | '−' | '.' | '0'..='9' => Kind::Number,
            _ if character.is_alphabetic() || character == '_' => Kind::Word,
            _ => Kind::Other,
        };
        let continues = |next: char| match kind {
            Kind::Number if is_prefixed => next.is_ascii_alphanumeric() || next == '_',
            Kind::Number => next.is_ascii_digit() || matches!(next, '.' | '_'),
            Kind::Word => next.is_alphabetic() || next.is_ascii_digit() || matches!(next, '.' | '_'),
            _ => false,
        };
        let mut end = start + character.len_utf8();
        while let Some((at, next)) = characters.next_if(|(_, next)| continues(*next)) {
            end = at + next.len_utf8();
        }
        tokens.push(Token { kind, span: (start, end) });
    }
    tokens
}

/// The base of `0x1f`, `0o17` or `0b11`, which are numbers to Python.
fn radix(digits: &str) -> Option<u32> {
    let base = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => return None,
    };
    digits.as_bytes().get(2).is_some_and(|digit| char::from(*digit).is_digit(base)).then_some(base)
}

/// Text behind the last bracket, as in `(5, 3, 10)x`: Python reads no such thing.
fn after_the_brackets(tokens: &[Token], text: &str) -> Result<(), ShapeMistake> {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ if index == 0 => return Ok(()),
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let Some(next) = tokens.get(index + 1) else { return Ok(()) };
        if !matches!(next.kind, Kind::Word | Kind::Cross | Kind::Other) {
            return Ok(());
        }
        let written = shortened(written_text(text, next.span));
        let mistake = ShapeMistake::new(
            ("shape-after-brackets", next.span),
            "behind the brackets",
            format!("'{written}' stands behind the brackets; Python says: invalid syntax"),
            "A shape ends with its bracket.",
        );
        return Err(mistake.repaired(valid_sizes(text, &tokens[..index])));
    }
    Ok(())
}

/// Reads sizes separated by commas, crosses or spaces.
fn sizes(text: &str, tokens: &[Token]) -> Result<Vec<Dim>, ShapeMistake> {
    let mut sizes = Vec::new();
    let mut separator = true;
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let (written, span) = (written_text(text, token.span), token.span);
        let at = index;
        index += 1;
        let mistake = match token.kind {
            Kind::Number => {
                let (size, terms) = sum(text, &tokens[at..]).map_err(|(mistake, replacement)| {
                    mistake.repaired(replacement.and_then(|size| repaired(text, tokens, at, size)))
                })?;
                sizes.push(size);
                index = at + terms;
                separator = false;
                continue;
            }
            Kind::Sign => ShapeMistake::new(
                ("shape-size-missing", span),
                "no size after it",
                format!("no size stands after this '{written}'"),
                "Python computes a sum or a difference of two numbers.",
            ),
            Kind::Comma | Kind::Cross if separator => ShapeMistake::new(
                ("shape-size-missing", span),
                "no size before it",
                format!("no size stands before this '{written}'"),
                "Between two separators there must be the size of one axis.",
            ),
            Kind::Cross if index == tokens.len() => ShapeMistake::new(
                ("shape-size-missing", span),
                "no size after it",
                format!("no size stands after this '{written}'"),
                "A cross stands between the sizes of two axes.",
            ),
            Kind::Comma | Kind::Cross => {
                separator = true;
                continue;
            }
            Kind::Word => ShapeMistake::new(
                ("shape-not-a-number", span),
                "not a number",
                format!("'{}' is not a number", shortened(written)),
                "Every axis is written as its size, a whole number: 5 for seq_len = 5.",
            ),
            Kind::Open(_) | Kind::Close(_) => ShapeMistake::new(
                ("shape-bracket", span),
                "a bracket among the sizes",
                format!("a '{written}' stands among the sizes"),
                "A shape is one list of sizes in one pair of brackets.",
            ),
            Kind::Other => ShapeMistake::new(
                ("shape-character", span),
                "has no meaning here",
                format!("'{}' has no meaning in a shape", shortened(written)),
                "A shape holds whole numbers and commas, nothing else: to multiply, write the product.",
            ),
        };
        return Err(mistake.repaired(valid_sizes(text, tokens)));
    }
    if sizes.len() > MOST_AXES {
        let span = (tokens[0].span.0, tokens[tokens.len() - 1].span.1);
        let axes = format!("{} axes", sizes.len());
        let message = format!("a shape of {axes} is more than the {MOST_AXES} that are read here");
        let why = "nn.GRU takes two axes, (L, H_in), or three, (L, N, H_in).";
        return Err(ShapeMistake::new(("shape-axes", span), axes, message, why));
    }
    Ok(sizes)
}

/// Reads one size, which may be a sum, and how many tokens it takes; the first is a number.
#[allow(clippy::result_large_err)] // one a keystroke
fn sum(text: &str, tokens: &[Token]) -> Result<(Dim, usize), (ShapeMistake, Option<Dim>)> {
    let number = |token: &Token| size(written_text(text, token.span), token.span);
    let mut total = number(&tokens[0])?.0;
    let mut taken = 1;
    while let [Token { kind: Kind::Sign, span }, term @ Token { kind: Kind::Number, .. }, ..] =
        &tokens[taken..]
    {
        // What would mend the term is no size.
        let Dim(value) = number(term).map_err(|(mistake, _)| (mistake, None))?;
        total += if written_text(text, *span) == "+" { value } else { -value };
        taken += 2;
        if total.abs() > LARGEST {
            return Err((too_large((tokens[0].span.0, term.span.1)), None));
        }
    }
    Ok((Dim(total), taken))
}

fn too_large(span: (usize, usize)) -> ShapeMistake {
    ShapeMistake::new(
        ("shape-too-large", span),
        "too large",
        "this size is above 2^53 (about nine million billion)",
        "No machine holds an axis that long, and a browser counts exactly only up to 2^53 = 9007199254740992.",
    )
}

/// Reads one size: digits, perhaps with a sign and with underscores between them. A mistake comes with the size that was
/// meant, where that is evident.
#[allow(clippy::result_large_err)] // one a keystroke
fn size(written: &str, span: (usize, usize)) -> Result<Dim, (ShapeMistake, Option<Dim>)> {
    let (negative, digits) = match written.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits),
        None => (false, written.strip_prefix('+').unwrap_or(written)),
    };
    let signed = |size: i128| Dim(if negative { -size } else { size });
    let meant = |digits: &str| size(digits, span).ok().map(|Dim(size)| signed(size));
    if let Some(base) = radix(digits) {
        let read = u64::from_str_radix(&digits[2..].replace('_', ""), base).map(i128::from);
        return match read {
            Ok(size) if size <= LARGEST => Ok(signed(size)),
            Err(error) if *error.kind() == std::num::IntErrorKind::InvalidDigit => {
                let mistake = ShapeMistake::new(
                    ("shape-not-a-number", span),
                    "not a number",
                    format!("'{}' is not a number", shortened(written)),
                    "What follows 0x, 0o or 0b are digits of that base.",
                );
                Err((mistake, None))
            }
            _ => Err((too_large(span), None)),
        };
    }
    if let Some((whole, fraction)) = digits.split_once('.') {
        let is_whole = !whole.is_empty() && fraction.bytes().all(|digit| digit == b'0');
        let mistake = ShapeMistake::new(
            ("shape-fraction", span),
            "not a whole number",
            format!("'{}' is not a whole number", shortened(written)),
            "A size counts elements along an axis, so it is an int: 4, not 4.0.",
        );
        return Err((mistake, meant(whole).filter(|_| is_whole)));
    }
    let misplaced = digits.starts_with('_') || digits.ends_with('_') || digits.contains("__");
    let plain = digits.replace(|character: char| !character.is_ascii_digit(), "");
    if plain.is_empty() || misplaced {
        let mistake = ShapeMistake::new(
            ("shape-not-a-number", span),
            "not a number",
            format!("'{}' is not a number", shortened(written)),
            "Every axis is written as its size, a whole number.",
        );
        return Err((mistake, if plain.is_empty() { None } else { meant(&plain) }));
    }
    if plain.len() > 1 && plain.starts_with('0') && plain.bytes().any(|digit| digit != b'0') {
        let mistake = ShapeMistake::new(
            ("shape-leading-zero", span),
            "begins with 0",
            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
            "In other languages a number that begins with 0 counts in eights, so Python refuses it.",
        );
        return Err((mistake, meant(plain.trim_start_matches('0'))));
    }
    match plain.parse::<u64>().map(i128::from) {
        Ok(size) if size <= LARGEST => Ok(signed(size)),
        _ => Err((too_large(span), None)),
    }
}

/// The shape with the size at `index` replaced, if everything else is in order.
fn repaired(text: &str, tokens: &[Token], index: usize, size: Dim) -> Option<Shape> {
    let mut shape = valid_sizes(text, &tokens[..index])?;
    shape.0.push(size);
    shape.0.extend(valid_sizes(text, &tokens[index + 1..])?.0);
    Some(shape)
}

/// The sizes alone, where all of them are valid and no word stands between them.
fn valid_sizes(text: &str, tokens: &[Token]) -> Option<Shape> {
    let mut sizes = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        index += match token.kind {
            Kind::Number => {
                let (size, terms) = sum(text, &tokens[index..]).ok()?;
                sizes.push(size);
                terms
            }
            Kind::Word | Kind::Sign => return None,
            _ => 1,
        };
    }
    (sizes.len() <= MOST_AXES).then_some(Shape(sizes))
}

/// Offers `10` for `1O` and `lO`: letters that look like digits.
fn with_look_alikes(mut mistake: ShapeMistake, text: &str) -> ShapeMistake {
    if mistake.code != "shape-not-a-number" || mistake.repaired.is_some() {
        return mistake;
    }
    let digits: String = text
        .chars()
        .map(|character| match character {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            other => other,
        })
        .collect();
    // Once replaced, no such letter is left, so this ends.
    if digits != text {
        mistake.repaired = read(&digits).ok().map(|reading| reading.shape);
    }
    mistake
}

/// Every bracket that opens must be closed by its own kind.
fn check_brackets(before: &[Token], after: &[Token], text: &str, sizes: &[Dim]) -> Result<(), ShapeMistake> {
    let written = |token: &Token| written_text(text, token.span);
    for pair in 0..before.len().max(after.len()) {
        // From the inside outwards: the last that opens belongs to the first that closes.
        let open = before.len().checked_sub(pair + 1).map(|index| &before[index]);
        let (token, label, message) = match (open, after.get(pair)) {
            (Some(open), Some(close)) => {
                let expected = if open.kind == Kind::Open('(') { Kind::Close(')') } else { Kind::Close(']') };
                if close.kind == expected {
                    continue;
                }
                (close, "of another kind", format!("'{}' is closed by '{}'", written(open), written(close)))
            }
            (Some(open), None) => (open, "never closed", format!("this '{}' is never closed", written(open))),
            (None, Some(close)) => {
                (close, "closes nothing", format!("this '{}' closes nothing", written(close)))
            }
            (None, None) => continue,
        };
        let why = "Brackets come in pairs: every bracket that opens is closed by one of its kind.";
        let mistake = ShapeMistake::new(("shape-bracket", token.span), label, message, why);
        return Err(mistake.repaired(Some(Shape(sizes.to_vec()))));
    }
    Ok(())
}

/// At most 20 characters of a text, for a message.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 20 {
        return text.to_owned();
    }
    text.chars().take(19).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<String, (String, Option<String>)> {
        parse(text)
            .map(|shape| shape.to_string())
            .map_err(|mistake| (mistake.message.clone(), mistake.help.first().map(|fix| fix.code.clone())))
    }

    #[test]
    fn sums_and_differences_are_what_python_computes() {
        for (text, shape) in [
            ("(5-3, 2)", "(2, 2)"),
            ("(2+1, 3, 10)", "(3, 3, 10)"),
            ("5 - 3, 2", "(2, 2)"),
            ("(5 -3, 2)", "(2, 2)"),
            ("5-3", "(2,)"),
            ("10-2-3", "(5,)"),
            ("5--3", "(8,)"),
            ("(5, -3)", "(5, -3)"),
            ("5 -3", "(5, -3)"),
            ("2+1x10", "(3, 10)"),
        ] {
            assert_eq!(read_text(text), Ok(shape.to_owned()), "{text}");
        }
        assert_eq!(read_text("(5-, 3)").expect_err("no size").0, "no size stands after this '-'");
        assert!(read_text("9007199254740992+1").expect_err("too large").0.contains("above 2^53"));
    }

    #[test]
    fn numbers_are_pythons() {
        for (text, shape) in [
            ("0x5", "(5,)"),
            ("(0x1F, 0b11, 0o17)", "(31, 3, 15)"),
            ("(00, 0)", "(0, 0)"),
            ("-0x5", "(-5,)"),
            ("4x0x5", "(4, 0, 5)"),
            ("1_0", "(10,)"),
        ] {
            assert_eq!(read_text(text), Ok(shape.to_owned()), "{text}");
        }
        let zeros = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
        assert_eq!(read_text("(010, 3)"), Err((zeros.to_owned(), Some("(10, 3)".to_owned()))));
        assert_eq!(read_text("0b12").expect_err("no digit").0, "'0b12' is not a number");
    }

    #[test]
    fn nothing_follows_the_brackets() {
        let (message, repaired) = read_text("(5, 3, 10)x").expect_err("a mistake");
        assert_eq!(message, "'x' stands behind the brackets; Python says: invalid syntax");
        assert_eq!(repaired.as_deref(), Some("(5, 3, 10)"));
        assert!(read_text("torch.Size([5, 3]) cm").is_err());
    }
}
