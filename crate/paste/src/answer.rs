//! What is said of a pasted text.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::facts::Rebuilt;

/// What a pasted text is; in JSON, what is tried in vain follows the cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Whether the text is known here.
    pub known: bool,
    /// A stable name such as `hidden-size`; `not-known` where it is none.
    pub kind: String,
    /// Why, in plain words with the sizes of the text.
    pub cause: String,
    /// What is tried in vain; may be empty.
    pub vain: String,
    /// The sizes, types and names that the text has.
    pub sizes: TextSizes,
    /// A statement for a notebook that gets past it.
    pub mend: Option<String>,
    /// The call of `nn.GRU`, where the text has enough of it.
    pub call: Option<Rebuilt>,
}

impl Answer {
    pub(crate) fn unknown(kind: &str, cause: String) -> Self {
        Answer {
            known: false,
            kind: kind.to_owned(),
            cause,
            vain: String::new(),
            sizes: TextSizes::default(),
            mend: None,
            call: None,
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Answer { known, kind, cause, vain, sizes, mend, call } = self;
        let joined = if vain.is_empty() { cause.clone() } else { format!("{cause} In vain: {vain}") };
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("known", known)?;
        map.serialize_entry("kind", kind)?;
        map.serialize_entry("cause", &joined)?;
        map.serialize_entry("sizes", sizes)?;
        map.serialize_entry("mend", mend)?;
        map.serialize_entry("call", call)?;
        map.end()
    }
}

/// One thing that a text has.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum TextSize {
    /// A size or another whole number.
    Int(i64),
    /// Another number; null in JSON where it is none.
    Number(f64),
    /// A shape.
    Shape(Vec<i64>),
    /// A type, a device or a name.
    Name(String),
}

impl From<i64> for TextSize {
    fn from(size: i64) -> Self {
        TextSize::Int(size)
    }
}

impl From<&str> for TextSize {
    fn from(name: &str) -> Self {
        TextSize::Name(name.to_owned())
    }
}

impl From<Vec<i64>> for TextSize {
    fn from(sizes: Vec<i64>) -> Self {
        TextSize::Shape(sizes)
    }
}

/// Names with their sizes, in the order in which a text has them; a map in JSON.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextSizes(pub Vec<(String, TextSize)>);

impl TextSizes {
    pub(crate) fn set(&mut self, name: &str, size: TextSize) {
        match self.0.iter_mut().find(|(other, _)| other == name) {
            Some((_, old)) => *old = size,
            None => self.0.push((name.to_owned(), size)),
        }
    }

    /// The size of this name.
    pub fn get(&self, name: &str) -> Option<&TextSize> {
        self.0.iter().find_map(|(other, size)| (other == name).then_some(size))
    }
}

impl Serialize for TextSizes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, size) in &self.0 {
            map.serialize_entry(name, size)?;
        }
        map.end()
    }
}
