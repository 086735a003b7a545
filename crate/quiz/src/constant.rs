//! Texts and lists that can be read from TOML by the build script and written back as Rust constants.
//!
//! What the build script reads lives until it ends, so it is leaked; in the library every value of
//! these types is a constant. `Debug` prints Rust source: that is how the bank is compiled in.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer};

/// A text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Text(pub &'static str);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Text(text.leak()))
    }
}

/// A list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct List<T: 'static>(pub &'static [T]);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(&[])
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0
    }
}

/// Prints `List(&[...])`, which is Rust where the items print as Rust.
impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("List(&")?;
        self.0.fmt(f)?;
        f.write_str(")")
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|items| List(items.leak()))
    }
}
