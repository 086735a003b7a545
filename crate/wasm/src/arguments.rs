//! How each of the core's types is read.

use js_sys::Object;
use wasm_bindgen::{JsCast as _, JsValue};

use super::object::PlainObject;
use super::read::{Fields, FromJs, Reader, decimal, is_iterable, is_nothing, whole};
use crate::names::Named as _;
use gru_playground::call::{Argument, ArgumentFields, Call, Config, Dtype, Release, UnknownRelease, Value};
use gru_playground::diagnostic::{Edit, Fix};
use gru_playground::gru::GruConfig;
use gru_playground::quiz::{Mode, Outcome, Phase, QuizEvent, QuizState, Record, Spent};
use gru_playground::shape::{Dim, Shape};

/// Structs, by how each field is read; of those with `only`, other fields are refused.
macro_rules! structs {
    ($($type:ident $($only:ident)? { $($field:ident: $how:ident $(($default:expr))?),* $(,)? })*) => {
        $(impl FromJs for $type {
            fn read(value: &JsValue, reader: &mut Reader) -> Self {
                let mut fields = Fields::of(value, concat!("struct ", stringify!($type)), reader);
                let read = $type { $($field: fields.$how(stringify!($field) $(, $default)?)),* };
                #[allow(unused_variables)] // where other fields are let through
                let names = [$(stringify!($field)),*];
                $(fields.$only(&names);)?
                read
            }
        })*
    };
}

structs! {
    Call only { config: required, input: required, h_0: optional, release: or_default }
    GruConfig {
        input_size: required,
        hidden_size: required,
        num_layers: or(1),
        bias: or(true),
        batch_first: or_default,
        dropout: or_default,
        bidirectional: or_default,
    }
    ArgumentFields only { shape: optional, dtype: or_default, value: optional }
    Fix only { statement: required, code: required, edits: required }
    QuizState {
        version: required,
        bank: required,
        phase: required,
        mode: required,
        seed: required,
        records: required,
        date: optional,
    }
    Record {
        question: required,
        spent: required,
        hint: required,
        tried: required,
        outcome: required,
        remaining_ms: optional,
        elapsed_ms: required,
    }
}

/// Enums whose variants are names.
macro_rules! names {
    ($($type:ident)*) => {
        $(impl FromJs for $type {
            fn read(value: &JsValue, reader: &mut Reader) -> Self {
                let due = concat!("enum ", stringify!($type));
                $type::VARIANTS[reader.one_of(value, due, $type::NAMES)]
            }
        })*
    };
}

names! { Dtype Mode Outcome Phase }

/// An option that `nn.GRU` does not have is a learner's mistake: `PyTorch` has its say on it.
impl FromJs for Config {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        const MORE: [&str; 2] = ["dtype", "other"];
        let mut fields = Fields::of(value, "struct Config", reader);
        let mut config = Config { dtype: fields.or_default(MORE[0]), ..Config::default() };
        for name in Config::OPTIONS {
            if let Some(field) = config.field_mut(name) {
                *field = fields.given(name);
            }
        }
        for (name, value) in fields.others(&[&Config::OPTIONS[..], &MORE].concat()) {
            config.other.push((name, Value::read(&value, fields.reader)));
        }
        config.other.extend(fields.or_default::<Vec<_>>(MORE[1]));
        config
    }
}

/// `nn.GRU`'s options, where one that is unknown is refused.
pub(super) struct GruOptions(pub(super) GruConfig);

impl FromJs for GruOptions {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        let config = GruConfig::read(value, reader);
        Fields::of(value, "struct GruOptions", reader).only(&Config::OPTIONS);
        GruOptions(config)
    }
}

impl FromJs for Argument {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        ArgumentFields::read(value, reader).try_into().unwrap_or_else(|mistake| {
            reader.refuse(&[mistake]);
            Argument::NotATensor { value: Value::None }
        })
    }
}

impl FromJs for Edit {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        let mut fields = Fields::of(value, "struct Edit", reader);
        let edit: String = fields.required("edit");
        fields.only(&["edit", "name", "value", "shape", "dtype"]);
        match edit.as_str() {
            "set_option" => {
                Edit::SetOption { name: fields.required("name"), value: fields.optional("value") }
            }
            "set_input_shape" => Edit::SetInputShape { shape: fields.required("shape") },
            "set_h_0_shape" => Edit::SetH0Shape { shape: fields.optional("shape") },
            "set_input_dtype" => Edit::SetInputDtype { dtype: fields.required("dtype") },
            "set_h_0_dtype" => Edit::SetH0Dtype { dtype: fields.required("dtype") },
            "set_module_dtype" => Edit::SetModuleDtype { dtype: fields.required("dtype") },
            _ => {
                reader.refuse(&["unknown edit"]);
                Edit::SetH0Shape { shape: None }
            }
        }
    }
}

impl FromJs for QuizEvent {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        let mut fields = Fields::of(value, "struct QuizEvent", reader);
        let event: String = fields.required("type");
        match event.as_str() {
            "start" => QuizEvent::Start { mode: fields.required("mode"), seed: fields.required("seed") },
            "answer" => QuizEvent::Answer { option: fields.required("option") },
            "hint" => QuizEvent::Hint,
            "pause" => QuizEvent::Pause,
            "resume" => QuizEvent::Resume,
            "next" => QuizEvent::Next,
            "tick" => QuizEvent::Tick,
            "try_it" => QuizEvent::TryIt,
            "again" => QuizEvent::Again,
            "abandon" => QuizEvent::Abandon,
            "stamp" => QuizEvent::Stamp { date: fields.required("date") },
            _ => {
                reader.refuse(&["unknown type"]);
                QuizEvent::Tick
            }
        }
    }
}

impl FromJs for Spent {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        String::read(value, reader).into()
    }
}

impl FromJs for Release {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        String::read(value, reader).parse().unwrap_or_else(|unknown: UnknownRelease| {
            reader.refuse(&[&unknown.to_string()]);
            Release::NEWEST
        })
    }
}

impl FromJs for Shape {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        Shape(Vec::read(value, reader))
    }
}

impl FromJs for Dim {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        const DUE: &str = "a whole number";
        const LIMIT: f64 = 1e30;
        if let Some(size) = whole(value) {
            return Dim(size.into());
        }
        match value.as_f64() {
            Some(size) if size.fract() == 0.0 && size.abs() < LIMIT => return Dim(size as i128),
            Some(size) => {
                reader.refuse(&["invalid value: floating point `", &decimal(size), "`, expected ", DUE]);
            }
            None => reader.misread(value, DUE),
        }
        Dim(0)
    }
}

impl FromJs for Value {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if is_nothing(value) {
            Value::None
        } else if let Some(value) = value.as_bool() {
            Value::Bool(value)
        } else if let Some(number) = value.as_f64() {
            // JavaScript has one kind of number: a whole one is meant as an int.
            if number.fract() == 0.0 && number.abs() <= EXACT {
                Value::Int(number as i64)
            } else {
                Value::Float(number)
            }
        } else if let Some(int) = whole(value) {
            Value::Int(int)
        } else if let Some(text) = value.as_string() {
            Value::Str(text)
        } else if is_iterable(value) {
            Value::List(Vec::read(value, reader))
        } else if value.is_object() {
            marked(value, reader)
        } else {
            reader.misread(value, "null, a boolean, a number, a string, an array, {float} or {tuple}");
            Value::None
        }
    }
}

/// `{float: 16}` or `{tuple: [5, 8]}`.
fn marked(object: &JsValue, reader: &mut Reader) -> Value {
    let names = Object::keys(object.unchecked_ref::<Object>());
    let name = names.get(0).as_string().unwrap_or_default();
    let content = object.unchecked_ref::<PlainObject>().get(&name);
    let value = match name.as_str() {
        "float" => Value::Float(f64::read(&content, reader)),
        "tuple" => Value::Tuple(Vec::read(&content, reader)),
        _ if names.length() == 0 => {
            reader.refuse(&["missing field `float`"]);
            Value::None
        }
        _ => {
            reader.refuse(&["unknown field `", &name, "`, expected `float` or `tuple`"]);
            Value::None
        }
    };
    if let Some(other) = names.get(1).as_string() {
        reader.refuse(&["unknown field `", &other, "`, there are no fields"]);
    }
    value
}
