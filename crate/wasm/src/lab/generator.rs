//! `Generator`: `torch.manual_seed`'s stream and all that is drawn from it.

use api::Fault;
use api::draw::{self, Drawn, Elements, Fill};
use api::generator::{Seed, SharedStream};
use api::read::Readable as _;
use api::tensor::{DoubleTensor, TensorData, TypedArray as _, count};
use js_sys::{Float32Array, Float64Array};
use serde::{Deserialize, Deserializer, de};
use serde_wasm_bindgen::preserve;
use wasm_bindgen::convert::TryFromJsValue;
use wasm_bindgen::{JsCast as _, JsValue};

use super::prelude::{Floats, Js, Thrown, from_js, or_default, to_js, ts, wasm_bindgen};
use crate::arrays::{Doubles, Wholes};
use gru_playground::gru::Real as _;

/// `torch.manual_seed`'s stream of random numbers on a CPU, bit for bit.
///
/// What cannot be drawn throws a `DrawError` in `PyTorch`'s words, what is too large a `TooLargeError`.
#[wasm_bindgen]
pub struct Generator(SharedStream);

#[wasm_bindgen]
impl Generator {
    /// The stream after `torch.manual_seed(seed)`; a seed beyond 2^53 is a `bigint`.
    ///
    /// # Errors
    /// `ArgumentError` for what is no seed.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: &ts::Whole) -> Result<Generator, Thrown> {
        Ok(Generator(SharedStream::new(from_js("seed", seed)?)))
    }

    /// `torch.manual_seed(seed)`: begins anew.
    ///
    /// # Errors
    /// `ArgumentError` for what is no seed.
    #[wasm_bindgen(js_name = manualSeed)]
    pub fn manual_seed(&self, seed: &ts::Whole) -> Result<(), Thrown> {
        *self.0.borrow() = from_js::<Seed>("seed", seed)?.stream();
        Ok(())
    }

    /// Another handle on the same stream.
    #[wasm_bindgen(js_name = sharedHandle, skip_typescript)]
    pub fn shared_handle(&self) -> Generator {
        Generator(self.0.clone())
    }

    /// `torch.randint(low, high, shape)`: whole numbers from `low` to below `high`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    pub fn randint(
        &self,
        low: &ts::Whole,
        high: &ts::Whole,
        shape: &ts::Sizes,
    ) -> Result<ts::IntegerTensor, Thrown> {
        let (low, high, shape) = (from_js("low", low)?, from_js("high", high)?, from_js("shape", shape)?);
        Ok(to_js(&draw::integers::<Wholes>(low, high, shape, &self.0)?))
    }

    /// `torch.randperm(n)`: every whole number below n, shuffled.
    ///
    /// # Errors
    /// `ArgumentError`, `TooLargeError`.
    pub fn randperm(&self, n: &ts::Number) -> Result<ts::IntegerTensor, Thrown> {
        Ok(to_js(&draw::permutation::<Wholes>(from_js("n", n)?, &self.0)?))
    }

    /// `torch.multinomial(weights, num_samples, replacement)` of one row of weights.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    pub fn multinomial(
        &self,
        weights: &ts::FloatTensor,
        num_samples: &ts::Number,
        options: Option<ts::MultinomialOptions>,
    ) -> Result<ts::IntegerTensor, Thrown> {
        let (samples, options) = (from_js("num_samples", num_samples)?, or_default("options", options)?);
        count(&[samples], 8)?;
        let mut weights = read_drawn("weights", weights)?;
        Ok(to_js(&weights.multinomial::<Wholes>(samples, &options, &self.0)?))
    }
}

/// The draws that give a tensor, of which wasm-bindgen writes no types.
macro_rules! draws {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) by |$stream:ident| $drawn:expr;)*) => {
        #[wasm_bindgen]
        impl Generator {
            $($(#[$doc])*
            ///
            /// # Errors
            /// `ArgumentError`, `TooLargeError`, and `DrawError` for what cannot be drawn.
            #[wasm_bindgen(skip_typescript)]
            pub fn $name(&self, $($argument: $type),*) -> Result<JsValue, Thrown> {
                let $stream = &self.0;
                Ok($drawn)
            })*
        }
    };
}

draws! {
    /// `torch.rand(shape)`.
    rand(shape: &JsValue, options: Option<JsValue>) by |stream| drawn(shape, options, Fill::Uniform(0.0, 1.0), stream)?;
    /// `torch.randn(shape)`.
    randn(shape: &JsValue, options: Option<JsValue>) by |stream| drawn(shape, options, Fill::Normal(0.0, 1.0), stream)?;
    /// `torch.normal(mean, std)`.
    normal(mean: &JsValue, std: &JsValue) by |stream| {
        let (mut mean, std) = (read_drawn("mean", mean)?, read_drawn("std", std)?);
        mean.normal(&std, stream)?;
        drawn_to_js(mean)
    };
    /// `torch.bernoulli(p)`.
    bernoulli(p: &JsValue) by |stream| {
        let mut p = read_drawn("p", p)?;
        p.bernoulli(stream)?;
        drawn_to_js(p)
    };
    /// `nn.functional.dropout(tensor, p)`.
    dropout(tensor: &JsValue, p: Option<f64>) by |stream| {
        let mut drawn = read_drawn("tensor", tensor)?;
        drawn.drop_out(p.unwrap_or(0.5), stream)?;
        drawn_to_js(drawn)
    };
    /// `tensor.uniform_`: fills the tensor and gives it back.
    uniform_(tensor: JsValue, from: Option<f64>, to: Option<f64>) by |stream|
        filled(tensor, Fill::Uniform(from.unwrap_or(0.0), to.unwrap_or(1.0)), stream)?;
    /// `tensor.normal_`: fills the tensor and gives it back.
    normal_(tensor: JsValue, mean: Option<f64>, std: Option<f64>) by |stream|
        filled(tensor, Fill::Normal(mean.unwrap_or(0.0), std.unwrap_or(1.0)), stream)?;
    /// `tensor.bernoulli_`: fills the tensor and gives it back.
    bernoulli_(tensor: JsValue, p: Option<f64>) by |stream| filled(tensor, Fill::Bernoulli(p.unwrap_or(0.5)), stream)?;
    /// `tensor.exponential_`: fills the tensor and gives it back.
    exponential_(tensor: JsValue, lambd: Option<f64>) by |stream|
        filled(tensor, Fill::Exponential(lambd.unwrap_or(1.0)), stream)?;
}

impl From<Generator> for SharedStream {
    fn from(generator: Generator) -> SharedStream {
        generator.0
    }
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

/// A new tensor.
fn drawn(
    shape: &JsValue,
    options: Option<JsValue>,
    fill: Fill,
    stream: &SharedStream,
) -> Result<JsValue, Thrown> {
    let options = or_default("options", options)?;
    Ok(drawn_to_js(Drawn::new(from_js("shape", shape)?, &options, fill, stream)?))
}

/// A tensor that is there, with other elements where they were read.
fn filled(tensor: JsValue, fill: Fill, stream: &SharedStream) -> Result<JsValue, Thrown> {
    let mut drawn = read_drawn("tensor", &tensor)?;
    drawn.fill(fill, stream)?;
    let Js(array) = Js(tensor.clone()).field("data");
    match &drawn.data {
        Elements::Single(elements) => array.unchecked_ref::<Float32Array>().copy_from(elements),
        Elements::Double(elements) => array.unchecked_ref::<Float64Array>().copy_from(elements),
    }
    Ok(tensor)
}

/// `{shape, data}` of either type.
#[derive(Deserialize)]
struct AnyTensor {
    shape: Vec<usize>,
    data: Js,
}

/// A copy of the elements of `{shape, data}`.
fn read_drawn(argument: &str, tensor: &JsValue) -> Result<Drawn, Thrown> {
    let AnyTensor { shape, data: Js(data) } = from_js(argument, tensor)?;
    let data = if let Some(array) = data.dyn_ref::<Float32Array>() {
        count(&[array.length() as usize], f32::BYTES)?;
        Elements::Single(array.to_vec())
    } else if let Some(array) = data.dyn_ref::<Float64Array>() {
        count(&[array.length() as usize], f64::BYTES)?;
        Elements::Double(array.to_vec())
    } else {
        let problem = "data is neither a Float32Array nor a Float64Array";
        return Err(Fault::argument(argument, problem).into());
    };
    Ok(Drawn::of(argument, shape, data)?)
}

/// `{shape, data}` of either type.
fn drawn_to_js(Drawn { shape, data }: Drawn) -> JsValue {
    match data {
        Elements::Single(elements) => to_js(&TensorData { shape, data: Floats::of(&elements) }),
        Elements::Double(elements) => to_js(&DoubleTensor { shape, data: Doubles::of(&elements) }),
    }
}

#[wasm_bindgen]
extern "C" {
    /// A `Generator` that stands in an object, from which only JavaScript can take it.
    type AnyGenerator;

    #[wasm_bindgen(method, catch, js_name = sharedHandle)]
    fn shared_handle(this: &AnyGenerator) -> Result<JsValue, Thrown>;
}
