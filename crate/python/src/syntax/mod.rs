//! From text to instructions, and `CPython`'s words for text that is no Python.

mod block;
pub mod code;
mod compile;
mod expression;
mod messages;
mod scope;

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged as _, TextSize};

use code::CodeObject;
use compile::{Compiler, Lines};
use scope::Scopes;

/// Why a text cannot be run.
pub enum SyntaxFault {
    /// Python's own error.
    Error { kind: &'static str, message: String, line: u32 },
    /// Python would run it.
    Refused { what: String, line: u32 },
}

/// How deep brackets may be nested: the parser calls itself for each.
const DEEPEST: usize = 90;

pub fn compile(source: &str, of_program: bool) -> Result<CodeObject, SyntaxFault> {
    let lines = Lines::new(source);
    if let Some(line) = too_deep(source) {
        return Err(SyntaxFault::Refused {
            what: format!("more than {DEEPEST} nested brackets or blocks"),
            line,
        });
    }
    let parsed = parse_unchecked(source, ParseOptions::from(Mode::Module));
    if let Some(error) = parsed.errors().first() {
        return Err(messages::explain(source, error, &lines));
    }
    if let Some((name, range)) = unnormalised(source, parsed.tokens()) {
        let what = format!("the name {name}, whose letters Python takes for others");
        return Err(SyntaxFault::Refused { what, line: lines.of(range) });
    }
    let Some(module) = parsed.try_into_module() else {
        return Err(SyntaxFault::Refused { what: "this text".into(), line: 1 });
    };
    let body = module.into_suite();
    let scopes = Scopes::of_module(&body);
    if let Some((message, range)) = &scopes.error {
        let line = lines.of(range.start());
        return Err(SyntaxFault::Error { kind: "SyntaxError", message: message.clone(), line });
    }
    Compiler::module(&scopes, &lines, &body, of_program)
}

/// A name that Python may take for another one: it replaces letters by those that they stand for (NFKC), and that
/// table is left out. Letters of the scripts below stand for themselves.
fn unnormalised<'a>(source: &'a str, tokens: &Tokens) -> Option<(&'a str, TextSize)> {
    let stands_for_itself = |letter: char| {
        matches!(letter,
            '\0'..='\u{7f}'
            | '\u{c0}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}' | '\u{14a}'..='\u{17e}'
            | '\u{391}'..='\u{3ce}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{5d0}'..='\u{5ea}'
            | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
    };
    let names = tokens.iter().filter(|token| token.kind() == TokenKind::Name);
    let mut names = names.map(|token| (&source[token.range()], token.range().start()));
    names.find(|(name, _)| !name.chars().all(stands_for_itself))
}

/// Whether a text is Python, as far as its grammar goes.
pub fn parses(source: &str) -> bool {
    too_deep(source).is_none()
        && parse_unchecked(source, ParseOptions::from(Mode::Module)).errors().is_empty()
}

/// The line where nesting becomes deeper than the parser's stack bears, counted without regard to strings.
fn too_deep(source: &str) -> Option<u32> {
    let mut depth = 0_usize;
    let mut repeated = 0_usize;
    let mut line = 1;
    for byte in source.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' => line += 1,
            _ => {}
        }
        repeated = if matches!(byte, b'-' | b'~' | b'+' | b'*') { repeated + 1 } else { 0 };
        if depth > DEEPEST || repeated > 400 {
            return Some(line);
        }
    }
    None
}
