#![doc = include_str!("../README.md")]

mod builtins;
mod eval;
mod outcome;
mod syntax;
mod torch;
mod value;

pub use outcome::{Execution, Raised, Unsupported, Warning, run};
