//! Vectors of four float32; the only room that may use `unsafe`.
// A vector that crosses a call goes through memory; at opt-level "s" and below the compiler would let it.
#![allow(clippy::inline_always)]

pub mod simd;
