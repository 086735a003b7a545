//! The JavaScript API's values and what each call does, without JavaScript: what crosses, how it is read, what is thrown.
//!
//! Typed arrays, handles on a generator and big integers are types of the caller's; here they are parameters: A for an
//! array of float32, G for a generator, E for an exact count.

pub mod attempts;
pub mod cell;
pub mod draw;
pub mod embedding;
pub mod experiment;
mod fault;
pub mod generator;
pub mod inside;
pub mod kept;
pub mod linear;
pub mod look;
pub mod memory;
pub mod model;
pub mod packed;
pub mod practice;
pub mod quiz;
pub mod read;
pub mod recorded;
pub mod recurrent;
pub mod rooms;
pub mod series;
pub mod tensor;
#[cfg(test)]
mod tests;
pub mod text;
pub mod trainer;
pub mod training;
pub mod weights;

pub use fault::{Fault, FaultParts, Field};
