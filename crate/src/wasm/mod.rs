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

mod arguments;
mod convert;
#[cfg(feature = "page")]
mod cost;
#[cfg(feature = "page")]
mod diagnose;
#[cfg(any(feature = "page", feature = "run"))]
mod experiment;
#[cfg(feature = "gru")]
mod gru;
#[cfg(feature = "lab")]
mod lab;
mod object;
mod pass;
#[cfg(feature = "page")]
mod picture;
#[cfg(any(feature = "run", feature = "page"))]
mod plan;
#[cfg(feature = "quiz")]
mod quiz;
mod read;
mod results;
#[cfg(feature = "page")]
mod run_plan;
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
