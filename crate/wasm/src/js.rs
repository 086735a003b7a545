//! Structured values across the boundary, by serde-wasm-bindgen.

use api::read::{self, Readable, ValueMistake};
use js_sys::{Array, Object, Reflect, Symbol};
use serde::de::{DeserializeOwned, Deserializer as _, Error as _, Visitor};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{Deserializer, Serializer, preserve};
use wasm_bindgen::{JsCast, JsValue};

use crate::fault::Thrown;

/// A value as JavaScript's own: structs and maps become objects, absent values null.
pub(crate) fn to_js<J: JsCast>(value: &(impl Serialize + ?Sized)) -> J {
    const SERIALIZER: Serializer =
        Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    let given = value.serialize(&SERIALIZER).expect("what the core gives has a form in JavaScript");
    given.unchecked_into()
}

/// Reads an argument; a key that its type does not take is refused wherever it stands.
///
/// # Errors
/// `ArgumentError` with the path to what is wrong: `call.input.shape[1]: expected a whole number`.
pub(crate) fn from_js<T: DeserializeOwned>(argument: &str, value: &JsValue) -> Result<T, Thrown> {
    Ok(read::read(argument, Js(value.clone()))?)
}

/// Reads an argument that may be absent: what it is by default.
///
/// # Errors
/// As [`from_js`].
#[cfg(any(feature = "page", feature = "run", feature = "lab", feature = "code"))]
pub(crate) fn or_default<T: DeserializeOwned + Default>(
    argument: &str,
    value: Option<impl Into<JsValue>>,
) -> Result<T, Thrown> {
    let value = value.map_or(JsValue::UNDEFINED, Into::into);
    Ok(from_js::<Option<T>>(argument, &value)?.unwrap_or_default())
}

/// A value of JavaScript's, to read or to read later.
#[derive(Clone, Deserialize)]
pub(crate) struct Js(#[serde(with = "preserve")] pub(crate) JsValue);

impl<J: AsRef<JsValue>> From<&J> for Js {
    fn from(value: &J) -> Js {
        Js(value.as_ref().clone())
    }
}

/// What a value is to Rust, where it is that.
macro_rules! as_other {
    ($($name:ident: $type:ty = |$value:ident| $read:expr;)*) => {
        $(fn $name(&self) -> Option<$type> { let $value = &self.0; $read })*
    };
}

impl Readable for Js {
    fn is_nothing(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }

    as_other! {
        as_bool: bool = |value| value.as_bool();
        as_f64: f64 = |value| value.as_f64();
        as_i64: i64 = |value| i64::try_from(value.clone()).ok();
        as_u64: u64 = |value| u64::try_from(value.clone()).ok();
        as_text: String = |value| value.as_string();
    }

    /// Of an array, or of another object that can be iterated, such as an `Int32Array`.
    fn elements(&self) -> Option<impl ExactSizeIterator<Item = Js> + use<>> {
        let is_list = self.0.is_array() || self.0.is_object() && Symbol::iterator().js_in(&self.0);
        is_list.then(|| Array::from(&self.0).into_iter().map(Js))
    }

    fn entries(&self) -> Option<Vec<(String, Js)>> {
        let object = Some(self.0.unchecked_ref::<Object>()).filter(|value| value.is_object())?;
        let entry = |key: JsValue| {
            let key = key.as_string()?;
            Some(self.field(&key)).filter(|value| !value.0.is_undefined()).map(|value| (key, value))
        };
        Some(Object::keys(object).iter().filter_map(entry).collect())
    }

    fn field(&self, name: &str) -> Js {
        Js(Reflect::get(&self.0, &name.into()).unwrap_or(JsValue::UNDEFINED))
    }

    fn keep<'de, V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ValueMistake> {
        Deserializer::from(self.0)
            .deserialize_tuple_struct(name, length, visitor)
            .map_err(ValueMistake::custom)
    }
}
