//! Broken programs without end: a kind for each mistake, drawn by a seed, and mends judged by what they do.
//!
//! A [`DeckCase`] is what a learner is shown and asked; [`judge_deck`] runs their mend beside the reference of the same draw.

mod case;
mod judge;
mod kinds;
mod recipe;
mod scene;
#[cfg(test)]
mod tests;

pub use case::{DeckCase, DeckChoice, DeckKindName, deck_case, deck_kinds};
pub use judge::{DeckCheck, DeckJudgement, deck_symptom, judge_deck};
pub use recipe::{DeckPrograms, deck_golden};
