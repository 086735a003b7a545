#![doc = include_str!("../README.md")]

pub mod cost;
pub mod gru;
pub mod packed;
pub mod rnn;
