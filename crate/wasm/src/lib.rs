//! The boundary to JavaScript: from value, call, to value; all logic is elsewhere.
//!
//! Structured values cross as plain objects, arrays of numbers as typed arrays. A learner's mistake comes
//! back as data; a caller's misuse throws an `Error` whose `name` says which.

// JavaScript hands its values over; taking them by reference would only add indirection.
#![allow(clippy::needless_pass_by_value)]
// A module is built with one feature; what it does not export may find no other use.
#![cfg_attr(
    not(all(feature = "page", feature = "quiz", feature = "gru", feature = "run", feature = "lab")),
    allow(dead_code, unused_imports, unused_macros)
)]

#[cfg(target_arch = "wasm32")]
mod arguments;
#[cfg(target_arch = "wasm32")]
mod convert;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod cost;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod diagnose;
#[cfg(all(target_arch = "wasm32", any(feature = "page", feature = "run")))]
mod experiment;
#[cfg(all(target_arch = "wasm32", feature = "gru"))]
mod gru;
#[cfg(all(target_arch = "wasm32", feature = "lab"))]
mod lab;
#[cfg(any(test, target_arch = "wasm32"))]
mod names;
#[cfg(target_arch = "wasm32")]
mod object;
#[cfg(target_arch = "wasm32")]
mod pass;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod picture;
#[cfg(all(target_arch = "wasm32", any(feature = "run", feature = "page")))]
mod plan;
#[cfg(all(target_arch = "wasm32", feature = "quiz"))]
mod quiz;
#[cfg(target_arch = "wasm32")]
mod read;
#[cfg(target_arch = "wasm32")]
mod results;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod run_plan;
#[cfg(target_arch = "wasm32")]
mod write;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// The one type written by hand, because a Python value has no form of its own in TypeScript.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen(typescript_custom_section)]
const VALUE_TYPE: &str = r"
/** A Python value: an array is a list, a whole number an int; `{float: 16}` is 16.0, `{tuple: [5, 8]}` is (5, 8). */
export type Value = null | boolean | number | string | Value[] | { float: number } | { tuple: Value[] };
";

// A third of the standard library's allocator in weight, and in constant time (TLSF).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();
