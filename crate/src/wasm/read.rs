//! JavaScript's values as the core's, through serde.
//!
//! It reads the kinds of values that the core asks for: serde-wasm-bindgen reads every kind, and together
//! with its writer weighs 20 KB gzip more.

use js_sys::{Array, Number, Object, Symbol};
use serde::de::value::U32Deserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Expected, IntoDeserializer as _, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use thiserror::Error;
use wasm_bindgen::{JsCast as _, JsValue};

use super::object::PlainObject;

/// Reads a value.
///
/// # Errors
/// Says what is there and what is due.
pub(super) fn from_value<T: DeserializeOwned>(value: &JsValue) -> Result<T, Misread> {
    T::deserialize(Reader(value))
}

/// Why a value is not what is due.
#[derive(Debug, Error)]
#[error("{0}")]
pub(super) struct Misread(String);

impl de::Error for Misread {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Misread(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, due: &dyn Expected) -> Self {
        Misread(format!("invalid type: {}, expected {due}", in_words(found)))
    }

    fn invalid_value(found: Unexpected<'_>, due: &dyn Expected) -> Self {
        Misread(format!("invalid value: {}, expected {due}", in_words(found)))
    }
}

/// As serde puts it; but JavaScript prints the floats, for Rust's own printer weighs 8 KB gzip.
fn in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Unit => "unit value".to_owned(),
        Unexpected::Bool(value) => format!("boolean `{value}`"),
        Unexpected::Signed(value) => format!("integer `{value}`"),
        Unexpected::Float(value) => format!("floating point `{}`", decimal(value)),
        Unexpected::Str(text) => format!("string \"{text}\""),
        Unexpected::Seq => "sequence".to_owned(),
        Unexpected::Map => "map".to_owned(),
        _ => "another kind of value".to_owned(),
    }
}

/// A number as JavaScript prints it.
pub(super) fn decimal(number: f64) -> String {
    // Only a radix outside 2 to 36 throws.
    Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// One value, about to be read.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a JsValue);

impl Reader<'_> {
    fn is_nothing(self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }

    /// A whole number that a double holds exactly, or a `bigint` of 64 bits.
    fn whole(self) -> Option<i64> {
        match self.0.as_f64() {
            Some(number) => {
                (number.fract() == 0.0 && number.abs() <= Number::MAX_SAFE_INTEGER).then_some(number as i64)
            }
            None => i64::try_from(self.0.clone()).ok(),
        }
    }

    /// The elements of an array, or of another object that can be iterated, such as an `Int32Array`.
    fn elements(self) -> Option<Array> {
        let is_iterable = Array::is_array(self.0) || self.0.is_object() && Symbol::iterator().js_in(self.0);
        is_iterable.then(|| Array::from(self.0))
    }

    /// Says that something else is due.
    #[cold]
    fn misread(self, due: &dyn Expected) -> Misread {
        let text = self.0.as_string();
        let found = if self.is_nothing() {
            Unexpected::Unit
        } else if let Some(value) = self.0.as_bool() {
            Unexpected::Bool(value)
        } else if let Some(value) = self.0.as_f64() {
            Unexpected::Float(value)
        } else if let Some(text) = &text {
            Unexpected::Str(text)
        } else if self.0.is_array() {
            Unexpected::Seq
        } else if self.0.is_object() {
            Unexpected::Map
        } else {
            Unexpected::Other("")
        };
        de::Error::invalid_type(found, due)
    }
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Misread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        if self.is_nothing() {
            visitor.visit_unit()
        } else if let Some(value) = self.0.as_bool() {
            visitor.visit_bool(value)
        } else if let Some(value) = self.whole() {
            visitor.visit_i64(value)
        } else if let Some(value) = self.0.as_f64() {
            visitor.visit_f64(value)
        } else if let Some(text) = self.0.as_string() {
            visitor.visit_string(text)
        } else if let Some(elements) = self.elements() {
            visitor.visit_seq(Elements::of(elements))
        } else if self.0.is_object() {
            let entries = Object::entries(self.0.unchecked_ref());
            visitor.visit_map(Entries { entries: Elements::of(entries), value: JsValue::NULL })
        } else {
            Err(self.misread(&visitor))
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.0.as_bool() {
            Some(value) => visitor.visit_bool(value),
            None => Err(self.misread(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.whole() {
            Some(value) => visitor.visit_i64(value),
            None => Err(self.misread(&visitor)),
        }
    }

    // The visitors of the other integers take an i64 too, if it is in their range.

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.0.as_f64() {
            Some(value) => visitor.visit_f64(value),
            None => Err(self.misread(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.0.as_string() {
            Some(text) => visitor.visit_string(text),
            None => Err(self.misread(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.elements() {
            Some(elements) => visitor.visit_seq(Elements::of(elements)),
            None => Err(self.misread(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Misread> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        if self.0.is_object() {
            visitor.visit_map(Fields {
                object: self.0.unchecked_ref(),
                names: fields,
                next: 0,
                value: JsValue::NULL,
            })
        } else {
            Err(self.misread(&visitor))
        }
    }

    /// The core reads enums by the name of a variant; those whose variants hold more have readers of their own.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        let Some(name) = self.0.as_string() else { return Err(self.misread(&visitor)) };
        match variants.iter().position(|variant| *variant == name) {
            Some(index) => visitor.visit_enum(numbered(index)),
            None => Err(de::Error::unknown_variant(&name, variants)),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct tuple_struct map identifier ignored_any
    }
}

/// serde's derived readers know fields and variants by their number too, which needs no comparing of names.
fn numbered(index: usize) -> U32Deserializer<Misread> {
    (index as u32).into_deserializer()
}

/// The elements of an array, one after the other.
struct Elements {
    elements: Array,
    next: u32,
}

impl Elements {
    fn of(elements: Array) -> Self {
        Elements { elements, next: 0 }
    }

    fn advance(&mut self) -> Option<JsValue> {
        let index = self.next;
        self.next += 1;
        (index < self.elements.length()).then(|| self.elements.get(index))
    }
}

impl<'de> de::SeqAccess<'de> for Elements {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misread> {
        self.advance().map(|element| seed.deserialize(Reader(&element))).transpose()
    }
}

/// The fields that a struct names of an object; a field that is undefined counts as absent.
struct Fields<'a> {
    object: &'a PlainObject,
    names: &'static [&'static str],
    next: usize,
    value: JsValue,
}

impl Fields<'_> {
    /// Finds the next field that is there; keeps its value and gives its number.
    fn advance(&mut self) -> Option<usize> {
        while let Some(name) = self.names.get(self.next) {
            self.value = self.object.get(name);
            self.next += 1;
            if !self.value.is_undefined() {
                return Some(self.next - 1);
            }
        }
        None
    }
}

impl<'de> de::MapAccess<'de> for Fields<'_> {
    type Error = Misread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misread> {
        self.advance().map(|index| seed.deserialize(numbered(index))).transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Misread> {
        seed.deserialize(Reader(&self.value))
    }
}

/// The entries of an object that is no struct.
struct Entries {
    /// Each an array of a name and a value.
    entries: Elements,
    value: JsValue,
}

impl<'de> de::MapAccess<'de> for Entries {
    type Error = Misread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misread> {
        let Some(entry) = self.entries.advance() else { return Ok(None) };
        let entry = Array::from(&entry);
        self.value = entry.get(1);
        seed.deserialize(Reader(&entry.get(0))).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Misread> {
        seed.deserialize(Reader(&self.value))
    }
}
