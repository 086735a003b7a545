//! What must be fast: vectors of four float32, and `nn.GRU` in float32 made of them. It knows plain slices and sizes, and
//! alone may use `unsafe`.
// A vector that crosses a call goes through memory; at opt-level "s" and below the compiler would let it.
#![allow(clippy::inline_always)]

pub mod gru;
pub mod simd;
