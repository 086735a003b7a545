#![doc = include_str!("../README.md")]
#![allow(clippy::doc_markdown, reason = "the README is read outside of rustdoc too")]
//!
//! A room is a crate; this one is their common front.

pub use call::{self, diagnostic, py, shape};
pub use nn::{cost, gru, inside, packed, rnn};
pub use {attempts, lab, picture, practice, quiz, rng, sentence, series, train, weights};
#[cfg(feature = "programs")]
pub use {code, paste};
