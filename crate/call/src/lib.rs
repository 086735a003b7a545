#![doc = include_str!("../README.md")]

mod call;
pub mod diagnostic;
pub mod py;
pub mod shape;

pub use call::*;
