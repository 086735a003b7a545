//! `PyTorch`'s recurrent modules: options, parameters, forward and backward passes, traces, packed sequences, costs.

pub mod cost;
pub mod gru;
pub mod packed;
pub mod rnn;
pub mod words;
