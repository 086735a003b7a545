//! `CPython`'s words for what the parser finds wrong.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{LexicalErrorType, ParseError, ParseErrorType};

use super::SyntaxFault;
use super::compile::Lines;

pub(super) fn explain(source: &str, error: &ParseError, lines: &Lines) -> SyntaxFault {
    let at = error.location.start();
    let line = lines.of(at);
    let of = |kind, message: String, line| SyntaxFault::Error { kind, message, line };
    let generic = || of("SyntaxError", "invalid syntax".into(), line);
    let before = &source[..usize::from(at)];
    match &error.error {
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => {
            unterminated(source, at.to_usize(), line)
        }
        // The parser's table of names is left out.
        ParseErrorType::Lexical(LexicalErrorType::UnicodeError)
            if source.lines().nth(line as usize - 1).is_some_and(|text| text.contains("\\N{")) =>
        {
            SyntaxFault::Refused { what: "\\N{name} in a string".into(), line }
        }
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            of("IndentationError", "unindent does not match any outer indentation level".into(), line)
        }
        ParseErrorType::Lexical(LexicalErrorType::LineContinuationError) => {
            of("SyntaxError", "unexpected character after line continuation character".into(), line)
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) => {
            let message = match tok {
                '$' | '?' | '!' => "invalid syntax".to_owned(),
                tok => format!("invalid character '{tok}' (U+{:04X})", *tok as u32),
            };
            of("SyntaxError", message, line)
        }
        ParseErrorType::UnexpectedIndentation => of("IndentationError", "unexpected indent".into(), line),
        ParseErrorType::OtherError(message) if message.starts_with("Expected an indented block") => {
            let (opener, opened) = block_opener(before);
            let message = format!("expected an indented block after {opener} on line {opened}");
            of("IndentationError", message, line)
        }
        ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. } => {
            if let Some(unclosed) = unclosed(source) {
                return of("SyntaxError", format!("'{}' was never closed", unclosed.0), unclosed.1);
            }
            let line_text = source.lines().nth(line as usize - 1).unwrap_or_default();
            let rest = &source[usize::from(at)..];
            if rest.starts_with('=') && !rest.starts_with("==") {
                let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
                return of("SyntaxError", message.into(), line);
            }
            if line_text.trim().is_empty()
                || rest.starts_with('\n')
                || rest.is_empty()
                || rest.starts_with("\r\n")
            {
                return of("SyntaxError", "expected ':'".into(), line);
            }
            generic()
        }
        ParseErrorType::InvalidAugmentedAssignmentTarget
            if assigned(source[usize::from(at)..usize::from(error.location.end())].trim())
                .is_some_and(|what| !["True", "False", "None"].iter().any(|word| what.starts_with(word))) =>
        {
            let target = source[usize::from(at)..usize::from(error.location.end())].trim();
            let what = assigned(target).unwrap_or_default();
            of("SyntaxError", format!("'{what}' is an illegal expression for augmented assignment"), line)
        }
        ParseErrorType::InvalidAssignmentTarget
        | ParseErrorType::InvalidAugmentedAssignmentTarget
        | ParseErrorType::InvalidNamedAssignmentTarget => {
            let target = source[usize::from(at)..usize::from(error.location.end())].trim();
            let message = match assigned(target) {
                Some(what)
                    if what.starts_with("True") || what.starts_with("False") || what.starts_with("None") =>
                {
                    format!("cannot assign to {what}")
                }
                Some(what) => format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?"),
                None => "invalid syntax. Maybe you meant '==' or ':=' instead of '='?".to_owned(),
            };
            of("SyntaxError", message, line)
        }
        ParseErrorType::PositionalAfterKeywordArgument => {
            of("SyntaxError", "positional argument follows keyword argument".into(), line)
        }
        ParseErrorType::PositionalAfterKeywordUnpacking => {
            of("SyntaxError", "positional argument follows keyword argument unpacking".into(), line)
        }
        ParseErrorType::NonDefaultParamAfterDefaultParam => {
            of("SyntaxError", "parameter without a default follows parameter with a default".into(), line)
        }
        ParseErrorType::FStringError(inner) => {
            let message = match inner.to_string().as_str() {
                "expecting `}`" => "f-string: expecting '}'".to_owned(),
                "single `}` is not allowed" => "f-string: single '}' is not allowed".to_owned(),
                "unterminated string" => return unterminated_f(line),
                other => format!("f-string: {other}"),
            };
            of("SyntaxError", message, line)
        }
        ParseErrorType::ExpectedToken { .. }
        | ParseErrorType::ExpectedExpression
        | ParseErrorType::SimpleStatementsOnSameLine
        | ParseErrorType::OtherError(_)
        | ParseErrorType::UnexpectedExpressionToken
        | ParseErrorType::Lexical(LexicalErrorType::Eof) => {
            let rest = source[usize::from(at)..].trim_start();
            if let Some((bracket, bracket_line)) = unmatched(source) {
                return of("SyntaxError", bracket, bracket_line);
            }
            if let Some((bracket, bracket_line)) = unclosed(source) {
                return of("SyntaxError", format!("'{bracket}' was never closed"), bracket_line);
            }
            if begins_expression(rest) && inside_brackets(before) && ends_expression(before) {
                let line = lines.of(ruff_text_size::TextSize::from(before.trim_end().len() as u32));
                return of(
                    "SyntaxError",
                    "invalid syntax. Perhaps you forgot a comma?".into(),
                    first_of_pair(source, before, line),
                );
            }
            let statement = source.lines().nth(line as usize - 1).unwrap_or_default().trim();
            if let Some(rest) = statement.strip_prefix("print ")
                && !rest.starts_with(['(', '=', '.'])
            {
                let message = "Missing parentheses in call to 'print'. Did you mean print(...)?";
                return of("SyntaxError", message.into(), line);
            }
            generic()
        }
        _ => generic(),
    }
}

/// The line on which the expression before a forgotten comma begins.
fn first_of_pair(_source: &str, before: &str, line: u32) -> u32 {
    let trimmed = before.trim_end();
    line.min(trimmed.matches('\n').count() as u32 + 1)
}

fn unterminated_f(line: u32) -> SyntaxFault {
    let message = format!("unterminated f-string literal (detected at line {line})");
    SyntaxFault::Error { kind: "SyntaxError", message, line }
}

fn unterminated(source: &str, at: usize, line: u32) -> SyntaxFault {
    let text = &source[at..];
    let quoted = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let message = if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") {
        let last = source.lines().count();
        format!("unterminated triple-quoted string literal (detected at line {last})")
    } else {
        format!("unterminated string literal (detected at line {line})")
    };
    SyntaxFault::Error { kind: "SyntaxError", message, line }
}

/// What `CPython` calls the target of an assignment that cannot be.
fn assigned(target: &str) -> Option<&'static str> {
    let first = target.chars().next()?;
    Some(match target {
        "True" => "True",
        "False" => "False",
        "None" => "None",
        _ if first == '{' => {
            if target == "{}" || target.contains(':') {
                "dict literal"
            } else {
                "set display"
            }
        }
        _ if first == '[' => "list",
        _ if first == '(' && target.contains(',') => "tuple",
        _ if target.ends_with(')') && (first.is_alphabetic() || first == '_') => "function call",
        _ if first.is_ascii_digit() || first == '"' || first == '\'' => {
            if target.contains(['+', '-', '*', '/']) { "expression" } else { "literal" }
        }
        _ if target.contains(" if ") => "conditional expression",
        _ if target.contains(['<', '>', '=']) => "comparison",
        _ if target.contains(['+', '-', '*', '/', '%']) => "expression",
        _ => return None,
    })
}

/// The compound statement that the last line with a colon begins, and its line.
fn block_opener(before: &str) -> (String, usize) {
    for (i, line) in before.lines().enumerate().collect::<Vec<_>>().into_iter().rev() {
        let code = line.split('#').next().unwrap_or_default().trim();
        if !code.ends_with(':') {
            continue;
        }
        let word: String = code.chars().take_while(|c| c.is_alphabetic()).collect();
        let what = match word.as_str() {
            "def" => "function definition".to_owned(),
            "class" => "class definition".to_owned(),
            "case" | "match" | "if" | "elif" | "else" | "for" | "while" | "with" | "try" | "except"
            | "finally" => {
                format!("'{word}' statement")
            }
            _ => continue,
        };
        return (what, i + 1);
    }
    ("statement".to_owned(), 1)
}

/// The brackets of a text outside strings and comments: those open at its end, or one that does not match.
fn brackets(source: &str) -> Result<Vec<(char, u32)>, (String, u32)> {
    let mut open: Vec<(char, u32)> = Vec::new();
    let mut line = 1;
    let bytes: Vec<char> = source.chars().collect();
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            '\n' => line += 1,
            '#' => {
                while i + 1 < bytes.len() && bytes[i + 1] != '\n' {
                    i += 1;
                }
            }
            quote @ ('"' | '\'') => {
                let triple = bytes.get(i + 1) == Some(&quote) && bytes.get(i + 2) == Some(&quote);
                i += if triple { 3 } else { 1 };
                while i < bytes.len() {
                    if bytes[i] == '\\' {
                        i += 1;
                    } else if bytes[i] == quote
                        && (!triple || bytes.get(i + 1) == Some(&quote) && bytes.get(i + 2) == Some(&quote))
                    {
                        i += if triple { 2 } else { 0 };
                        break;
                    } else if bytes[i] == '\n' {
                        line += 1;
                        if !triple {
                            break;
                        }
                    }
                    i += 1;
                }
            }
            bracket @ ('(' | '[' | '{') => open.push((bracket, line)),
            bracket @ (')' | ']' | '}') => match open.pop() {
                None => return Err((format!("unmatched '{bracket}'"), line)),
                Some((opened, at)) => {
                    let closing = match opened {
                        '(' => ')',
                        '[' => ']',
                        _ => '}',
                    };
                    if closing != bracket {
                        let on = if at == line { String::new() } else { format!(" on line {at}") };
                        let message = format!(
                            "closing parenthesis '{bracket}' does not match opening parenthesis '{opened}'{on}"
                        );
                        return Err((message, line));
                    }
                }
            },
            _ => {}
        }
        i += 1;
    }
    Ok(open)
}

fn unmatched(source: &str) -> Option<(String, u32)> {
    brackets(source).err()
}

fn unclosed(source: &str) -> Option<(char, u32)> {
    brackets(source).ok()?.last().copied()
}

fn inside_brackets(before: &str) -> bool {
    brackets(before).is_ok_and(|open| !open.is_empty())
}

fn begins_expression(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let is_keyword = ["for", "if", "else", "in", "is", "and", "or", "as", "import", "def", "class", "return"];
    if is_keyword.contains(&word.as_str()) {
        return false;
    }
    rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\'' | '{'))
}

fn ends_expression(before: &str) -> bool {
    before
        .trim_end()
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\'' | ')' | ']' | '}'))
}
