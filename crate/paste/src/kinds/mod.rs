//! The texts that are known, a table for each subject: a row has its forms, what it is about, what is tried in vain,
//! and what it says of the sizes that a text has. Rows that are more special stand before others.

mod autograd;
mod data;
mod device;
mod embedding;
pub(crate) mod learned;
mod losses;
mod numpy;
mod packed;
mod prelude;
pub(crate) mod printed;
mod python;
mod recurrent;
mod saved;
mod shapes;
mod tuples;
pub(crate) mod unknown;
mod warnings;

use crate::answer::TextSize;
use crate::facts::Rebuilt;
use crate::found::Hit;

/// How much a kind counts beside others in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    /// An exception of `PyTorch`.
    Error,
    /// An exception that any Python program may raise: not known here when another library raised it.
    Python,
    /// What goes on after it is said.
    Warning,
}

/// One kind of text.
pub(crate) struct TextKind {
    /// A stable name such as `hidden-size`.
    pub(crate) name: &'static str,
    /// What it is about, in a few words.
    pub(crate) about: &'static str,
    /// Its messages, in every release.
    pub(crate) forms: &'static [&'static str],
    /// What people try, and why it does not help; may be empty.
    pub(crate) vain: &'static str,
    pub(crate) rank: Rank,
    /// Whether a text that has the form is of this kind.
    pub(crate) applies: fn(&Hit) -> bool,
    /// The cause, with the sizes, and the mend.
    pub(crate) says: fn(&Hit) -> Says,
}

/// What a kind says of a text.
pub(crate) struct Says {
    pub(crate) cause: String,
    pub(crate) mend: Option<String>,
    pub(crate) sizes: Vec<(&'static str, TextSize)>,
    pub(crate) call: Option<Rebuilt>,
}

impl TextKind {
    const fn new(
        name: &'static str,
        about: &'static str,
        forms: &'static [&'static str],
        vain: &'static str,
        says: fn(&Hit) -> Says,
    ) -> Self {
        TextKind { name, about, forms, vain, rank: Rank::Error, applies: |_| true, says }
    }

    const fn warns(mut self) -> Self {
        self.rank = Rank::Warning;
        self
    }

    const fn python(mut self) -> Self {
        self.rank = Rank::Python;
        self
    }

    const fn only(mut self, applies: fn(&Hit) -> bool) -> Self {
        self.applies = applies;
        self
    }
}

impl Says {
    fn new(cause: impl Into<String>, mend: impl Into<String>) -> Self {
        Says { cause: cause.into(), mend: Some(mend.into()), sizes: Vec::new(), call: None }
    }

    fn size(mut self, name: &'static str, size: impl Into<TextSize>) -> Self {
        self.sizes.push((name, size.into()));
        self
    }
}

/// All tables, the more special first.
pub(crate) const KINDS: &[&[TextKind]] = &[
    packed::KINDS,
    recurrent::KINDS,
    tuples::KINDS,
    embedding::KINDS,
    losses::KINDS,
    data::KINDS,
    numpy::KINDS,
    device::KINDS,
    shapes::KINDS,
    autograd::KINDS,
    saved::KINDS,
    python::KINDS,
    warnings::KINDS,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_forms_that_begin_with_words() {
        let all: Vec<&TextKind> = KINDS.iter().flat_map(|table| table.iter()).collect();
        let names: BTreeSet<&str> = all.iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), all.len(), "two kinds have one name");
        for kind in all {
            assert!(!kind.forms.is_empty(), "{} has no form", kind.name);
            for form in kind.forms {
                assert!(crate::form::anchor(form).trim().len() >= 3, "{}: {form}", kind.name);
                assert_eq!(form.matches('{').count(), form.matches('}').count(), "{form}");
                assert!(!form.contains('`') && !form.contains("  "), "not flat: {form}");
            }
        }
    }
}
