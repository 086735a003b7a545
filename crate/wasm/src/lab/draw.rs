//! Tensors of either type of float, which random numbers go into.

use js_sys::{Float32Array, Float64Array};
use serde::Deserialize;
use serde_wasm_bindgen::preserve;
use wasm_bindgen::{JsCast, JsValue};

use super::generator::count;
use super::tensors::{DoubleTensor, TensorData};
use crate::fault::{Thrown, argument_error};
use crate::js::{field, from_js, to_js};
use gru_playground::gru::Real;

/// An element type that random numbers have.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FloatDtype {
    #[default]
    Float32,
    Float64,
}

/// `{shape, data}` of either type.
#[derive(Deserialize)]
struct AnyTensor {
    shape: Vec<usize>,
    #[serde(with = "preserve")]
    data: JsValue,
}

/// A tensor's elements.
pub(super) struct Elements {
    pub(super) shape: Vec<usize>,
    pub(super) data: Data,
}

/// Elements of either type.
pub(super) enum Data {
    Single(Vec<f32>),
    Double(Vec<f64>),
}

impl Elements {
    /// Zeros.
    pub(super) fn zeros(shape: Vec<usize>, dtype: FloatDtype) -> Result<Self, Thrown> {
        let data = match dtype {
            FloatDtype::Float32 => Data::Single(vec![0.0; count(&shape, f32::BYTES)?]),
            FloatDtype::Float64 => Data::Double(vec![0.0; count(&shape, f64::BYTES)?]),
        };
        Ok(Elements { shape, data })
    }

    /// A copy of those of `{shape, data}`.
    pub(super) fn read(argument: &str, tensor: &JsValue) -> Result<Self, Thrown> {
        let AnyTensor { shape, data } = from_js(argument, tensor)?;
        let (length, data) = if let Some(array) = data.dyn_ref::<Float32Array>() {
            count(&[array.length() as usize], f32::BYTES)?;
            (array.length(), Data::Single(array.to_vec()))
        } else if let Some(array) = data.dyn_ref::<Float64Array>() {
            count(&[array.length() as usize], f64::BYTES)?;
            (array.length(), Data::Double(array.to_vec()))
        } else {
            return Err(argument_error(argument, "data is neither a Float32Array nor a Float64Array"));
        };
        if count(&shape, 1)? != length as usize {
            return Err(argument_error(argument, "its elements do not fill its shape"));
        }
        Ok(Elements { shape, data })
    }

    /// Puts the elements where they were read.
    pub(super) fn write_to(&self, tensor: &JsValue) {
        let array = field(tensor, "data");
        match &self.data {
            Data::Single(elements) => array.unchecked_ref::<Float32Array>().copy_from(elements),
            Data::Double(elements) => array.unchecked_ref::<Float64Array>().copy_from(elements),
        }
    }

    /// A new tensor.
    pub(super) fn to_js(&self) -> JsValue {
        let shape = self.shape.clone();
        match &self.data {
            Data::Single(elements) => to_js(&TensorData { shape, data: elements[..].into() }),
            Data::Double(elements) => to_js(&DoubleTensor { shape, data: elements[..].into() }),
        }
    }
}

/// Does the same to elements of either type.
macro_rules! drawn {
    ($elements:expr, |$each:ident| $draw:expr) => {
        match &mut $elements.data {
            Data::Single($each) => $draw,
            Data::Double($each) => $draw,
        }
        .map_err(Thrown::from)
    };
}
pub(super) use drawn;
