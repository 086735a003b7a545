//! Structured values across the boundary, by serde-wasm-bindgen: read strictly, and refused in JavaScript's words.

use std::fmt::{self, Display};

use js_sys::{Array, Number, Object, Reflect, Symbol};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::{Serialize, forward_to_deserialize_any};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::fault::{Thrown, error};

/// A value as JavaScript's own: structs and maps become objects, absent values null.
pub(crate) fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    const SERIALIZER: Serializer =
        Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    value.serialize(&SERIALIZER).expect("what the core gives has a form in JavaScript")
}

/// Reads an argument; a key that its type does not take is refused wherever it stands.
///
/// # Errors
/// `ArgumentError` with the path to what is wrong: `call.input.shape[1]: expected a whole number`.
pub(crate) fn from_js<T: DeserializeOwned>(argument: &str, value: &JsValue) -> Result<T, Thrown> {
    read(argument, Js { value: value.clone(), others: &[] })
}

/// Reads some keys of an object, beside others that someone else reads.
///
/// # Errors
/// As [`from_js`].
#[cfg(feature = "lab")]
pub(crate) fn from_js_beside<T: DeserializeOwned>(
    argument: &str,
    value: &JsValue,
    others: &'static [&'static str],
) -> Result<T, Thrown> {
    read(argument, Js { value: value.clone(), others })
}

fn read<T: DeserializeOwned>(argument: &str, value: Js) -> Result<T, Thrown> {
    T::deserialize(value).map_err(|mistake| mistake.into_error(argument))
}

/// Whether a value is an array, or another object that can be iterated, such as an `Int32Array`.
pub(crate) fn is_iterable(value: &JsValue) -> bool {
    value.is_array() || value.is_object() && Symbol::iterator().js_in(value)
}

pub(crate) fn is_nothing(value: &JsValue) -> bool {
    value.is_null() || value.is_undefined()
}

/// A field of an object, or undefined.
pub(crate) fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// What is wrong with a value, behind the path to it: `.config.h0: unknown key`.
#[derive(Debug)]
struct ValueMistake(String);

impl Display for ValueMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ValueMistake {}

impl ValueMistake {
    /// The same, seen from outside.
    fn within(self, step: fmt::Arguments<'_>) -> Self {
        ValueMistake(format!("{step}{self}"))
    }

    fn into_error(self, argument: &str) -> Thrown {
        error("ArgumentError", &format!("{argument}{self}"))
    }

    fn saying(message: &dyn Display) -> Self {
        ValueMistake(format!(": {message}"))
    }

    fn expected(due: &dyn Display) -> Self {
        ValueMistake::saying(&format_args!("expected {due}"))
    }

    fn unknown(key: &str, known: &[&str]) -> Self {
        ValueMistake(format!(".{key}: unknown key; there are {}", known.join(", ")))
    }
}

impl de::Error for ValueMistake {
    fn custom<T: Display>(message: T) -> Self {
        ValueMistake::saying(&message)
    }

    fn invalid_type(_: Unexpected<'_>, due: &dyn Expected) -> Self {
        ValueMistake::expected(&spoken(&due.to_string()))
    }

    fn invalid_value(found: Unexpected<'_>, due: &dyn Expected) -> Self {
        ValueMistake::invalid_type(found, due)
    }

    fn invalid_length(_: usize, due: &dyn Expected) -> Self {
        ValueMistake::expected(&due.to_string())
    }

    fn unknown_variant(_: &str, variants: &'static [&'static str]) -> Self {
        ValueMistake::expected(&format_args!("one of {}", quoted(variants)))
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        ValueMistake::unknown(key, known)
    }

    fn missing_field(key: &'static str) -> Self {
        ValueMistake(format!(".{key}: missing"))
    }
}

/// What serde expects, in JavaScript's words.
fn spoken(due: &str) -> &str {
    match due {
        "i64" => "a whole number",
        "u64" => "a whole number, at least 0",
        "u32" | "usize" => "a whole number from 0 to 2^32 - 1",
        "f32" | "f64" => "a number",
        "a sequence" => "an array",
        "unit" => "null",
        _ if due.contains("struct ") || due.contains("enum ") => "an object",
        _ => due,
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// serde-wasm-bindgen's deserializer, which asks for known keys alone, behind one that sees them all.
struct Js {
    value: JsValue,
    /// Keys that someone else reads.
    others: &'static [&'static str],
}

impl From<JsValue> for Js {
    fn from(value: JsValue) -> Self {
        Js { value, others: &[] }
    }
}

/// A value as serde sorts them.
enum Sorted {
    Nothing,
    Truth(bool),
    Whole(i64),
    /// Beyond the largest `i64`.
    Large(u64),
    Number(f64),
    Text(String),
    List(ListElements),
    Object(Entries),
    Other,
}

/// What does not depend on the type that is read stands here, so that it is compiled once for all of them.
impl Js {
    fn sorted(&self) -> Sorted {
        let value = &self.value;
        if is_nothing(value) {
            Sorted::Nothing
        } else if let Some(truth) = value.as_bool() {
            Sorted::Truth(truth)
        } else if let Some(number) = value.as_f64() {
            if Number::is_safe_integer(value) { Sorted::Whole(number as i64) } else { Sorted::Number(number) }
        } else if let Some(text) = value.as_string() {
            Sorted::Text(text)
        } else if let Ok(whole) = i64::try_from(value.clone()) {
            Sorted::Whole(whole)
        } else if let Ok(large) = u64::try_from(value.clone()) {
            Sorted::Large(large)
        } else if let Some(elements) = self.elements() {
            Sorted::List(elements)
        } else if let Some(entries) = self.entries() {
            Sorted::Object(entries)
        } else {
            Sorted::Other
        }
    }

    fn elements(&self) -> Option<ListElements> {
        is_iterable(&self.value).then(|| ListElements { elements: Array::from(&self.value), next: 0 })
    }

    fn elements_of(&self, length: usize) -> Result<ListElements, ValueMistake> {
        let elements = self.elements().filter(|found| found.elements.length() as usize == length);
        elements.ok_or_else(|| ValueMistake::expected(&format_args!("an array of {length}")))
    }

    /// The keys of an object whose values are not undefined, with these.
    fn entries(&self) -> Option<Entries> {
        let object = Some(self.value.unchecked_ref::<Object>()).filter(|value| value.is_object())?;
        let keys = Object::keys(object).into_iter().filter_map(|key| key.as_string());
        let given = |key: &str| Some(field(object, key)).filter(|value| !value.is_undefined());
        let entries = keys.filter_map(|key| given(&key).map(|value| (key, value.into())));
        Some(Entries { rest: entries.collect::<Vec<_>>().into_iter(), found: None })
    }

    /// The entries of an object that has no keys but these and the others'.
    fn entries_of(&self, keys: &'static [&'static str]) -> Result<Entries, ValueMistake> {
        let mut entries = self.entries().ok_or_else(|| ValueMistake::expected(&"an object"))?;
        let known = [keys, self.others].concat();
        if let Some((key, _)) = entries.rest.as_slice().iter().find(|(key, _)| !known.contains(&key.as_str()))
        {
            return Err(ValueMistake::unknown(key, &known));
        }
        if !self.others.is_empty() {
            let own = entries.rest.filter(|(key, _)| keys.contains(&key.as_str()));
            entries.rest = own.collect::<Vec<_>>().into_iter();
        }
        Ok(entries)
    }
}

/// What a visitor makes of a value of the one kind that it takes.
fn visited<'de, T, V: Visitor<'de>>(
    value: Option<T>,
    visitor: V,
    visit: fn(V, T) -> Result<V::Value, ValueMistake>,
) -> Result<V::Value, ValueMistake> {
    match value {
        Some(value) => visit(visitor, value),
        None => Err(ValueMistake::invalid_type(Unexpected::Other(""), &visitor)),
    }
}

impl<'de> Deserializer<'de> for Js {
    type Error = ValueMistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        match self.sorted() {
            Sorted::Nothing => visitor.visit_unit(),
            Sorted::Truth(truth) => visitor.visit_bool(truth),
            Sorted::Whole(whole) => visitor.visit_i64(whole),
            Sorted::Large(large) => visitor.visit_u64(large),
            Sorted::Number(number) => visitor.visit_f64(number),
            Sorted::Text(text) => visitor.visit_string(text),
            Sorted::List(elements) => visitor.visit_seq(elements),
            Sorted::Object(entries) => visitor.visit_map(entries),
            Sorted::Other => Err(ValueMistake::invalid_type(Unexpected::Other(""), &visitor)),
        }
    }

    // A whole one may have a sign: -0.
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        visited(self.value.as_f64(), visitor, V::visit_f64)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        visited(self.value.as_string(), visitor, V::visit_string)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        visited(self.elements(), visitor, V::visit_seq)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        visited(self.entries(), visitor, V::visit_map)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        if is_nothing(&self.value) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueMistake> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, ValueMistake> {
        visitor.visit_seq(self.elements_of(length)?)
    }

    /// The only one is the value that serde-wasm-bindgen keeps as it is.
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ValueMistake> {
        serde_wasm_bindgen::Deserializer::from(self.value)
            .deserialize_tuple_struct(name, length, visitor)
            .map_err(ValueMistake::custom)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueMistake> {
        visitor.visit_map(self.entries_of(keys)?)
    }

    /// Enums that are read are names.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueMistake> {
        let name = self.value.as_string().ok_or_else(|| ValueMistake::unknown_variant("", names))?;
        visitor.visit_enum(IntoDeserializer::<ValueMistake>::into_deserializer(name))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ValueMistake> {
        Err(ValueMistake::custom("unknown key"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 char str bytes byte_buf unit unit_struct identifier
    }
}

/// An array's elements, each with its place in the path.
struct ListElements {
    elements: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for ListElements {
    type Error = ValueMistake;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ValueMistake> {
        let index = self.next;
        if index == self.elements.length() {
            return Ok(None);
        }
        self.next += 1;
        let element = seed.deserialize(Js::from(self.elements.get(index)));
        element.map(Some).map_err(|mistake| mistake.within(format_args!("[{index}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some((self.elements.length() - self.next) as usize)
    }
}

/// An object's values, each with its key in the path.
struct Entries {
    rest: std::vec::IntoIter<(String, Js)>,
    /// What is behind the key that was read last.
    found: Option<(String, Js)>,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = ValueMistake;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ValueMistake> {
        self.found = self.rest.next();
        let key = self.found.as_ref().map(|(key, _)| key.as_str().into_deserializer());
        key.map(|key| seed.deserialize(key)).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ValueMistake> {
        let (key, value) = self.found.take().expect("a value is read behind its key");
        seed.deserialize(value).map_err(|mistake| mistake.within(format_args!(".{key}")))
    }
}
