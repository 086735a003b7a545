//! From TOML to a checked bank, and from a bank to Rust.

use super::check::{Problem, check};
use super::constant::{List, Text};
use super::schema::{Bank, Choice, Question};

/// Reads and checks a bank.
///
/// # Errors
/// Says what is wrong, and in which line.
pub fn read(text: &str) -> Result<Bank, String> {
    let bank: Bank = toml::from_str(text).map_err(|error| error.to_string())?;
    let problems = check(&bank);
    if problems.is_empty() {
        let hash = fnv1a(&format!("{bank:?}"));
        return Ok(Bank { hash: Text(format!("{hash:016x}").leak()), ..bank });
    }
    let sentences: Vec<String> = problems.iter().map(|problem| sentence(text, problem)).collect();
    Err(sentences.join("\n"))
}

/// The bank as a Rust expression, for a scope that has the schema's types and levels.
pub fn to_rust(bank: &Bank) -> String {
    format!("{bank:#?}")
}

/// The bank without what only tests run; its hash stays.
pub fn without_proofs(bank: &Bank) -> Bank {
    let bare = |question: &Question| {
        let options = question.options.iter().map(|option| Choice { proofs: List::default(), ..*option });
        Question { options: List(options.collect::<Vec<_>>().leak()), ..*question }
    };
    Bank { questions: List(bank.questions.iter().map(bare).collect::<Vec<_>>().leak()), ..*bank }
}

/// `line 57, question "why-gru", option "gates": ...`.
fn sentence(text: &str, problem: &Problem) -> String {
    let ids = [("question", problem.question), ("option", problem.option)];
    let ids: Vec<_> = ids.iter().filter_map(|(what, id)| Some((what, (*id)?))).collect();
    if ids.is_empty() {
        return problem.message.clone();
    }
    // TOML's own positions are gone once it is read, but an id stands where its table does.
    let line = ids.iter().fold(0, |from, (_, id)| {
        from + text.lines().skip(from).position(|line| defines(line, id)).unwrap_or(0)
    });
    let place: Vec<String> = ids.iter().map(|(what, id)| format!("{what} {id:?}")).collect();
    format!("line {}, {}: {}", line + 1, place.join(", "), problem.message)
}

fn defines(line: &str, id: &str) -> bool {
    line.split_once('=')
        .is_some_and(|(key, value)| key.trim() == "id" && value.trim().trim_matches(['"', '\'']) == id)
}

/// The 64-bit FNV-1a hash: enough to tell one bank from another.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
