//! Where in a bank's text something stands.

use std::ops::Range;

use super::check::Problem;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A bank's text, with the place of each of its values.
pub(super) struct BankPlaces<'a> {
    text: &'a str,
    root: Spanned<DeTable<'a>>,
}

/// A line and a column, each from 1; columns count characters.
pub(super) type Position = (usize, usize);

impl<'a> BankPlaces<'a> {
    /// The places of a text that TOML can read.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        Some(Self { text, root: DeTable::parse(text).ok()? })
    }

    /// Where a problem stands: at its own path, or at the field that its message names first in backticks, within its
    /// question or option; else where the id of that stands.
    pub(super) fn find(&self, problem: &Problem) -> Position {
        let Problem { question, option, at, message } = problem;
        let root = self.root.get_ref();
        let question = question.and_then(|place| within(root, "question", place));
        let option = question.zip(*option).and_then(|(question, place)| within(question, "option", place));
        let table = option.or(question).unwrap_or(root);
        let paths = at.as_deref().into_iter().chain(message.split('`').skip(1).step_by(2));
        let named = paths.into_iter().find_map(|path| field(table, path));
        let span = named.or_else(|| field(table, "id")).unwrap_or(0..0);
        position(self.text, span.start)
    }
}

/// One table of an array of them.
fn within<'t, 'a>(table: &'t DeTable<'a>, key: &str, place: usize) -> Option<&'t DeTable<'a>> {
    table.get(key)?.get_ref().as_array()?.get(place)?.get_ref().as_table()
}

/// The span of a value, by its keys with dots between them; after the key of a list, a place in it.
fn field(table: &DeTable<'_>, path: &str) -> Option<Range<usize>> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let value = table.get(first)?;
    let Some(rest) = rest else { return Some(value.span()) };
    let inner = match value.get_ref() {
        DeValue::Table(table) => field(table, rest),
        DeValue::Array(array) => {
            let (place, rest) = rest.split_once('.').unwrap_or((rest, ""));
            let place = place.parse::<usize>().ok().and_then(|place| array.get(place));
            place.map(|entry| {
                entry.get_ref().as_table().and_then(|table| field(table, rest)).unwrap_or(entry.span())
            })
        }
        _ => None,
    };
    inner.or_else(|| Some(value.span()))
}

/// The line and the column of a byte.
pub(super) fn position(text: &str, byte: usize) -> Position {
    let before = &text[..text.floor_char_boundary(byte)];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}
