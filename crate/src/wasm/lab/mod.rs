//! What the lab's worker asks: everything of `PyTorch`'s that is here but that the page does not need at once.
//!
//! Loaded on demand, so clarity counts before weight: structured values cross by serde-wasm-bindgen.

mod value;
