//! A message found in a text, and what its kind asks of it.

use crate::answer::{TextSize, TextSizes};
use crate::form::{HoleValue, Match};
use crate::python::{Site, first_site, is_name, site};
use crate::reading::PastedText;
use crate::text::clipped;

/// A message found in a text.
pub(crate) struct Hit<'a> {
    pub(crate) reading: &'a PastedText,
    pub(crate) start: usize,
    reads: Vec<(&'static str, HoleValue)>,
}

impl<'a> Hit<'a> {
    pub(crate) fn new(reading: &'a PastedText, found: Match) -> Self {
        Hit { reading, start: found.start, reads: found.reads }
    }

    fn read(&self, name: &str) -> Option<&HoleValue> {
        self.reads.iter().find_map(|(other, read)| (*other == name).then_some(read))
    }

    /// Whether the form that was found has this hole.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.read(name).is_some()
    }

    /// The number of a hole; 0 where the form has none.
    pub(crate) fn int(&self, name: &str) -> i64 {
        match self.read(name) {
            Some(HoleValue::Int(number)) => *number,
            _ => 0,
        }
    }

    /// The shape of a hole; empty where the form has none.
    pub(crate) fn shape(&self, name: &str) -> &[i64] {
        match self.read(name) {
            Some(HoleValue::Shape(sizes)) => sizes,
            _ => &[],
        }
    }

    /// The words of a hole; empty where the form has none.
    pub(crate) fn text(&self, name: &str) -> &str {
        match self.read(name) {
            Some(HoleValue::Text(text)) => text,
            _ => "",
        }
    }

    /// What the holes had; names that begin with `_` are not told.
    pub(crate) fn sizes(&self) -> TextSizes {
        let sizes = self.reads.iter().filter(|(name, _)| !name.starts_with('_')).map(|(name, read)| {
            let size = match read {
                HoleValue::Int(number) => TextSize::Int(*number),
                HoleValue::Number(number) => TextSize::Number(*number),
                HoleValue::Shape(sizes) => TextSize::Shape(sizes.clone()),
                HoleValue::Text(text) => TextSize::Name(text.clone()),
            };
            ((*name).to_owned(), size)
        });
        TextSizes(sizes.collect())
    }

    /// Whether the text has these words anywhere.
    pub(crate) fn mentions(&self, words: &str) -> bool {
        self.reading.flat.text.contains(words)
    }

    /// The word before the message: `linear` of `linear(): argument`.
    pub(crate) fn word_before(&self) -> &str {
        let before = &self.reading.flat.text[..self.start];
        let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.".contains(byte);
        let length = before.bytes().rev().take(80).take_while(is_of_word).count();
        &before[before.len() - length..]
    }

    /// The rest of the message's line, as it stands in the text.
    pub(crate) fn rest_of_line(&self, after: &str) -> &str {
        let line = self.reading.lines().get(self.reading.line(self.start)).map_or("", String::as_str);
        clipped(line.rsplit_once(after).map_or("", |(_, rest)| rest).trim(), 200)
    }

    /// Whether one of the frames that lead here lies in a file of this name.
    pub(crate) fn passes(&self, path: &str) -> bool {
        self.reading.frames_before(self.start).any(|frame| frame.path.contains(path))
    }

    /// Whether another library raised it.
    pub(crate) fn is_foreign(&self) -> bool {
        self.reading
            .frames_before(self.start)
            .next_back()
            .is_some_and(crate::frames::TracebackFrame::is_foreign)
    }

    /// The learner's own lines that led here, the last first.
    pub(crate) fn own_lines(&self) -> impl Iterator<Item = &str> {
        let own = self.reading.frames_before(self.start).rev().filter(|frame| frame.is_own);
        own.map(|frame| frame.code.as_str())
    }

    /// The lines of the text that may be code, beside those of frames.
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = &str> {
        self.reading.code().take(4000).map(|(line, _)| line)
    }

    /// The learner's line that failed.
    pub(crate) fn line(&self) -> Option<&str> {
        self.own_lines().next()
    }

    /// The call of one of these names: in the line that failed, in those that led to it, or anywhere.
    pub(crate) fn site(&self, names: &[&str]) -> Option<Site> {
        let own = self.own_lines().find_map(|line| site(line, names, true));
        own.or_else(|| self.reading.code().take(4000).find_map(|(line, whole)| site(line, names, whole)))
    }

    /// The call that the failing line is about.
    pub(crate) fn call(&self) -> Option<Site> {
        self.line().and_then(first_site)
    }

    /// The call of the recurrent module: of a module that the text constructs, or of the failing line.
    pub(crate) fn module_call(&self) -> Option<Site> {
        let built = self
            .reading
            .facts
            .modules
            .iter()
            .rev()
            .map(|built| built.name.rsplit('.').next().unwrap_or(&built.name));
        let names: Vec<&str> = built
            .chain([
                "gru",
                "rnn",
                "lstm",
                "encoder",
                "decoder",
                "cell",
                "gru1",
                "gru2",
                "recurrent",
                "net",
                "model",
            ])
            .collect();
        let own = self.own_lines().find_map(|line| site(line, &names, true));
        own.or_else(|| self.call())
            .or_else(|| self.reading.code().take(4000).find_map(|(line, whole)| site(line, &names, whole)))
            .filter(|site| site.arg(0).is_some())
    }

    /// What the recurrent module is called, and its class.
    pub(crate) fn module(&self) -> (String, &'static str) {
        let built = self.reading.facts.modules.last();
        let class = built.map_or_else(
            || {
                ["LSTM", "GRU"]
                    .into_iter()
                    .find(|class| self.mentions(class))
                    .unwrap_or(if self.mentions("lstm") { "LSTM" } else { "GRU" })
            },
            |built| built.class,
        );
        let name = self.module_call().map(|site| site.callee).filter(|callee| callee.split('.').all(is_name));
        let default = || built.map_or_else(|| class.to_ascii_lowercase(), |built| built.name.clone());
        (name.unwrap_or_else(default), class)
    }

    /// Whether the text says that the batch is the first axis.
    pub(crate) fn is_batch_first(&self) -> bool {
        self.mentions("batch_first=True")
    }
}

/// The n-th argument of a call, or a name for it.
pub(crate) fn arg_or<'s>(site: Option<&'s Site>, index: usize, name: &'s str) -> &'s str {
    site.and_then(|site| site.arg(index)).unwrap_or(name)
}
