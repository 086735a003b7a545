use std::collections::BTreeMap;

use gru_playground::gru::{Gru, GruConfig, Real};
use gru_playground::rng::{Generator, TorchGenerator};
use ndarray::{Array, ArrayD, ArrayViewD};

use super::Engine;
use super::record::{Forward, Kind, Record, Rng, RngAnswer, Tensor};
use super::rng_call::{Drawn, RngCall, Width};

/// The core as native code, in f32 and in f64.
pub struct Native;

impl Engine for Native {
    const IN_DOUBLE: bool = true;

    fn answer(&mut self, record: &Record, _line: &str) -> Result<Vec<(String, Tensor)>, String> {
        match &record.kind {
            Kind::Forward(forward) => {
                let [out, h_n] = run::<f32>(forward)?;
                let [out_f64, h_n_f64] = run::<f64>(forward)?;
                let names = ["out", "h_n", "out_f64", "h_n_f64"].map(str::to_owned);
                Ok(names.into_iter().zip([out, h_n, out_f64, h_n_f64]).collect())
            }
            Kind::Backward(backward) => backward.answer(),
            Kind::Cells(cells) => cells.answer(),
            Kind::Dropout(dropout) => dropout.answer(),
            Kind::Packed(packed) => packed.answer(),
            Kind::Train(train) => train.answer(),
            Kind::Variants(variants) => variants.answer(),
            Kind::Rng(rng) => draw(rng),
        }
    }
}

/// `out` and `h_n`, computed in T.
fn run<T: Real>(forward: &Forward) -> Result<[Tensor; 2], String> {
    let mut state_dict = BTreeMap::new();
    for (name, tensor) in &forward.state_dict {
        state_dict.insert(name.clone(), array::<T>(tensor)?);
    }
    let tensors = state_dict.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
    let gru = Gru::from_state_dict(forward.config.clone(), tensors).map_err(|error| error.to_string())?;
    let input = array(&forward.input)?;
    let h_0 = forward.h_0.as_ref().map(array).transpose()?;
    let result = gru.forward(input.view(), h_0.as_ref().map(|h_0| h_0.view()));
    let result = result.map_err(|error| error.to_string())?;
    Ok([tensor(&result.output.view()), tensor(&result.h_n.view())])
}

fn draw(rng: &Rng) -> Result<Vec<(String, Tensor)>, String> {
    let seed = rng.seed.as_u64().or(rng.seed.as_i64().map(|seed| seed as u64));
    let mut generator = TorchGenerator::new(seed.ok_or("the seed is not a whole number of 64 bits")?);
    let mut answers = Vec::new();
    for (i, answer) in rng.calls.iter().enumerate() {
        let drawn = match RngCall::parse(&answer.call)? {
            RngCall::ManualSeed(seed) => {
                generator = TorchGenerator::new(seed);
                Vec::new()
            }
            RngCall::Gru(config, Width::Single) => parameters::<f32>(config, &mut generator)?,
            RngCall::Gru(config, Width::Double) => parameters::<f64>(config, &mut generator)?,
            RngCall::Randn(Drawn { shape, width: Width::Single }) => randn::<f32>(shape, &mut generator),
            RngCall::Randn(Drawn { shape, width: Width::Double }) => randn::<f64>(shape, &mut generator),
            RngCall::Rand(drawn) => uniform(drawn, [0.0, 1.0], &mut generator),
            RngCall::Uniform(drawn, bounds) => uniform(drawn, bounds, &mut generator),
            RngCall::Lab(call) => call.draw(&mut generator)?,
        };
        let named = |(name, tensor): (String, Tensor)| (RngAnswer::name(i, &answer.call, &name), tensor);
        answers.extend(drawn.into_iter().map(named));
    }
    Ok(answers)
}

fn parameters<T: Real>(
    config: GruConfig,
    generator: &mut impl Generator<T>,
) -> Result<Vec<(String, Tensor)>, String> {
    let gru = Gru::new(config, generator).map_err(|error| error.to_string())?;
    Ok(gru.state_dict().map(|(name, array)| (name, tensor(&array))).collect())
}

fn randn<T: Real>(shape: Vec<usize>, generator: &mut impl Generator<T>) -> Vec<(String, Tensor)> {
    let mut elements = vec![T::zero(); shape.iter().product()];
    generator.fill_normal(&mut elements);
    unnamed(shape, elements.into_iter().map(to_f64).collect())
}

fn uniform(drawn: Drawn, bounds: [f64; 2], generator: &mut TorchGenerator) -> Vec<(String, Tensor)> {
    let [low, high] = bounds;
    let count = drawn.shape.iter().product();
    let draw = || match drawn.width {
        Width::Single => f64::from(generator.uniform(low as f32, high as f32)),
        Width::Double => generator.uniform(low, high),
    };
    unnamed(drawn.shape, std::iter::repeat_with(draw).take(count).collect())
}

fn unnamed(shape: Vec<usize>, data: Vec<f64>) -> Vec<(String, Tensor)> {
    vec![(String::new(), Tensor { shape, data })]
}

/// The format's float32 numbers as T; the decimals are exact only as f32.
pub fn array<T: Real>(tensor: &Tensor) -> Result<ArrayD<T>, String> {
    let elements = tensor.data.iter().map(|&element| T::from_f64(f64::from(element as f32))).collect();
    Array::from_shape_vec(tensor.shape.clone(), elements)
        .map_err(|error| format!("a tensor of shape {:?}: {error}", tensor.shape))
}

pub fn tensor<T: Real>(array: &ArrayViewD<'_, T>) -> Tensor {
    Tensor { shape: array.shape().to_vec(), data: array.iter().map(|&element| to_f64(element)).collect() }
}

/// A number as the format has it.
pub fn to_f64<T: Real>(number: T) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}
