//! Python values, as far as an option of `nn.GRU` may hold them.

use std::fmt;

use serde::de::{self, MapAccess, SeqAccess};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize};

use crate::shape::Dim;
use num::float;

/// A Python value.
///
/// In JavaScript: `null`, a boolean, a whole number (an int), another number (a float), a string,
/// an array (a list); a float that is whole is `{float: 16}`, a tuple `{tuple: [5, 8]}`, an int of `NumPy` `{int64: 16}`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(
    feature = "types",
    ts(
        type = "null | boolean | number | string | Value[] | { float: number } | { tuple: Value[] } | { int64: number }"
    )
)]
pub enum Value {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An int.
    Int(i64),
    /// An int of `NumPy`, which is none of Python's: `np.int64(16)`.
    Int64(i64),
    /// A float.
    Float(f64),
    /// A str.
    Str(String),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A list.
    List(Vec<Value>),
}

impl Value {
    /// The name that Python's `type(value).__name__` gives.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::None => "NoneType",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Int64(_) => "int64",
            Value::Float(_) => "float",
            Value::Str(_) => "str",
            Value::Tuple(_) => "tuple",
            Value::List(_) => "list",
        }
    }

    /// The name of its type with its module, as far as Python's own messages have that: `numpy.int64`.
    pub fn qualified_type_name(&self) -> &'static str {
        match self {
            Value::Int64(_) => "numpy.int64",
            other => other.type_name(),
        }
    }

    /// The value as `str` and f-strings write it, where that is not its `repr`: a number of `NumPy` without its type.
    #[must_use]
    pub fn without_numpy(self) -> Value {
        match self {
            Value::Int64(value) => Value::Int(value),
            other => other,
        }
    }

    /// Whether an int of `NumPy` is in it.
    pub fn has_numpy(&self) -> bool {
        match self {
            Value::Int64(_) => true,
            Value::Tuple(values) | Value::List(values) => values.iter().any(Value::has_numpy),
            _ => false,
        }
    }

    /// Whether `if value:` is taken.
    pub fn is_truthy(&self) -> bool {
        match self {
            Value::None => false,
            Value::Bool(value) => *value,
            Value::Int(value) | Value::Int64(value) => *value != 0,
            Value::Float(value) => *value != 0.0,
            Value::Str(text) => !text.is_empty(),
            Value::Tuple(values) | Value::List(values) => !values.is_empty(),
        }
    }

    /// The value where it counts as an int: `True` is 1, and an int of `NumPy` is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Bool(value) => Some(i64::from(*value)),
            Value::Int(value) | Value::Int64(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as a number that can be compared: an int, a bool or a float.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Value::Float(value) => Some(*value),
            _ => self.as_int().map(|value| value as f64),
        }
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident),*) => {
        $(impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Value::$variant(value.into())
            }
        })*
    };
}
from!(bool => Bool, i64 => Int, f64 => Float, &str => Str);

/// Prints as Python's `repr` does.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |values: &[Value]| values.iter().map(Value::to_string).collect::<Vec<_>>().join(", ");
        match self {
            Value::None => f.write_str("None"),
            Value::Bool(true) => f.write_str("True"),
            Value::Bool(false) => f.write_str("False"),
            Value::Int(value) => value.fmt(f),
            Value::Int64(value) => write!(f, "np.int64({value})"),
            Value::Float(value) => f.write_str(&float::repr(*value)),
            Value::Str(text) => f.write_str(&python_str(text)),
            Value::Tuple(values) if values.len() == 1 => write!(f, "({},)", values[0]),
            Value::Tuple(values) => write!(f, "({})", joined(values)),
            Value::List(values) => write!(f, "[{}]", joined(values)),
        }
    }
}

/// Whether Python's `repr` writes a character as it is. Characters that no version of Unicode has yet are left to Python,
/// whose versions differ in them; those that none will have are not printable.
fn is_printable(character: char) -> bool {
    let is_other_space = character.is_whitespace() && character != ' ';
    // Unicode's category Cf.
    let is_format = matches!(character,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}');
    let is_private = matches!(character,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}');
    let is_none = matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xfffe == 0xfffe;
    !(character.is_control() || is_other_space || is_format || is_private || is_none)
}

/// A character by its number: `\x00`, `\u200b`.
fn escaped(code: u32) -> String {
    match code {
        ..0x100 => format!("\\x{code:02x}"),
        0x100..0x1_0000 => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

/// Python's `repr` of a str: single quotes, unless it holds one and no double quote.
fn python_str(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut repr = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => repr.push_str("\\\\"),
            '\n' => repr.push_str("\\n"),
            '\r' => repr.push_str("\\r"),
            '\t' => repr.push_str("\\t"),
            _ if character == quote => {
                repr.push('\\');
                repr.push(quote);
            }
            _ if is_printable(character) => repr.push(character),
            _ => repr.push_str(&escaped(u32::from(character))),
        }
    }
    repr.push(quote);
    repr
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::None => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Int(value) => Dim::from(*value).serialize(serializer),
            Value::Int64(value) => {
                let mut int = serializer.serialize_struct("Int64", 1)?;
                int.serialize_field("int64", &Dim::from(*value))?;
                int.end()
            }
            Value::Float(value) if value.fract() == 0.0 => {
                let mut float = serializer.serialize_struct("Float", 1)?;
                float.serialize_field("float", value)?;
                float.end()
            }
            Value::Float(value) => serializer.serialize_f64(*value),
            Value::Str(text) => serializer.serialize_str(text),
            Value::Tuple(values) => {
                let mut tuple = serializer.serialize_struct("Tuple", 1)?;
                tuple.serialize_field("tuple", values)?;
                tuple.end()
            }
            Value::List(values) => values.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;
        impl<'de> de::Visitor<'de> for ValueVisitor {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("null, a boolean, a number, a string, an array, {float}, {tuple} or {int64}")
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::None)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
                Ok(Value::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
                Ok(Value::Int(value))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
                i64::try_from(value)
                    .map(Value::Int)
                    .map_err(|_| E::custom("expected a whole number below 2^63"))
            }

            // JavaScript has one kind of number: a whole one is meant as an int.
            fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
                const EXACT: f64 = 9_007_199_254_740_992.0;
                Ok(if value.fract() == 0.0 && value.abs() <= EXACT {
                    Value::Int(value as i64)
                } else {
                    Value::Float(value)
                })
            }

            fn visit_str<E>(self, text: &str) -> Result<Value, E> {
                Ok(Value::Str(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
                let mut list = Vec::new();
                while let Some(value) = values.next_element()? {
                    list.push(value);
                }
                Ok(Value::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                let value = match map.next_key::<String>()?.as_deref() {
                    Some("float") => Value::Float(map.next_value()?),
                    Some("tuple") => Value::Tuple(map.next_value()?),
                    Some("int64") => {
                        let Dim(size) = map.next_value()?;
                        Value::Int64(i64::try_from(size).map_err(|_| de::Error::custom("expected 64 bits"))?)
                    }
                    Some(other) => return Err(de::Error::unknown_field(other, &["float", "tuple", "int64"])),
                    None => return Err(de::Error::missing_field("float")),
                };
                match map.next_key::<String>()? {
                    None => Ok(value),
                    Some(other) => Err(de::Error::unknown_field(&other, &[])),
                }
            }
        }
        deserializer.deserialize_any(ValueVisitor)
    }
}
