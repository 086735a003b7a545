//! The core's values as plain JavaScript values, through serde: structs become objects, absent values null.
//!
//! Numbers are JavaScript's: whole ones beyond 2^53 are rounded. Why not serde-wasm-bindgen: see `read`.

use js_sys::{Array, BigInt, Reflect, Uint8Array};
use serde::Serialize;
use serde::ser::{self, Serializer};
use thiserror::Error;
use wasm_bindgen::JsValue;

use super::object::{PlainObject, object};

/// Gives a value to JavaScript.
pub(super) fn to_value<T: Serialize + ?Sized>(value: &T) -> JsValue {
    let Ok(value) = value.serialize(Writer);
    value
}

/// A newtype struct of this name holds a decimal number as text, and becomes a `bigint`.
pub(super) const BIGINT: &str = "bigint";

/// What cannot happen: JavaScript takes every value of the core.
#[derive(Debug, Error)]
pub(super) enum Never {}

impl ser::Error for Never {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        unreachable!("a value of the core refused to be written: {message}")
    }
}

type Written = Result<JsValue, Never>;

/// Writes one value.
struct Writer;

macro_rules! numbers {
    ($($method:ident($type:ty))*) => {
        $(fn $method(self, value: $type) -> Written {
            Ok(JsValue::from_f64(value as f64))
        })*
    };
}

#[allow(clippy::cast_lossless)] // one macro for all of them
impl Serializer for Writer {
    type Ok = JsValue;
    type Error = Never;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Entries;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Fields;

    numbers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
        serialize_f32(f32) serialize_f64(f64)
    }

    fn serialize_bool(self, value: bool) -> Written {
        Ok(JsValue::from_bool(value))
    }

    fn serialize_char(self, value: char) -> Written {
        Ok(JsValue::from_str(value.encode_utf8(&mut [0; 4])))
    }

    fn serialize_str(self, text: &str) -> Written {
        Ok(JsValue::from_str(text))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Written {
        Ok(Uint8Array::from(bytes).into())
    }

    fn serialize_none(self) -> Written {
        Ok(JsValue::NULL)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        Ok(JsValue::NULL)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Written {
        Ok(JsValue::NULL)
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Written {
        Ok(JsValue::from_str(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, content: &T) -> Written {
        let content = content.serialize(self)?;
        // Only a text that is no number stays as it is.
        Ok(if name == BIGINT { BigInt::new(&content).map_or(content, JsValue::from) } else { content })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        content: &T,
    ) -> Written {
        Ok(object([(variant, content.serialize(self)?)]))
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<List, Never> {
        Ok(List { elements: Array::new(), variant: None })
    }

    fn serialize_tuple(self, _len: usize) -> Result<List, Never> {
        Ok(List { elements: Array::new(), variant: None })
    }

    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<List, Never> {
        Ok(List { elements: Array::new(), variant: None })
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<List, Never> {
        Ok(List { elements: Array::new(), variant: Some(variant) })
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Entries, Never> {
        Ok(Entries { object: PlainObject::new(), key: JsValue::NULL })
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Fields, Never> {
        Ok(Fields { object: PlainObject::new(), variant: None })
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Fields, Never> {
        Ok(Fields { object: PlainObject::new(), variant: Some(variant) })
    }
}

/// `{variant: content}` for what an enum's variant holds.
fn wrapped(variant: Option<&str>, content: JsValue) -> JsValue {
    match variant {
        Some(variant) => object([(variant, content)]),
        None => content,
    }
}

/// An array being written.
struct List {
    elements: Array,
    variant: Option<&'static str>,
}

macro_rules! list {
    ($($trait:ident::$method:ident)*) => {
        $(impl ser::$trait for List {
            type Ok = JsValue;
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), Never> {
                self.elements.push(&to_value(element));
                Ok(())
            }

            fn end(self) -> Written {
                Ok(wrapped(self.variant, self.elements.into()))
            }
        })*
    };
}

list! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

/// An object being written, with the fields of a struct.
struct Fields {
    object: PlainObject,
    variant: Option<&'static str>,
}

macro_rules! fields {
    ($($trait:ident)*) => {
        $(impl ser::$trait for Fields {
            type Ok = JsValue;
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Never> {
                self.object.set(name, to_value(value));
                Ok(())
            }

            fn end(self) -> Written {
                Ok(wrapped(self.variant, self.object.into()))
            }
        })*
    };
}

fields! { SerializeStruct SerializeStructVariant }

/// An object being written, with the entries of a map.
struct Entries {
    object: PlainObject,
    key: JsValue,
}

impl ser::SerializeMap for Entries {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.key = to_value(key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&self.object, &self.key, &to_value(value));
        Ok(())
    }

    fn end(self) -> Written {
        Ok(self.object.into())
    }
}
