//! `Generator`: `torch.manual_seed`'s stream and all that is drawn from it.

use std::cell::{RefCell, RefMut};
use std::rc::Rc;

use serde::{Deserialize, Deserializer, de};
use serde_wasm_bindgen::preserve;
use wasm_bindgen::convert::TryFromJsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

use super::draw::{Data, Elements, FloatDtype, drawn};
use super::tensors::IntegerTensor;
use crate::fault::{Thrown, argument_error};
use crate::js::{from_js, to_js};
use crate::seed::{Seed, seeded};
use gru_playground::cost::{Count, LIMIT_BYTES};
use gru_playground::gru::Real;
use gru_playground::rng::{self, DrawError, TorchGenerator};

// wasm-bindgen writes neither overloads nor type parameters.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
export interface Generator {
    /** `torch.rand(shape)`, by default in float32. */
    rand(shape: readonly number[], options?: { dtype?: 'float32' }): TensorData;
    rand(shape: readonly number[], options: { dtype: 'float64' }): DoubleTensor;
    /** `torch.randn(shape)`, by default in float32. */
    randn(shape: readonly number[], options?: { dtype?: 'float32' }): TensorData;
    randn(shape: readonly number[], options: { dtype: 'float64' }): DoubleTensor;
    /** `tensor.uniform_(from, to)`: fills the tensor and gives it back; by default from 0 to 1. */
    uniform_<T extends FloatTensor>(tensor: T, from?: number, to?: number): T;
    /** `tensor.normal_(mean, std)`; by default 0 and 1. */
    normal_<T extends FloatTensor>(tensor: T, mean?: number, std?: number): T;
    /** `tensor.bernoulli_(p)`; by default 0.5. */
    bernoulli_<T extends FloatTensor>(tensor: T, p?: number): T;
    /** `tensor.exponential_(lambd)`; by default 1. */
    exponential_<T extends FloatTensor>(tensor: T, lambd?: number): T;
    /** `torch.normal(mean, std)` of two tensors of one shape and type. */
    normal<T extends FloatTensor>(mean: T, std: T): T;
    /** `torch.bernoulli(p)`: a new tensor of ones and zeros. */
    bernoulli<T extends FloatTensor>(p: T): T;
    /** `nn.functional.dropout(tensor, p)` in training mode: a new tensor; p is by default 0.5. */
    dropout<T extends FloatTensor>(tensor: T, p?: number): T;
}
";

/// `torch.manual_seed`'s stream of random numbers on a CPU, bit for bit.
///
/// What cannot be drawn throws a `DrawError` in `PyTorch`'s words, what is too large a `TooLargeError`.
#[wasm_bindgen]
pub struct Generator(Rc<RefCell<TorchGenerator>>);

#[wasm_bindgen]
impl Generator {
    /// The stream after `torch.manual_seed(seed)`; a seed beyond 2^53 is a `bigint`.
    ///
    /// # Errors
    /// `ArgumentError` for what is no seed.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "number | bigint")] seed: &JsValue,
    ) -> Result<Generator, Thrown> {
        Ok(Generator::of(seeded(seed)?))
    }

    /// `torch.manual_seed(seed)`: begins anew.
    ///
    /// # Errors
    /// `ArgumentError` for what is no seed.
    #[wasm_bindgen(js_name = manualSeed)]
    pub fn manual_seed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number | bigint")] seed: &JsValue,
    ) -> Result<(), Thrown> {
        *self.stream() = seeded(seed)?;
        Ok(())
    }

    /// Another handle on the same stream.
    #[wasm_bindgen(js_name = sharedHandle, skip_typescript)]
    pub fn shared_handle(&self) -> Generator {
        Generator(Rc::clone(&self.0))
    }

    /// `torch.rand(shape)`.
    ///
    /// # Errors
    /// `ArgumentError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn rand(&self, shape: &JsValue, options: &JsValue) -> Result<JsValue, Thrown> {
        let mut elements = zeros(shape, options)?;
        drawn!(elements, |each| self.stream().fill_uniform(0.0, 1.0, each))?;
        Ok(elements.to_js())
    }

    /// `torch.randn(shape)`.
    ///
    /// # Errors
    /// `ArgumentError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn randn(&self, shape: &JsValue, options: &JsValue) -> Result<JsValue, Thrown> {
        let mut elements = zeros(shape, options)?;
        drawn!(elements, |each| self.stream().fill_normal_by(0.0, 1.0, each))?;
        Ok(elements.to_js())
    }

    /// `torch.randint(low, high, shape)`: whole numbers from `low` to below `high`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(unchecked_return_type = "IntegerTensor")]
    pub fn randint(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number | bigint")] low: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "number | bigint")] high: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "readonly number[]")] shape: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let (low, high) = (from_js("low", low)?, from_js("high", high)?);
        let shape: Vec<usize> = from_js("shape", shape)?;
        let mut elements = vec![0; count(&shape, 8)?];
        self.stream().fill_randint(low, high, &mut elements)?;
        Ok(integer_tensor(shape, &elements))
    }

    /// `torch.randperm(n)`: every whole number below n, shuffled.
    ///
    /// # Errors
    /// `ArgumentError`, `TooLargeError`.
    #[wasm_bindgen(unchecked_return_type = "IntegerTensor")]
    pub fn randperm(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] n: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let n: usize = from_js("n", n)?;
        let mut elements = vec![0; count(&[n], 8)?];
        self.stream().fill_randperm(&mut elements);
        Ok(integer_tensor(vec![n], &elements))
    }

    /// `torch.normal(mean, std)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn normal(&self, mean: &JsValue, std: &JsValue) -> Result<JsValue, Thrown> {
        let (mut mean, std) = (Elements::read("mean", mean)?, Elements::read("std", std)?);
        let drawn = match (&mut mean.data, &std.data) {
            _ if mean.shape != std.shape => None,
            (Data::Single(means), Data::Single(stds)) => Some(self.stream().normal_of(means, stds)),
            (Data::Double(means), Data::Double(stds)) => Some(self.stream().normal_of(means, stds)),
            _ => None,
        };
        drawn.ok_or_else(|| argument_error("std", "not of the shape and type of mean"))??;
        Ok(mean.to_js())
    }

    /// `torch.bernoulli(p)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn bernoulli(&self, p: &JsValue) -> Result<JsValue, Thrown> {
        let mut elements = Elements::read("p", p)?;
        drawn!(elements, |each| self.stream().bernoulli_of(each))?;
        Ok(elements.to_js())
    }

    /// `nn.functional.dropout(tensor, p)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn dropout(&self, tensor: &JsValue, p: Option<f64>) -> Result<JsValue, Thrown> {
        let mut elements = Elements::read("tensor", tensor)?;
        drawn!(elements, |each| drop_out(each, p.unwrap_or(0.5), &mut self.stream()))?;
        Ok(elements.to_js())
    }

    /// `torch.multinomial(weights, num_samples, replacement)` of one row of weights.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(unchecked_return_type = "IntegerTensor")]
    pub fn multinomial(
        &self,
        #[wasm_bindgen(unchecked_param_type = "FloatTensor")] weights: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "number")] num_samples: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "MultinomialOptions")] options: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let num_samples = from_js("num_samples", num_samples)?;
        count(&[num_samples], 8)?;
        let MultinomialOptions { replacement } = self::options("options", options)?;
        let mut elements = Elements::read("weights", weights)?;
        if elements.shape.len() != 1 {
            return Err(argument_error("weights", "not one row"));
        }
        let indices = drawn!(elements, |each| self.stream().multinomial(each, num_samples, replacement))?;
        Ok(integer_tensor(vec![num_samples], &indices))
    }
}

/// How indices are drawn.
#[derive(Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MultinomialOptions {
    /// Whether an index may be drawn again; false by default.
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub replacement: bool,
}

/// What a new tensor is to be.
#[derive(Default, Deserialize)]
#[serde(default)]
struct DrawOptions {
    dtype: FloatDtype,
}

/// Where random numbers come from: `torch.manual_seed(seed)`, by default 0, or a stream that goes on afterwards.
#[derive(Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Init {
    /// The seed of a new stream.
    pub seed: Option<Seed>,
    /// A stream that is there.
    pub generator: Option<Generator>,
}

impl Init {
    pub(super) fn stream(self) -> Generator {
        let Init { seed, generator } = self;
        generator
            .unwrap_or_else(|| Generator::of(TorchGenerator::new(seed.map_or(0, |Seed(seed)| seed as u64))))
    }
}

/// Reads options that may be absent.
pub(super) fn options<T: de::DeserializeOwned + Default>(
    argument: &str,
    value: &JsValue,
) -> Result<T, Thrown> {
    Ok(from_js::<Option<T>>(argument, value)?.unwrap_or_default())
}

/// Another handle on the stream, which JavaScript alone can take from an object.
impl<'de> Deserialize<'de> for Generator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let generator: JsValue = preserve::deserialize(deserializer)?;
        let handle = generator.unchecked_ref::<AnyGenerator>().shared_handle().ok();
        let handle = handle.and_then(|handle| Generator::try_from_js_value(handle).ok());
        handle.ok_or_else(|| de::Error::custom("not a Generator, or one that was freed"))
    }
}

#[cfg(test)]
crate::tests::name!(Generator, "Generator");

impl Generator {
    fn of(stream: TorchGenerator) -> Self {
        Generator(Rc::new(RefCell::new(stream)))
    }

    /// The stream of `{seed}` or `{generator}`; without either that of seed 0.
    pub(super) fn of_init(init: &JsValue) -> Result<Generator, Thrown> {
        Ok(options::<Init>("init", init)?.stream())
    }

    /// The stream, to draw from.
    pub(super) fn stream(&self) -> RefMut<'_, TorchGenerator> {
        self.0.borrow_mut()
    }
}

/// The draws into a tensor that is there, each with its arguments and their defaults.
macro_rules! fills {
    ($($name:ident($($argument:ident = $default:literal),*) by $draw:ident;)*) => {
        #[wasm_bindgen]
        impl Generator {
            $(#[doc = concat!("`tensor.", stringify!($name), "`: fills the tensor and gives it back.")]
            ///
            /// # Errors
            /// `ArgumentError`, `DrawError`, `TooLargeError`.
            #[wasm_bindgen(skip_typescript)]
            pub fn $name(&self, tensor: JsValue, $($argument: Option<f64>),*) -> Result<JsValue, Thrown> {
                let mut elements = Elements::read("tensor", &tensor)?;
                drawn!(elements, |each| self.stream().$draw($($argument.unwrap_or($default),)* each))?;
                elements.write_to(&tensor);
                Ok(tensor)
            })*
        }
    };
}

fills! {
    uniform_(from = 0.0, to = 1.0) by fill_uniform;
    normal_(mean = 0.0, std = 1.0) by fill_normal_by;
    bernoulli_(p = 0.5) by fill_bernoulli;
    exponential_(lambd = 1.0) by fill_exponential;
}

/// Multiplies by zeros and by `1 / (1 - p)`.
fn drop_out<T: Real>(elements: &mut [T], p: f64, stream: &mut TorchGenerator) -> Result<(), DrawError>
where
    TorchGenerator: rng::Generator<T>,
{
    let mut kept = vec![T::zero(); elements.len()];
    stream.fill_dropout(p, &mut kept)?;
    elements.iter_mut().zip(kept).for_each(|(element, kept)| *element *= kept);
    Ok(())
}

/// A new tensor of a shape.
fn zeros(shape: &JsValue, value: &JsValue) -> Result<Elements, Thrown> {
    let DrawOptions { dtype } = options("options", value)?;
    Elements::zeros(from_js("shape", shape)?, dtype)
}

#[wasm_bindgen]
extern "C" {
    /// A `Generator` that stands in an object, from which only JavaScript can take it.
    type AnyGenerator;

    #[wasm_bindgen(method, catch, js_name = sharedHandle)]
    fn shared_handle(this: &AnyGenerator) -> Result<JsValue, Thrown>;
}

/// How many elements a shape has, if they fit.
pub(super) fn count(shape: &[usize], element_bytes: u64) -> Result<usize, Thrown> {
    let count = shape.iter().fold(Count::from(1_u64), |count, &size| count * Count::from(size as u64));
    (count * Count::from(element_bytes)).within(LIMIT_BYTES)?;
    Ok(shape.iter().product())
}

/// `{shape, data}`.
fn integer_tensor(shape: Vec<usize>, elements: &[i64]) -> JsValue {
    to_js(&IntegerTensor { shape, data: elements.into() })
}
