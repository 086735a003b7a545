//! How options are read: as the page's are, but one that is unknown is told, as by `PyTorch`.
//!
//! Serde's readers of these would weigh 25 KB gzip.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

pub(super) use super::super::arguments::GruOptions;
use super::super::convert::from_value;
use super::super::read::{Fields, FromJs, Reader, is_nothing};
use gru_playground::call::Config;
use gru_playground::gru::{GruConfig, Reset, Update, Variant};
use gru_playground::train::{Adagrad, Adam, EmbeddingConfig, ModelConfig, RmsProp, Sgd};

/// Reads options that may be absent.
pub(super) fn read_or_default<T: FromJs + Default>(argument: &str, value: &JsValue) -> Result<T, JsValue> {
    if is_nothing(value) { Ok(T::default()) } else { from_value(argument, value) }
}

/// Takes note of a field that is not among these names.
pub(super) fn only(value: &JsValue, names: &[&str], reader: &mut Reader) {
    if !value.is_object() {
        return;
    }
    for key in Object::keys(value.unchecked_ref::<Object>()) {
        let key = key.as_string().unwrap_or_default();
        if !names.contains(&key.as_str()) {
            reader.refuse(&["unknown option `", &key, "`"]);
        }
    }
}

/// Options by their fields, each with what it is when absent; beside them fields that others read.
macro_rules! options {
    ($($type:ident $([$($also:literal),*])? { $($field:ident: $how:ident $(($default:expr))?),* $(,)? })*) => {
        $(impl FromJs for $type {
            fn read(value: &JsValue, reader: &mut Reader) -> Self {
                only(value, &[$(stringify!($field),)* $($($also),*)?], reader);
                let mut fields = Fields::of(value, concat!("struct ", stringify!($type)), reader);
                $type { $($field: fields.$how(stringify!($field) $(, $default)?)),* }
            }
        })*
    };
}
pub(super) use options;

options! {
    Variant { reset: or_default, update: or_default }
    EmbeddingConfig { num_embeddings: required, padding_idx: optional }
    Sgd ["name"] {
        lr: or(Sgd::default().lr),
        momentum: or_default,
        dampening: or_default,
        weight_decay: or_default,
        nesterov: or_default,
    }
    RmsProp ["name"] {
        lr: or(RmsProp::default().lr),
        alpha: or(RmsProp::default().alpha),
        eps: or(RmsProp::default().eps),
        weight_decay: or_default,
        momentum: or_default,
        centered: or_default,
    }
    Adagrad ["name"] {
        lr: or(Adagrad::default().lr),
        lr_decay: or_default,
        weight_decay: or_default,
        initial_accumulator_value: or_default,
        eps: or(Adagrad::default().eps),
    }
}

/// Adam's options, of which those of another name are not given.
pub(super) fn adam(value: &JsValue, default: Adam, reader: &mut Reader) -> Adam {
    only(value, &["name", "lr", "betas", "eps", "weight_decay", "amsgrad"], reader);
    let mut fields = Fields::of(value, "struct Adam", reader);
    let Adam { lr, betas, eps, weight_decay, amsgrad, decoupled_weight_decay } = default;
    let given: Vec<f64> = fields.or("betas", betas.to_vec());
    let betas = <[f64; 2]>::try_from(given).unwrap_or_else(|_| {
        fields.reader.refuse(&["betas are two numbers"]);
        betas
    });
    Adam {
        lr: fields.or("lr", lr),
        betas,
        eps: fields.or("eps", eps),
        weight_decay: fields.or("weight_decay", weight_decay),
        amsgrad: fields.or("amsgrad", amsgrad),
        decoupled_weight_decay,
    }
}

/// The options that every recurrent module has, beside those that only this one has.
pub(super) fn base(value: &JsValue, own: &[&str], reader: &mut Reader) -> GruConfig {
    only(value, &[&Config::OPTIONS[..], own].concat(), reader);
    GruConfig::read(value, reader)
}

impl FromJs for ModelConfig {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        only(value, &["embedding", "gru", "out_features"], reader);
        let mut fields = Fields::of(value, "struct ModelConfig", reader);
        let GruOptions(gru) = fields.required("gru");
        ModelConfig {
            embedding: fields.optional("embedding"),
            gru,
            out_features: fields.required("out_features"),
        }
    }
}

impl FromJs for Reset {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        [Reset::AfterProduct, Reset::BeforeProduct]
            [reader.one_of(value, "enum Reset", &["after_product", "before_product"])]
    }
}

impl FromJs for Update {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        [Update::KeepsOld, Update::TakesNew][reader.one_of(value, "enum Update", &["keeps_old", "takes_new"])]
    }
}

impl FromJs for f32 {
    fn read(value: &JsValue, reader: &mut Reader) -> f32 {
        f64::read(value, reader) as f32
    }
}
