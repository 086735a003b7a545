//! Numbers: float types, Python's text of floats and of sizes, exact counts of any size and refusals.

mod count;
pub mod float;
mod list;
mod real;
mod refusal;

pub use count::Count;
pub use list::list;
pub use real::{Family, Real, dot, dot_backward};
pub use refusal::{Refusal, in_words};
