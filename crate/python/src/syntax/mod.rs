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

/// How many operators, calls and attributes an expression may have: each is a level of its tree.
const LONGEST: usize = 500;

/// Whose text it is, and what its instructions note.
#[derive(Clone, Copy, Default)]
pub struct Purpose {
    /// Whether the program wrote it, and not the library.
    pub of_program: bool,
    /// Whether assignments are noted.
    pub noted: bool,
    /// Whether statements are, too.
    pub counted: bool,
}

pub fn compile(source: &str, purpose: Purpose) -> Result<CodeObject, SyntaxFault> {
    let lines = Lines::new(source);
    if let Some(line) = too_deep(source) {
        return Err(SyntaxFault::Refused {
            what: format!("more than {DEEPEST} nested brackets or blocks"),
            line,
        });
    }
    let parsed = parse_unchecked(source, ParseOptions::from(Mode::Module));
    if let Some(at) = too_long(parsed.tokens()) {
        let line = lines.of(at);
        // It is as deep as it is long: what would take it apart calls itself.
        std::mem::forget(parsed);
        return Err(SyntaxFault::Refused {
            what: format!("an expression of more than {LONGEST} parts"),
            line,
        });
    }
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
    Compiler::module(&scopes, &lines, &body, purpose)
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

/// Where an expression becomes too long.
fn too_long(tokens: &Tokens) -> Option<TextSize> {
    let mut around = Vec::new();
    let mut parts = 0_usize;
    for token in tokens {
        match token.kind() {
            TokenKind::Newline | TokenKind::NonLogicalNewline if around.is_empty() => parts = 0,
            TokenKind::Comma | TokenKind::Semi => parts = 0,
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                around.push(parts + 1);
                parts = 0;
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => parts = around.pop().unwrap_or(0),
            TokenKind::Dot | TokenKind::If | TokenKind::Else | TokenKind::Lambda => parts += 1,
            kind if kind.is_operator() || kind.is_keyword() => parts += 1,
            _ => {}
        }
        if parts > LONGEST {
            return Some(token.range().start());
        }
    }
    None
}

/// Whether a text can be made into instructions.
pub fn compiles(source: &str) -> bool {
    compile(source, Purpose { of_program: true, noted: true, counted: true }).is_ok()
}

/// Whether a text is Python, as far as its grammar goes.
pub fn parses(source: &str) -> bool {
    if too_deep(source).is_some() {
        return false;
    }
    let parsed = parse_unchecked(source, ParseOptions::from(Mode::Module));
    if too_long(parsed.tokens()).is_some() {
        std::mem::forget(parsed);
        return false;
    }
    parsed.errors().is_empty()
}

/// The line where nesting becomes deeper than the parser's stack bears, counted without regard to strings.
fn too_deep(source: &str) -> Option<u32> {
    let mut depth = 0_usize;
    let mut indents: Vec<usize> = vec![0];
    for (line, text) in (1..).zip(source.split('\n')) {
        let indent = text.len() - text.trim_start_matches([' ', '\t', '\u{c}']).len();
        if depth == 0 && indent < text.trim_end().len() {
            while indents.last().is_some_and(|last| *last > indent) {
                indents.pop();
            }
            if indents.last().is_some_and(|last| *last < indent) {
                indents.push(indent);
            }
        }
        let mut repeated = 0_usize;
        for byte in text.bytes() {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            repeated = match byte {
                b'-' | b'~' | b'+' | b'*' => repeated + 1,
                b' ' | b'\t' => repeated,
                _ => 0,
            };
            if depth > DEEPEST || repeated > 400 {
                return Some(line);
            }
        }
        // Each of these begins an expression within the one before it.
        let nested: usize =
            ["lambda", "not", "else", "await", "**"].iter().map(|word| text.matches(word).count()).sum();
        if nested > 200 || indents.len() > DEEPEST {
            return Some(line);
        }
    }
    None
}
