//! What is drawn into tensors of either type of float.

use js_sys::{Float32Array, Float64Array};
use wasm_bindgen::{JsCast, JsValue};

use super::super::convert::{argument_error, from_value};
use super::super::object::PlainObject;
use super::super::read::is_nothing;
use super::generator::count;
use gru_playground::gru::Real;
use gru_playground::rng::{DrawError, Generator, TorchGenerator};

/// An element type.
#[derive(Clone, Copy)]
pub(super) enum Width {
    Single,
    Double,
}

impl Width {
    /// That of `{dtype}`; float32 by default.
    pub(super) fn of_options(options: &JsValue) -> Result<Self, JsValue> {
        if is_nothing(options) {
            return Ok(Width::Single);
        }
        let dtype = options.unchecked_ref::<PlainObject>().get("dtype");
        match dtype.as_string().as_deref() {
            Some("float32") => Ok(Width::Single),
            Some("float64") => Ok(Width::Double),
            None if is_nothing(&dtype) => Ok(Width::Single),
            _ => Err(argument_error("dtype", "neither float32 nor float64")),
        }
    }

    pub(super) fn bytes(self) -> u64 {
        match self {
            Width::Single => f32::BYTES,
            Width::Double => f64::BYTES,
        }
    }
}

/// A tensor's elements.
pub(super) struct Elements {
    pub(super) shape: Vec<usize>,
    data: Data,
}

enum Data {
    Single(Vec<f32>),
    Double(Vec<f64>),
}

/// The typed array of `{shape, data}`.
fn array_of(tensor: &JsValue) -> JsValue {
    tensor.unchecked_ref::<PlainObject>().get("data")
}

impl Elements {
    /// So many zeros.
    pub(super) fn zeros(count: usize, shape: Vec<usize>, width: Width) -> Self {
        let data = match width {
            Width::Single => Data::Single(vec![0.0; count]),
            Width::Double => Data::Double(vec![0.0; count]),
        };
        Elements { shape, data }
    }

    /// A copy of those of `{shape, data}`.
    pub(super) fn read(argument: &str, tensor: &JsValue) -> Result<Self, JsValue> {
        if !tensor.is_object() {
            return Err(argument_error(argument, "not a tensor"));
        }
        let shape: Vec<usize> = from_value("shape", &tensor.unchecked_ref::<PlainObject>().get("shape"))?;
        let data = array_of(tensor);
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
        let array = array_of(tensor);
        match &self.data {
            Data::Single(elements) => array.unchecked_ref::<Float32Array>().copy_from(elements),
            Data::Double(elements) => array.unchecked_ref::<Float64Array>().copy_from(elements),
        }
    }

    /// A new typed array.
    pub(super) fn to_js(&self) -> JsValue {
        match &self.data {
            Data::Single(elements) => Float32Array::from(elements.as_slice()).into(),
            Data::Double(elements) => Float64Array::from(elements.as_slice()).into(),
        }
    }

    /// Whether shape and type are those of another.
    pub(super) fn fits(&self, other: &Elements) -> bool {
        let same_type = matches!(
            (&self.data, &other.data),
            (Data::Single(_), Data::Single(_)) | (Data::Double(_), Data::Double(_))
        );
        same_type && self.shape == other.shape
    }

    /// Indices of these weights.
    pub(super) fn multinomial(
        &self,
        num_samples: usize,
        replacement: bool,
        stream: &mut TorchGenerator,
    ) -> Result<Vec<i64>, DrawError> {
        match &self.data {
            Data::Single(weights) => stream.multinomial(weights, num_samples, replacement),
            Data::Double(weights) => stream.multinomial(weights, num_samples, replacement),
        }
    }
}

/// What becomes of a tensor's elements.
pub(super) enum Draw {
    Uniform {
        low: f64,
        high: f64,
    },
    Normal {
        mean: f64,
        std: f64,
    },
    /// The elements are means.
    NormalOf {
        std: Elements,
    },
    Bernoulli {
        p: f64,
    },
    /// The elements are probabilities.
    BernoulliOf,
    Exponential {
        rate: f64,
    },
    /// The elements are what drops out.
    Dropout {
        p: f64,
    },
}

impl Draw {
    /// Draws it.
    pub(super) fn apply(
        &self,
        elements: &mut Elements,
        stream: &mut TorchGenerator,
    ) -> Result<(), DrawError> {
        match (&mut elements.data, self) {
            (Data::Single(means), Draw::NormalOf { std: Elements { data: Data::Single(stds), .. } }) => {
                stream.normal_of(means, stds)
            }
            (Data::Double(means), Draw::NormalOf { std: Elements { data: Data::Double(stds), .. } }) => {
                stream.normal_of(means, stds)
            }
            (Data::Single(elements), draw) => draw.fill(elements, stream),
            (Data::Double(elements), draw) => draw.fill(elements, stream),
        }
    }

    fn fill<T: Real>(&self, elements: &mut [T], stream: &mut TorchGenerator) -> Result<(), DrawError>
    where
        TorchGenerator: Generator<T>,
    {
        match *self {
            Draw::Uniform { low, high } => stream.fill_uniform(low, high, elements),
            Draw::Normal { mean, std } => stream.fill_normal_by(mean, std, elements),
            Draw::NormalOf { .. } => unreachable!("the deviations are of the means' type"),
            Draw::Bernoulli { p } => stream.fill_bernoulli(p, elements),
            Draw::BernoulliOf => stream.bernoulli_of(elements),
            Draw::Exponential { rate } => stream.fill_exponential(rate, elements),
            Draw::Dropout { p } => {
                let mut kept = vec![T::zero(); elements.len()];
                stream.fill_dropout(p, &mut kept)?;
                for (element, kept) in elements.iter_mut().zip(kept) {
                    *element *= kept;
                }
                Ok(())
            }
        }
    }
}
