#![doc = include_str!("../README.md")]
//!
//! A room is a crate; this one is their common front.

pub use call::{self, diagnostic, py, shape};
pub use nn::{cost, gru, packed, rnn};
pub use {lab, picture, quiz, rng, train, weights};
