//! `Generator`: `torch.manual_seed`'s stream and all that is drawn from it.

use std::cell::{RefCell, RefMut};
use std::rc::Rc;

use wasm_bindgen::convert::TryFromJsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::super::convert::{argument_error, from_value, number_array};
use super::super::object::PlainObject;
use super::super::read::is_nothing;
use super::super::write::Writer;
use super::draw::{Draw, Elements, Width};
use super::faults::{of_draw, within_limit};
use super::integers::{integer, integer_tensor, seed, size};
use gru_playground::cost::Count;
use gru_playground::rng::TorchGenerator;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** A tensor that random numbers go into or depend on; they have its type. */
export type FloatTensor = TensorData | DoubleTensor;

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

/** Where random numbers come from: `torch.manual_seed(seed)`, by default 0, or a stream that goes on afterwards. */
export interface Init { seed?: number | bigint; generator?: Generator }
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
        #[wasm_bindgen(unchecked_param_type = "number | bigint")] seed: JsValue,
    ) -> Result<Generator, JsValue> {
        Ok(Generator(Rc::new(RefCell::new(seeded(&seed)?))))
    }

    /// `torch.manual_seed(seed)`: begins anew.
    ///
    /// # Errors
    /// `ArgumentError` for what is no seed.
    #[wasm_bindgen(js_name = manualSeed)]
    pub fn manual_seed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number | bigint")] seed: JsValue,
    ) -> Result<(), JsValue> {
        *self.stream() = seeded(&seed)?;
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
    pub fn rand(&self, shape: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
        self.tensor(&shape, &options, &Draw::Uniform { low: 0.0, high: 1.0 })
    }

    /// `torch.randn(shape)`.
    ///
    /// # Errors
    /// `ArgumentError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn randn(&self, shape: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
        self.tensor(&shape, &options, &Draw::Normal { mean: 0.0, std: 1.0 })
    }

    /// `torch.randint(low, high, shape)`: whole numbers from `low` to below `high`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(unchecked_return_type = "IntegerTensor")]
    pub fn randint(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number | bigint")] low: JsValue,
        #[wasm_bindgen(unchecked_param_type = "number | bigint")] high: JsValue,
        #[wasm_bindgen(unchecked_param_type = "readonly number[]")] shape: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (low, high) = (integer("low", &low)?, integer("high", &high)?);
        let shape: Vec<usize> = from_value("shape", &shape)?;
        let mut elements = vec![0; count(&shape, 8)?];
        self.stream().fill_randint(low, high, &mut elements).map_err(of_draw)?;
        Ok(integer_tensor(&shape, &elements))
    }

    /// `torch.randperm(n)`: every whole number below n, shuffled.
    ///
    /// # Errors
    /// `ArgumentError`, `TooLargeError`.
    #[wasm_bindgen(unchecked_return_type = "IntegerTensor")]
    pub fn randperm(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] n: JsValue,
    ) -> Result<JsValue, JsValue> {
        let n = size("n", &n)?;
        let mut elements = vec![0; count(&[n], 8)?];
        self.stream().fill_randperm(&mut elements);
        Ok(integer_tensor(&[n], &elements))
    }

    /// `tensor.uniform_(from, to)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn uniform_(&self, tensor: JsValue, from: Option<f64>, to: Option<f64>) -> Result<JsValue, JsValue> {
        self.fill(tensor, &Draw::Uniform { low: from.unwrap_or(0.0), high: to.unwrap_or(1.0) })
    }

    /// `tensor.normal_(mean, std)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn normal_(&self, tensor: JsValue, mean: Option<f64>, std: Option<f64>) -> Result<JsValue, JsValue> {
        self.fill(tensor, &Draw::Normal { mean: mean.unwrap_or(0.0), std: std.unwrap_or(1.0) })
    }

    /// `tensor.bernoulli_(p)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn bernoulli_(&self, tensor: JsValue, p: Option<f64>) -> Result<JsValue, JsValue> {
        self.fill(tensor, &Draw::Bernoulli { p: p.unwrap_or(0.5) })
    }

    /// `tensor.exponential_(lambd)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn exponential_(&self, tensor: JsValue, lambd: Option<f64>) -> Result<JsValue, JsValue> {
        self.fill(tensor, &Draw::Exponential { rate: lambd.unwrap_or(1.0) })
    }

    /// `torch.normal(mean, std)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn normal(&self, mean: JsValue, std: JsValue) -> Result<JsValue, JsValue> {
        let std = Elements::read("std", &std)?;
        self.copied("mean", &mean, &Draw::NormalOf { std })
    }

    /// `torch.bernoulli(p)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn bernoulli(&self, p: JsValue) -> Result<JsValue, JsValue> {
        self.copied("p", &p, &Draw::BernoulliOf)
    }

    /// `nn.functional.dropout(tensor, p)`.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(skip_typescript)]
    pub fn dropout(&self, tensor: JsValue, p: Option<f64>) -> Result<JsValue, JsValue> {
        self.copied("tensor", &tensor, &Draw::Dropout { p: p.unwrap_or(0.5) })
    }

    /// `torch.multinomial(weights, num_samples, replacement)` of one row of weights.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`, `TooLargeError`.
    #[wasm_bindgen(unchecked_return_type = "IntegerTensor")]
    pub fn multinomial(
        &self,
        #[wasm_bindgen(unchecked_param_type = "FloatTensor")] weights: JsValue,
        #[wasm_bindgen(unchecked_param_type = "number")] num_samples: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "{ replacement?: boolean }")] options: Option<
            js_sys::Object,
        >,
    ) -> Result<JsValue, JsValue> {
        let num_samples = size("num_samples", &num_samples)?;
        count(&[num_samples], 8)?;
        let replacement = options.map(|options| options.unchecked_ref::<PlainObject>().get("replacement"));
        let replacement = replacement.is_some_and(|value| value.is_truthy());
        let elements = Elements::read("weights", &weights)?;
        if elements.shape.len() != 1 {
            return Err(argument_error("weights", "not one row"));
        }
        let indices = elements.multinomial(num_samples, replacement, &mut self.stream());
        Ok(integer_tensor(&[num_samples], &indices.map_err(of_draw)?))
    }
}

impl Generator {
    /// The stream of `{seed}` or `{generator}`; without either that of seed 0.
    pub(super) fn of_init(init: &JsValue) -> Result<Generator, JsValue> {
        if is_nothing(init) {
            return Generator::new(0.into());
        }
        if let Some(generator) = Generator::of_options(init)? {
            return Ok(generator);
        }
        let seed = init.unchecked_ref::<PlainObject>().get("seed");
        Generator::new(if seed.is_undefined() { 0.into() } else { seed })
    }

    /// The stream of `{generator}`, where there is one.
    pub(super) fn of_options(options: &JsValue) -> Result<Option<Generator>, JsValue> {
        let generator = options.unchecked_ref::<PlainObject>().get("generator");
        if is_nothing(&generator) {
            return Ok(None);
        }
        let handle = generator.unchecked_ref::<AnyGenerator>().shared_handle().ok();
        let handle = handle.and_then(|handle| Generator::try_from_js_value(handle).ok());
        handle.map(Some).ok_or_else(|| argument_error("generator", "not a Generator, or one that was freed"))
    }

    /// The stream, to draw from.
    pub(super) fn stream(&self) -> RefMut<'_, TorchGenerator> {
        self.0.borrow_mut()
    }

    /// A new tensor of a shape.
    fn tensor(&self, shape: &JsValue, options: &JsValue, draw: &Draw) -> Result<JsValue, JsValue> {
        let shape: Vec<usize> = from_value("shape", shape)?;
        let width = Width::of_options(options)?;
        let mut elements = Elements::zeros(count(&shape, width.bytes())?, shape, width);
        draw.apply(&mut elements, &mut self.stream()).map_err(of_draw)?;
        let mut writer = Writer::new("shape data ");
        writer.next(number_array(&elements.shape));
        writer.next(elements.to_js());
        Ok(writer.end())
    }

    /// A tensor filled in its place.
    fn fill(&self, tensor: JsValue, draw: &Draw) -> Result<JsValue, JsValue> {
        let mut elements = Elements::read("tensor", &tensor)?;
        draw.apply(&mut elements, &mut self.stream()).map_err(of_draw)?;
        elements.write_to(&tensor);
        Ok(tensor)
    }

    /// A new tensor made of another.
    fn copied(&self, argument: &str, tensor: &JsValue, draw: &Draw) -> Result<JsValue, JsValue> {
        let mut elements = Elements::read(argument, tensor)?;
        if let Draw::NormalOf { std } = draw
            && !std.fits(&elements)
        {
            return Err(argument_error("std", "not of the shape and type of mean"));
        }
        draw.apply(&mut elements, &mut self.stream()).map_err(of_draw)?;
        let mut writer = Writer::new("shape data ");
        writer.next(number_array(&elements.shape));
        writer.next(elements.to_js());
        Ok(writer.end())
    }
}

#[wasm_bindgen]
extern "C" {
    /// A `Generator` that stands in an object, from which only JavaScript can take it.
    type AnyGenerator;

    #[wasm_bindgen(method, catch, js_name = sharedHandle)]
    fn shared_handle(this: &AnyGenerator) -> Result<JsValue, JsValue>;
}

/// How many elements a shape has, if they fit.
pub(super) fn count(shape: &[usize], element_bytes: u64) -> Result<usize, JsValue> {
    let count = shape.iter().fold(Count::from(1_u64), |count, &size| count * Count::from(size as u64));
    within_limit(count * Count::from(element_bytes))?;
    Ok(shape.iter().product())
}

fn seeded(value: &JsValue) -> Result<TorchGenerator, JsValue> {
    Ok(TorchGenerator::new(seed(value)?))
}
