//! The boundary to JavaScript: from value, call, to value; all logic is elsewhere.
//!
//! Structured values cross as plain objects, arrays of numbers as typed arrays. A learner's mistake comes
//! back as data; a caller's misuse throws an `Error` whose `name` says which.

// JavaScript hands its values over; taking them by reference would only add indirection.
#![allow(clippy::needless_pass_by_value)]

mod arguments;
mod convert;
mod cost;
mod diagnose;
mod experiment;
mod gru;
mod object;
mod picture;
mod quiz;
mod read;
mod results;
mod write;

use wasm_bindgen::prelude::wasm_bindgen;

/// The one type written by hand, because a Python value has no form of its own in TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const VALUE_TYPE: &str = r"
/** A Python value: an array is a list, a whole number an int; `{float: 16}` is 16.0, `{tuple: [5, 8]}` is (5, 8). */
export type Value = null | boolean | number | string | Value[] | { float: number } | { tuple: Value[] };
";

// A third of the standard library's allocator in weight, and in constant time (TLSF).
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();
