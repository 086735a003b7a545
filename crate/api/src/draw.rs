//! Tensors of either type of float, which random numbers go into.

use serde::Deserialize;

use crate::fault::Fault;
use crate::generator::SharedStream;
use crate::tensor::{IntegerTensor, TypedArray, count};
use gru_playground::gru::Real;
use gru_playground::rng::{self, DrawError, TorchGenerator};

/// An element type that random numbers have.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FloatDtype {
    /// `torch.float32`.
    #[default]
    Float32,
    /// `torch.float64`.
    Float64,
}

/// What a new tensor is to be.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DrawOptions {
    /// By default float32.
    pub dtype: FloatDtype,
}

/// How indices are drawn.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MultinomialOptions {
    /// Whether an index may be drawn again; false by default.
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub replacement: bool,
}

/// A tensor's elements.
pub struct Drawn {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// As many as they say.
    pub data: Elements,
}

/// Elements of either type.
pub enum Elements {
    /// `torch.float32`.
    Single(Vec<f32>),
    /// `torch.float64`.
    Double(Vec<f64>),
}

/// Does the same to elements of either type.
macro_rules! drawn {
    ($elements:expr, |$each:ident| $draw:expr) => {
        match $elements {
            Elements::Single($each) => $draw,
            Elements::Double($each) => $draw,
        }
    };
}

impl Elements {
    /// How many there are.
    pub fn count(&self) -> usize {
        drawn!(self, |each| each.len())
    }
}

/// A draw into a tensor that is there.
#[derive(Debug, Clone, Copy)]
pub enum Fill {
    /// `uniform_(from, to)`.
    Uniform(f64, f64),
    /// `normal_(mean, std)`.
    Normal(f64, f64),
    /// `bernoulli_(p)`.
    Bernoulli(f64),
    /// `exponential_(lambd)`.
    Exponential(f64),
}

impl Fill {
    fn draw<T: Real>(self, elements: &mut [T], stream: &mut TorchGenerator) -> Result<(), DrawError>
    where
        TorchGenerator: rng::Generator<T>,
    {
        match self {
            Fill::Uniform(from, to) => stream.fill_uniform(from, to, elements),
            Fill::Normal(mean, std) => stream.fill_normal_by(mean, std, elements),
            Fill::Bernoulli(p) => stream.fill_bernoulli(p, elements),
            Fill::Exponential(lambd) => stream.fill_exponential(lambd, elements),
        }
    }
}

impl Drawn {
    /// A tensor with these elements.
    ///
    /// # Errors
    /// `ArgumentError` where they do not fill the shape.
    pub fn of(argument: &str, shape: Vec<usize>, data: Elements) -> Result<Self, Fault> {
        if count(&shape, 1)? != data.count() {
            return Err(Fault::argument(argument, "its elements do not fill its shape"));
        }
        Ok(Drawn { shape, data })
    }

    /// A new tensor of random numbers.
    ///
    /// # Errors
    /// `TooLargeError`.
    pub fn new(
        shape: Vec<usize>,
        options: &DrawOptions,
        fill: Fill,
        stream: &SharedStream,
    ) -> Result<Self, Fault> {
        let data = match options.dtype {
            FloatDtype::Float32 => Elements::Single(vec![0.0; count(&shape, f32::BYTES)?]),
            FloatDtype::Float64 => Elements::Double(vec![0.0; count(&shape, f64::BYTES)?]),
        };
        let mut drawn = Drawn { shape, data };
        drawn.fill(fill, stream)?;
        Ok(drawn)
    }

    /// Fills it with random numbers.
    ///
    /// # Errors
    /// `DrawError`.
    pub fn fill(&mut self, fill: Fill, stream: &SharedStream) -> Result<(), Fault> {
        Ok(drawn!(&mut self.data, |each| fill.draw(each, &mut stream.borrow()))?)
    }

    /// `torch.normal(mean, std)`: this is the mean, and becomes what is drawn.
    ///
    /// # Errors
    /// `ArgumentError` for tensors of two shapes or types, `DrawError`.
    pub fn normal(&mut self, std: &Drawn, stream: &SharedStream) -> Result<(), Fault> {
        let drawn = match (&mut self.data, &std.data) {
            _ if self.shape != std.shape => None,
            (Elements::Single(means), Elements::Single(stds)) => Some(stream.borrow().normal_of(means, stds)),
            (Elements::Double(means), Elements::Double(stds)) => Some(stream.borrow().normal_of(means, stds)),
            _ => None,
        };
        Ok(drawn.ok_or_else(|| Fault::argument("std", "not of the shape and type of mean"))??)
    }

    /// `torch.bernoulli(p)`: this is p, and becomes ones and zeros.
    ///
    /// # Errors
    /// `DrawError`.
    pub fn bernoulli(&mut self, stream: &SharedStream) -> Result<(), Fault> {
        Ok(drawn!(&mut self.data, |each| stream.borrow().bernoulli_of(each))?)
    }

    /// `nn.functional.dropout(tensor, p)`: multiplies by zeros and by `1 / (1 - p)`.
    ///
    /// # Errors
    /// `DrawError`.
    pub fn drop_out(&mut self, p: f64, stream: &SharedStream) -> Result<(), Fault> {
        Ok(drawn!(&mut self.data, |each| drop_out(each, p, &mut stream.borrow()))?)
    }

    /// `torch.multinomial(weights, num_samples, replacement)`: this is one row of weights.
    ///
    /// # Errors
    /// `ArgumentError`, `DrawError`.
    pub fn multinomial<A: TypedArray<i64>>(
        &mut self,
        num_samples: usize,
        options: &MultinomialOptions,
        stream: &SharedStream,
    ) -> Result<IntegerTensor<A>, Fault> {
        if self.shape.len() != 1 {
            return Err(Fault::argument("weights", "not one row"));
        }
        let replacement = options.replacement;
        let indices =
            drawn!(&mut self.data, |each| stream.borrow().multinomial(each, num_samples, replacement))?;
        Ok(IntegerTensor { shape: vec![num_samples], data: A::of(&indices) })
    }
}

/// `torch.randint(low, high, shape)`: whole numbers from `low` to below `high`.
///
/// # Errors
/// `DrawError`, `TooLargeError`.
pub fn integers<A: TypedArray<i64>>(
    low: i64,
    high: i64,
    shape: Vec<usize>,
    stream: &SharedStream,
) -> Result<IntegerTensor<A>, Fault> {
    let mut elements = vec![0; count(&shape, 8)?];
    stream.borrow().fill_randint(low, high, &mut elements)?;
    Ok(IntegerTensor { shape, data: A::of(&elements) })
}

/// `torch.randperm(n)`: every whole number below n, shuffled.
///
/// # Errors
/// `TooLargeError`.
pub fn permutation<A: TypedArray<i64>>(n: usize, stream: &SharedStream) -> Result<IntegerTensor<A>, Fault> {
    let mut elements = vec![0; count(&[n], 8)?];
    stream.borrow().fill_randperm(&mut elements);
    Ok(IntegerTensor { shape: vec![n], data: A::of(&elements) })
}

fn drop_out<T: Real>(elements: &mut [T], p: f64, stream: &mut TorchGenerator) -> Result<(), DrawError>
where
    TorchGenerator: rng::Generator<T>,
{
    let mut kept = vec![T::zero(); elements.len()];
    stream.fill_dropout(p, &mut kept)?;
    elements.iter_mut().zip(kept).for_each(|(element, kept)| *element *= kept);
    Ok(())
}
