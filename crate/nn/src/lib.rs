#![doc = include_str!("../README.md")]

mod cells;
pub mod cost;
mod dropout;
mod error;
pub mod gru;
pub mod inside;
mod kernel_bytes;
mod kernels;
pub mod memory;
mod module;
pub mod packed;
mod parameters;
mod quantity;
pub mod rnn;
mod run;
pub mod sequence;
mod trace;
mod walk;
pub mod words;
