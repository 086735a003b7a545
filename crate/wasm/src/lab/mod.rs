//! What the lab's worker asks: everything of `PyTorch`'s that is here but that the page does not need at once.
//!
//! Loaded on demand, so clarity counts before weight: structured values cross by serde-wasm-bindgen.

mod cells;
mod draw;
mod faults;
mod generator;
mod gru;
mod integers;
mod into;
mod layers;
mod layouts;
mod lstm;
mod model;
mod module;
mod options;
mod packed;
mod recorded;
mod rnn;
mod rooms;
mod tensor;
mod train;
mod trainer;
mod value;
mod weights;
