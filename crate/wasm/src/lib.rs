//! The boundary to JavaScript: from value, call, to value; what each call does stands in `api`.
//!
//! Structured values cross as plain objects, arrays of numbers as typed arrays. A learner's mistake comes
//! back as data; a caller's misuse throws an `Error` whose `name` says which.

// JavaScript hands its values over; taking them by reference would only add indirection.
#![allow(clippy::needless_pass_by_value)]

#[cfg(any(feature = "page", feature = "run", feature = "lab"))]
mod arrays;
#[cfg(feature = "quiz")]
mod attempts;
#[cfg(feature = "code")]
mod code;
#[cfg(any(feature = "page", feature = "run"))]
mod experiment;
mod fault;
#[cfg(feature = "run")]
mod inside;
mod js;
#[cfg(feature = "run")]
mod kept;
#[cfg(feature = "lab")]
mod lab;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "quiz")]
mod practice;
#[cfg(feature = "quiz")]
mod quiz;
mod ts;

use wasm_bindgen::prelude::wasm_bindgen;

// In constant time (TLSF): a small call is mostly allocations.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();

/// TypeScript's types of what crosses; a test writes them.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../types.d.ts");
