//! Everything of `PyTorch`'s that is here, for the lab's worker and for scripts: one class or family a file.
//!
//! Tensors are `{shape, data}`; what draws takes `{ seed }` or `{ generator }`.

pub(crate) mod cells;
pub(crate) mod draw;
pub(crate) mod generator;
pub(crate) mod gru;
pub(crate) mod into;
pub(crate) mod layers;
pub(crate) mod model;
pub(crate) mod module;
pub(crate) mod packed;
pub(crate) mod recorded;
pub(crate) mod rnn;
pub(crate) mod rooms;
pub(crate) mod tensors;
pub(crate) mod train;
pub(crate) mod trainer;
pub(crate) mod weights;

use wasm_bindgen::prelude::wasm_bindgen;

/// Those of the lab's types that no other module knows.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../../lab.d.ts");
