//! A pasted text, read once for all kinds.

use crate::facts::Facts;
use crate::frames::{TracebackFrame, frames, is_own, numbered};
use crate::text::{FlatText, clipped, plain};

/// What separates the exceptions of a chain; the first is where it began.
const CHAINS: [&str; 2] = [
    "During handling of the above exception, another exception occurred",
    "The above exception was the direct cause of the following exception",
];

/// A text in all the forms that kinds look at.
pub(crate) struct PastedText {
    pub(crate) flat: FlatText,
    lines: Vec<String>,
    pub(crate) frames: Vec<TracebackFrame>,
    /// Lines of code that a notebook shows around the lines that ran.
    context: Vec<String>,
    /// All other lines but those of a library.
    others: Vec<String>,
    chains: Vec<usize>,
    pub(crate) facts: Facts,
}

/// Lines that may be code of the learner: not what a notebook shows with numbers, nor a library's line below its warning.
fn others<'a>(lines: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let is_below_a_librarys = |at: usize| {
        at.checked_sub(1).and_then(|before| lines.get(before)).is_some_and(|before| {
            (before.contains("Warning:") || before.trim_start().starts_with("File \""))
                && !is_own(clipped(before, 400))
        })
    };
    let others = lines
        .iter()
        .enumerate()
        .filter(move |(at, line)| numbered(line).is_none() && !is_below_a_librarys(*at));
    others.map(|(_, line)| line.trim())
}

impl PastedText {
    pub(crate) fn of(text: &str) -> Self {
        let plain = plain(text);
        let flat = FlatText::of(&plain);
        let lines: Vec<&str> = plain.split('\n').collect();
        let (frames, context) = frames(&lines);
        let mut chains: Vec<usize> =
            CHAINS.iter().flat_map(|chain| flat.text.match_indices(chain)).map(|(at, _)| at).collect();
        chains.sort_unstable();
        let others: Vec<String> = others(&lines).map(str::to_owned).collect();
        let facts = Facts::of(others.iter().chain(&context).map(String::as_str));
        let lines = lines.into_iter().map(str::to_owned).collect();
        PastedText { flat, lines, frames, context, others, chains, facts }
    }

    pub(crate) fn line(&self, offset: usize) -> usize {
        self.flat.line_at(offset)
    }

    /// Which exception of a chain an offset belongs to.
    pub(crate) fn segment(&self, offset: usize) -> usize {
        self.chains.partition_point(|at| *at < offset)
    }

    /// The frames of the exception whose message is at this offset.
    pub(crate) fn frames_before(&self, offset: usize) -> impl DoubleEndedIterator<Item = &TracebackFrame> {
        let line = self.line(offset);
        let first = self.segment(offset).checked_sub(1).map_or(0, |chain| self.line(self.chains[chain]));
        self.frames.iter().filter(move |frame| frame.at >= first && frame.at <= line)
    }

    /// All lines that may be code, those that ran first.
    pub(crate) fn code(&self) -> impl Iterator<Item = (&str, bool)> {
        let context = self.context.iter().rev().map(|line| (line.trim(), true));
        let others = self.others.iter().rev().map(|line| (line.as_str(), false));
        context.chain(others)
    }

    pub(crate) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Whether the text says that something was raised.
    pub(crate) fn has_exception(&self) -> bool {
        !self.frames.is_empty() || self.exception().is_some()
    }

    /// The last line that begins with an exception's name, or an `ERROR:`.
    pub(crate) fn exception(&self) -> Option<&str> {
        let named = |line: &&str| {
            let word = line.split([':', ' ', '(']).next().unwrap_or_default();
            let last = word.rsplit('.').next().unwrap_or_default();
            let is_word = !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte));
            is_word
                && ["Error", "Exception", "Warning", "Interrupt", "ERROR"]
                    .iter()
                    .any(|end| last.ends_with(end))
        };
        self.lines.iter().rev().map(|line| clipped(line.trim(), 300)).find(named)
    }
}
