//! The named error for each fault of the caller.

use api::{Fault, Field};
use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

/// What is thrown: an `Error` of JavaScript's whose `name` says which fault it is.
pub struct Thrown(JsValue);

impl From<Thrown> for JsValue {
    fn from(Thrown(error): Thrown) -> JsValue {
        error
    }
}

/// What JavaScript throws itself.
impl From<JsValue> for Thrown {
    fn from(error: JsValue) -> Thrown {
        Thrown(error)
    }
}

impl From<Fault> for Thrown {
    fn from(fault: Fault) -> Thrown {
        let api::FaultParts { name, message, fields } = fault.into_parts();
        let error = Error::new(&message);
        error.set_name(name);
        for (name, field) in fields {
            let value = match field {
                Field::Text(text) => text.into(),
                Field::Number(number) => number.into(),
            };
            Reflect::set(&error, &name.into(), &value).expect("an Error takes fields");
        }
        Thrown(error.into())
    }
}
