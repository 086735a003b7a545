//! The core's values as plain JavaScript values: structs become objects, absent values null.
//!
//! Numbers are JavaScript's: whole ones beyond 2^53 are rounded. Why not serde: see `read`.

use std::fmt::Display;

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::object::PlainObject;

/// What can be given to JavaScript.
pub(super) trait ToJs {
    fn to_js(&self) -> JsValue;
}

/// An object being written, field by field.
pub(super) struct Writer {
    object: PlainObject,
    /// The names of the fields to come, each with a space behind it.
    names: &'static str,
}

impl Writer {
    #[inline(never)]
    pub(super) fn new(names: &'static str) -> Self {
        Writer { object: PlainObject::new(), names }
    }

    /// Writes the next field; undefined leaves it out.
    #[inline(never)]
    pub(super) fn next(&mut self, value: JsValue) {
        if let Some((name, rest)) = self.names.split_once(' ') {
            self.names = rest;
            if !value.is_undefined() {
                self.object.set(name, value);
            }
        }
    }

    #[inline(never)]
    pub(super) fn end(self) -> JsValue {
        self.object.into()
    }
}

/// A value, or undefined, so that its field is left out.
pub(super) fn given<T: ToJs>(value: Option<&T>) -> JsValue {
    value.map_or(JsValue::UNDEFINED, T::to_js)
}

/// An object of one field.
pub(super) fn only(name: &'static str, value: JsValue) -> JsValue {
    let mut writer = Writer::new(name);
    writer.next(value);
    writer.end()
}

/// What prints as JavaScript has it.
pub(super) fn text(value: &dyn Display) -> JsValue {
    JsValue::from_str(&value.to_string())
}

impl<T: ToJs + ?Sized> ToJs for &T {
    fn to_js(&self) -> JsValue {
        (*self).to_js()
    }
}

impl ToJs for bool {
    fn to_js(&self) -> JsValue {
        JsValue::from_bool(*self)
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl ToJs for $type {
            #[allow(clippy::cast_lossless)] // one macro for all of them
            fn to_js(&self) -> JsValue {
                JsValue::from_f64(*self as f64)
            }
        })*
    };
}

numbers! { u32 u64 usize i64 f64 }

impl ToJs for str {
    fn to_js(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

impl ToJs for String {
    fn to_js(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

/// Null where there is no value.
impl<T: ToJs> ToJs for Option<T> {
    fn to_js(&self) -> JsValue {
        match self {
            Some(value) => value.to_js(),
            None => JsValue::NULL,
        }
    }
}

impl<T: ToJs> ToJs for Vec<T> {
    fn to_js(&self) -> JsValue {
        let list = Array::new();
        for element in self {
            push(&list, element.to_js());
        }
        list.into()
    }
}

#[inline(never)]
#[allow(clippy::needless_pass_by_value)] // so that what is pushed is dropped here, not wherever a list is written
fn push(list: &Array, element: JsValue) {
    list.push(&element);
}
