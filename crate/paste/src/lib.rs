#![doc = include_str!("../README.md")]

mod answer;
mod facts;
mod form;
mod found;
mod frames;
mod kinds;
mod python;
mod reading;
mod text;

pub use answer::{Answer, TextSize, TextSizes};
pub use facts::{BuiltModule, Rebuilt};

use found::Hit;
use kinds::{KINDS, Rank, TextKind};
use reading::PastedText;

/// The most bytes that a pasted text may have.
pub const LIMIT: usize = 200 * 1024;

/// What a pasted text is: the cause with its sizes, what is tried in vain, and the mend; or that it is not known here.
///
/// It looks at the text alone, in time linear in its length, and never panics.
pub fn explain(text: &str) -> Answer {
    if text.len() > LIMIT {
        return Answer::unknown(
            "too-long",
            format!(
                "The text has {} bytes, and at most {LIMIT} are read. Paste the end of it: the last frames and the lines after them.",
                text.len()
            ),
        );
    }
    let reading = PastedText::of(text);
    match recognised(&reading) {
        Some((kind, found)) => answer(kind, &found),
        None => without_message(text, &reading),
    }
}

/// A kind of text that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownKind {
    /// Its stable name, such as `hidden-size`.
    pub name: &'static str,
    /// What it is about, in a few words.
    pub about: &'static str,
    /// Its messages in all releases; a part `{in braces}` stands for what differs from text to text.
    pub messages: &'static [&'static str],
}

/// All kinds that are known.
pub fn kinds() -> impl Iterator<Item = KnownKind> {
    let kinds = KINDS.iter().flat_map(|table| table.iter());
    kinds.map(|kind| KnownKind { name: kind.name, about: kind.about, messages: kind.forms })
}

/// The kind whose message counts: an error before a warning, the first of a chain, the last of what stands one after
/// another; where two have one line, the one that the table has first.
fn recognised(reading: &PastedText) -> Option<(&'static TextKind, Hit<'_>)> {
    let mut best: Option<(Precedence, &'static TextKind, Hit<'_>)> = None;
    for (row, kind) in KINDS.iter().flat_map(|table| table.iter()).enumerate() {
        for form in kind.forms {
            if !reading.flat.may_have(form::anchor(form)) {
                continue;
            }
            let Some(found) = form::find_last(form, &reading.flat.text) else { continue };
            let found = Hit::new(reading, found);
            if !(kind.applies)(&found) || (kind.rank == Rank::Python && found.is_foreign()) {
                continue;
            }
            let order = Precedence {
                is_error: kind.rank != Rank::Warning,
                earlier_in_chain: std::cmp::Reverse(reading.segment(found.start)),
                line: reading.line(found.start),
                earlier_row: std::cmp::Reverse(row),
            };
            if best.as_ref().is_none_or(|(other, ..)| order > *other) {
                best = Some((order, kind, found));
            }
        }
    }
    best.map(|(_, kind, found)| (kind, found))
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Precedence {
    is_error: bool,
    earlier_in_chain: std::cmp::Reverse<usize>,
    line: usize,
    earlier_row: std::cmp::Reverse<usize>,
}

fn answer(kind: &TextKind, found: &Hit<'_>) -> Answer {
    let says = (kind.says)(found);
    let mut sizes = found.sizes();
    for (name, size) in says.sizes {
        sizes.set(name, size);
    }
    Answer {
        known: true,
        kind: kind.name.to_owned(),
        cause: says.cause,
        vain: kind.vain.to_owned(),
        sizes,
        mend: says.mend,
        call: says.call.or_else(|| found.reading.facts.rebuilt()),
    }
}

/// A shape, a printed model or code; or what is not known here, with the nearest that is.
fn without_message(text: &str, reading: &PastedText) -> Answer {
    if let Some(answer) = kinds::learned::explain(reading) {
        return answer;
    }
    if !reading.has_exception()
        && let Some(answer) = kinds::printed::explain(text, reading)
    {
        return answer;
    }
    kinds::unknown::explain(reading)
}
