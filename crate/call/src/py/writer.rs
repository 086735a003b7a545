//! Lines of Python, in pieces that a page can colour and underline.

use serde::Serialize;

use crate::call::{Dtype, Place, Value};
use crate::shape::Axis;

/// What a piece of code is to Python.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum SegmentKind {
    /// `import`, `as`, `True`, `None`.
    Keyword,
    /// A variable, function, module or option.
    Name,
    /// A number.
    Number,
    /// A str, with its quotes.
    String,
    /// A comment.
    Comment,
    /// `=`, `.`, `(`, `,`.
    Operator,
    /// Spaces.
    Plain,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Segment {
    /// Its text.
    pub text: String,
    /// What it is to Python.
    pub kind: SegmentKind,
    /// The quantity whose colour it carries.
    pub axis: Option<Axis>,
    /// The part of the call that it writes, to be underlined when a label points there.
    pub place: Option<Place>,
}

/// A line of code; an empty one has no segments.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CodeLine {
    /// Its pieces from left to right.
    pub segments: Vec<Segment>,
}

impl CodeLine {
    /// The line as text.
    pub fn text(&self) -> String {
        self.segments.iter().map(|segment| segment.text.as_str()).collect()
    }

    /// The line as text, without its comment.
    pub fn statement(&self) -> String {
        let code = self.segments.iter().filter(|segment| segment.kind != SegmentKind::Comment);
        code.map(|segment| segment.text.as_str()).collect::<String>().trim_end().to_owned()
    }
}

/// The most axes and items that are written out; what is longer ends in `...`.
const MOST: usize = 256;

/// Writes a line from left to right; the colour and the place in force go to what is written.
#[derive(Default)]
pub struct Writer {
    segments: Vec<Segment>,
    axis: Option<Axis>,
    place: Option<Place>,
}

impl Writer {
    /// An empty line.
    pub fn new() -> Self {
        Writer::default()
    }

    /// The line that was written.
    pub fn line(self) -> CodeLine {
        CodeLine { segments: self.segments }
    }

    fn write(mut self, kind: SegmentKind, text: &str) -> Self {
        if !text.is_empty() {
            let (axis, place) = (self.axis, self.place.clone());
            self.segments.push(Segment { text: text.to_owned(), kind, axis, place });
        }
        self
    }

    /// Goes on with what another wrote.
    #[must_use]
    pub fn extend(mut self, other: Writer) -> Self {
        self.segments.extend(other.segments);
        self
    }

    /// Writes a keyword: `import`.
    #[must_use]
    pub fn keyword(self, text: &str) -> Self {
        self.write(SegmentKind::Keyword, text)
    }

    /// Writes a number.
    #[must_use]
    pub fn number(self, text: &str) -> Self {
        self.write(SegmentKind::Number, text)
    }

    /// Writes a comment, `#` included.
    #[must_use]
    pub fn comment(self, text: &str) -> Self {
        self.write(SegmentKind::Comment, text)
    }

    /// Writes an operator or a bracket.
    #[must_use]
    pub fn operator(self, text: &str) -> Self {
        self.write(SegmentKind::Operator, text)
    }

    /// Writes a space or what is of no other kind.
    #[must_use]
    pub fn plain(self, text: &str) -> Self {
        self.write(SegmentKind::Plain, text)
    }

    /// Writes `, `.
    #[must_use]
    pub fn comma(self) -> Self {
        self.operator(",").plain(" ")
    }

    /// Writes ` = `.
    #[must_use]
    pub fn equals(self) -> Self {
        self.plain(" ").operator("=").plain(" ")
    }

    /// `torch.nn`: names with dots between them.
    #[must_use]
    pub fn names(mut self, text: &str) -> Self {
        for (index, name) in text.split('.').enumerate() {
            if index > 0 {
                self = self.operator(".");
            }
            self = self.write(SegmentKind::Name, name);
        }
        self
    }

    /// `.double()`; nothing for a type that no conversion is written for.
    #[must_use]
    pub fn conversion(self, dtype: Dtype) -> Self {
        match dtype {
            Dtype::Float64 => self.operator(".").names("double").operator("()"),
            Dtype::Float16 => self.operator(".").names("half").operator("()"),
            Dtype::Bfloat16 => self.operator(".").names("bfloat16").operator("()"),
            Dtype::Float32 | Dtype::Int64 | Dtype::Int32 | Dtype::Uint8 | Dtype::Bool | Dtype::Complex64 => {
                self
            }
        }
    }

    /// Sizes with commas between them, each with its own colour and place.
    #[must_use]
    pub fn sizes(mut self, sizes: impl Iterator<Item = (String, Option<Axis>, Place)>) -> Self {
        for (index, (size, axis, place)) in sizes.enumerate() {
            if index > 0 {
                self = self.comma();
            }
            if index == MOST {
                return self.operator("...");
            }
            self = self.placed(place, |line| line.coloured(axis, |line| line.number(&size)));
        }
        self
    }

    /// A Python value as source.
    #[must_use]
    pub fn value(self, value: &Value) -> Self {
        match value {
            Value::None | Value::Bool(_) => self.keyword(&value.to_string()),
            Value::Int(_) => self.number(&value.to_string()),
            Value::Int64(number) => {
                self.names("np.int64").operator("(").number(&number.to_string()).operator(")")
            }
            Value::Float(number) if number.is_finite() => self.number(&value.to_string()),
            Value::Float(_) => {
                self.names("float").operator("(").value(&Value::Str(value.to_string())).operator(")")
            }
            Value::Str(_) => self.write(SegmentKind::String, &value.to_string()),
            Value::Tuple(items) => {
                let close = if items.len() == 1 { ",)" } else { ")" };
                self.operator("(").items(items).operator(close)
            }
            Value::List(items) => self.operator("[").items(items).operator("]"),
        }
    }

    fn items(mut self, items: &[Value]) -> Self {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self = self.comma();
            }
            if self.segments.len() >= 4 * MOST {
                return self.operator("...");
            }
            self = self.value(item);
        }
        self
    }

    /// Marks what `write` writes as belonging to a place of the call.
    #[must_use]
    pub fn placed(mut self, place: Place, write: impl FnOnce(Self) -> Self) -> Self {
        let outer = self.place.replace(place);
        self = write(self);
        self.place = outer;
        self
    }

    /// Gives what `write` writes the colour of an axis.
    #[must_use]
    pub fn coloured(mut self, axis: Option<Axis>, write: impl FnOnce(Self) -> Self) -> Self {
        let outer = std::mem::replace(&mut self.axis, axis);
        self = write(self);
        self.axis = outer;
        self
    }
}
