//! `PyTorch`'s `nn.GRU`, to the number and to the message.
//!
//! The modules beside `wasm` are pure Rust; `wasm` alone knows the browser.

pub mod call;
pub mod cost;
pub mod diagnostic;
mod float;
pub mod gru;
pub mod lab;

#[cfg(any(test, target_arch = "wasm32"))]
mod names;
pub mod packed;
pub mod picture;
pub mod py;
pub mod quiz;
pub mod rng;
pub mod rnn;
pub mod shape;
mod text;
pub mod train;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod weights;
