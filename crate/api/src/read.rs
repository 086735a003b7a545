//! Reading an argument strictly: a key that its type does not take is refused wherever it stands, in the caller's words.

use std::fmt::{self, Display};

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::fault::Fault;

/// A value of a caller's, as far as it can be read.
pub trait Readable: Sized {
    /// Whether it stands for an absent one.
    fn is_nothing(&self) -> bool;

    /// A truth.
    fn as_bool(&self) -> Option<bool>;

    /// A number, whole or not.
    fn as_f64(&self) -> Option<f64>;

    /// A whole number of a type that is exact.
    fn as_i64(&self) -> Option<i64>;

    /// The same beyond the largest `i64`.
    fn as_u64(&self) -> Option<u64>;

    /// A text.
    fn as_text(&self) -> Option<String>;

    /// The elements of a list.
    fn elements(&self) -> Option<impl ExactSizeIterator<Item = Self> + use<Self>>;

    /// An object's keys and what stands behind them, but for what is absent.
    fn entries(&self) -> Option<Vec<(String, Self)>>;

    /// What stands behind a key, if this is an object that has it; else what stands for nothing.
    #[must_use]
    fn field(&self, name: &str) -> Self;

    /// What stays as it is: a tuple struct of this name.
    ///
    /// # Errors
    /// For a value that cannot.
    fn keep<'de, V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ValueMistake>;
}

/// Reads an argument.
///
/// # Errors
/// `ArgumentError` with the path to what is wrong: `call.input.shape[1]: expected a whole number`.
pub fn read<T: DeserializeOwned>(argument: &str, value: impl Readable) -> Result<T, Fault> {
    read_beside(argument, value, &[])
}

/// Reads some keys of an object, beside others that someone else reads.
///
/// # Errors
/// As [`read`].
pub fn read_beside<T: DeserializeOwned>(
    argument: &str,
    value: impl Readable,
    others: &'static [&'static str],
) -> Result<T, Fault> {
    T::deserialize(Reader { value, others }).map_err(|mistake| mistake.of(argument))
}

/// Refuses keys that another object has not, which serde lets pass behind a tag alone.
///
/// # Errors
/// `ArgumentError` with the path to the key.
pub fn only_keys_of<V: Readable>(argument: &str, object: &V, value: &V) -> Result<(), Fault> {
    let [known, given] = [object, value].map(|it| it.entries().unwrap_or_default());
    match given.iter().find(|(key, _)| known.iter().all(|(known, _)| known != key)) {
        Some((key, _)) => Err(Fault::argument(&format!("{argument}.{key}"), "unknown key")),
        None => Ok(()),
    }
}

/// What is wrong with a value, behind the path to it: `.config.h0: unknown key`.
#[derive(Debug)]
pub struct ValueMistake(String);

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

    fn of(self, argument: &str) -> Fault {
        Fault::new("ArgumentError", &format_args!("{argument}{self}"))
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

/// Whole numbers up to 2^53 - 1 are exact.
const LARGEST_EXACT: f64 = 9_007_199_254_740_991.0;

/// A deserializer that sees every key, and keeps the path to what is wrong.
struct Reader<V> {
    value: V,
    /// Keys that someone else reads.
    others: &'static [&'static str],
}

/// What does not depend on the type that is read stands here, so that it is compiled once for all of them.
impl<V: Readable> Reader<V> {
    fn elements(&self) -> Option<ListElements<impl ExactSizeIterator<Item = V> + use<V>>> {
        self.value.elements().map(|rest| ListElements { rest, next: 0 })
    }

    fn elements_of(
        &self,
        length: usize,
    ) -> Result<ListElements<impl ExactSizeIterator<Item = V> + use<V>>, ValueMistake> {
        let elements = self.elements().filter(|found| found.rest.len() == length);
        elements.ok_or_else(|| ValueMistake::expected(&format_args!("an array of {length}")))
    }

    fn entries(&self) -> Option<Entries<V>> {
        self.value.entries().map(|entries| Entries { rest: entries.into_iter(), found: None })
    }

    /// The entries of an object that has no keys but these and the others'.
    fn entries_of(&self, keys: &'static [&'static str]) -> Result<Entries<V>, ValueMistake> {
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

impl<'de, J: Readable> Deserializer<'de> for Reader<J> {
    type Error = ValueMistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        let value = &self.value;
        if value.is_nothing() {
            visitor.visit_unit()
        } else if let Some(truth) = value.as_bool() {
            visitor.visit_bool(truth)
        } else if let Some(number) = value.as_f64() {
            let is_whole = number.fract() == 0.0 && number.abs() <= LARGEST_EXACT;
            if is_whole { visitor.visit_i64(number as i64) } else { visitor.visit_f64(number) }
        } else if let Some(text) = value.as_text() {
            visitor.visit_string(text)
        } else if let Some(whole) = value.as_i64() {
            visitor.visit_i64(whole)
        } else if let Some(whole) = value.as_u64() {
            visitor.visit_u64(whole)
        } else if let Some(elements) = self.elements() {
            visitor.visit_seq(elements)
        } else {
            visited(self.entries(), visitor, V::visit_map)
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
        visited(self.value.as_text(), visitor, V::visit_string)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        visited(self.elements(), visitor, V::visit_seq)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        visited(self.entries(), visitor, V::visit_map)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueMistake> {
        if self.value.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
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

    /// The only ones are those that stay as they are.
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ValueMistake> {
        self.value.keep(name, length, visitor)
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
        let name = self.value.as_text().ok_or_else(|| ValueMistake::unknown_variant("", names))?;
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
struct ListElements<I> {
    rest: I,
    next: usize,
}

impl<'de, V: Readable, I: ExactSizeIterator<Item = V>> SeqAccess<'de> for ListElements<I> {
    type Error = ValueMistake;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ValueMistake> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        let element = seed.deserialize(Reader { value, others: &[] });
        element.map(Some).map_err(|mistake| mistake.within(format_args!("[{index}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// An object's values, each with its key in the path.
struct Entries<V> {
    rest: std::vec::IntoIter<(String, V)>,
    /// What is behind the key that was read last.
    found: Option<(String, V)>,
}

impl<'de, V: Readable> MapAccess<'de> for Entries<V> {
    type Error = ValueMistake;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ValueMistake> {
        self.found = self.rest.next();
        let key = self.found.as_ref().map(|(key, _)| key.as_str().into_deserializer());
        key.map(|key| seed.deserialize(key)).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ValueMistake> {
        let (key, value) = self.found.take().expect("a value is read behind its key");
        seed.deserialize(Reader { value, others: &[] })
            .map_err(|mistake| mistake.within(format_args!(".{key}")))
    }
}
