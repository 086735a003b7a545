//! The Python that loads a file of weights, and the module with its weights as a Python file.

mod file;
mod load;

pub use file::{INLINE, python_file};
pub use load::{Origin, loading_code};
