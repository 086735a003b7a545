//! Files of weights: read for the playground's module, written from it.

use ndarray::ArrayD;
use serde::{Deserialize, Serialize, Serializer};

use crate::fault::Fault;
use crate::generator::Seed;
use crate::kept::{KeptView, kept_module};
use crate::tensor::TypedArray;
use gru_playground::call::{Argument, Call};
use gru_playground::cost::{Cost, LIMIT_BYTES};
use gru_playground::diagnostic::{Diagnostic, RunPlan, diagnose};
use gru_playground::gru::layout::Named;
use gru_playground::gru::sequence::Layout;
use gru_playground::gru::{Gru, Real as _};
use gru_playground::weights::{self, Report, RnnEquations, Signature};

/// The most multiply-adds for which two GRUs are compared: about a second's.
const COMPARED: u64 = 1_000_000_000;

/// What a file of weights holds for a module, or why it is refused.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct WeightsFound<A> {
    /// Why it is refused.
    pub refusal: Option<Diagnostic>,
    /// What was found, and how it fits.
    pub report: Option<Report>,
    /// Every parameter in `PyTorch`'s order, one after the other; null unless they can be used.
    pub weights: Option<A>,
    /// How far the GRU of an ONNX model is from `nn.GRU` with the same weights on the input that the seed draws: the largest
    /// difference of any number of output and `h_n`; null where the equations are `nn.GRU`'s, or nothing was computed.
    pub distance: Option<f32>,
    /// An ONNX model of another GRU with the equations of `nn.GRU`; null for all other files.
    #[serde(serialize_with = "as_bytes")]
    #[cfg_attr(test, ts(type = "Uint8Array<ArrayBuffer> | null"))]
    pub mended: Option<Vec<u8>>,
}

/// Bytes, which cross as a `Uint8Array`.
#[expect(clippy::ref_option, reason = "serde hands the field as it is")]
fn as_bytes<S: Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    match bytes {
        Some(bytes) => serializer.serialize_bytes(bytes),
        None => serializer.serialize_none(),
    }
}

/// A file that can be written.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum WeightsFormat {
    /// `safetensors`.
    Safetensors,
    /// An ONNX model.
    Onnx,
    /// A Python script.
    Python,
}

/// What a file holds for the module of a call, its tensors one after the other. With a seed, the GRU of an ONNX model is held
/// against `nn.GRU` on what the call draws.
pub fn read_weights<A: TypedArray<f32>>(
    bytes: &[u8],
    name: &str,
    call: &Call,
    prefix: Option<&str>,
    seed: Option<Seed>,
) -> WeightsFound<A> {
    let file = match weights::open(bytes) {
        Ok(file) => file,
        Err(error) => {
            let refusal = Some(error.diagnostic());
            return WeightsFound { refusal, report: None, weights: None, distance: None, mended: None };
        }
    };
    let (report, weights) = weights::report(&file, call, prefix, name);
    let is_other = report.equations == Some(RnnEquations::ResetFirst);
    let compared = weights.as_ref().zip(seed).filter(|_| is_other);
    WeightsFound {
        refusal: None,
        weights: weights.as_ref().map(|weights| {
            let numbers: Vec<f32> = weights.iter().flat_map(|(_, tensor)| tensor.iter().copied()).collect();
            A::of(&numbers)
        }),
        distance: compared.and_then(|(weights, seed)| distance(call, seed, weights)),
        mended: weights::mended_onnx(bytes),
        report: Some(report),
    }
}

/// How far the GRU whose reset gate acts before the product is from `nn.GRU`, on what a legal call draws.
fn distance(call: &Call, seed: Seed, weights: &Named<f32>) -> Option<f32> {
    let RunPlan { config, input_shape, h_0_shape } = RunPlan::of(call, &diagnose(call)).ok()?;
    let layout = Layout::of_input(&config, &input_shape).ok()?;
    let cost = Cost::of(&config, layout.steps as u64, layout.batch.max(1) as u64, f32::BYTES);
    cost.forward_bytes().within(LIMIT_BYTES).ok()?;
    cost.multiply_adds.total().within(COMPARED).ok()?;
    let mut generator = seed.stream();
    // The module is drawn before its input.
    drop(Gru::<f32>::new(config.clone(), &mut generator).ok()?);
    let input: ArrayD<f32> = generator.randn(input_shape);
    let h_0: Option<ArrayD<f32>> = h_0_shape.map(|shape| generator.randn(shape));
    let views = weights.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
    let gru = Gru::from_state_dict(config, views).ok()?;
    weights::distance_from_torch(gru, input.view(), h_0.as_ref().map(|h_0| h_0.view())).ok()
}

/// A file with the weights of a call's module: those given, or those that the seed draws, of which it keeps those of the call
/// `before` where there is one.
///
/// # Errors
/// `ArgumentError` for a call whose module cannot be built, `ShapeError` for weights of another module, `TooLargeError`
/// beyond 512 MB.
pub fn write_weights(
    format: &WeightsFormat,
    call: &Call,
    seed: Seed,
    weights: Option<&[f32]>,
    before: Option<&Call>,
) -> Result<Vec<u8>, Fault> {
    let config = diagnose(call).module;
    let config = config.ok_or_else(|| Fault::argument("call", "PyTorch does not build its module"))?;
    let Seed(number) = seed;
    let kept = before.filter(|_| weights.is_none());
    if let (Some(before), WeightsFormat::Python) = (kept, format) {
        return Ok(KeptView::of(before, call, seed)?.program().into_bytes());
    }
    let mut gru = match kept {
        Some(before) => kept_module(before, call, seed)?,
        None => Gru::new(config, &mut seed.stream())?,
    };
    if let Some(weights) = weights {
        replace_parameters(&mut gru, weights)?;
    }
    Ok(match format {
        WeightsFormat::Safetensors => weights::to_safetensors(gru.state_dict()),
        WeightsFormat::Onnx => {
            let batched = matches!(&call.input, Argument::Tensor(input) if input.shape.rank() == 3);
            let signature = Signature { batched, h_0: call.h_0.is_some() };
            weights::onnx(&gru, signature)
        }
        WeightsFormat::Python => weights::python_file(call, Some(number), gru.state_dict()).into_bytes(),
    })
}

/// Gives a module other weights, one tensor after the other in `PyTorch`'s order.
pub(crate) fn replace_parameters(gru: &mut Gru<f32>, weights: &[f32]) -> Result<(), Fault> {
    let mut rest = weights;
    for parameter in gru.parameters_mut() {
        let Some((numbers, after)) = rest.split_at_checked(parameter.len()) else {
            return Err(Fault::new("ShapeError", &"the weights given are fewer than the module's"));
        };
        parameter.copy_from_slice(numbers);
        rest = after;
    }
    if rest.is_empty() {
        Ok(())
    } else {
        Err(Fault::new("ShapeError", &"the weights given are more than the module's"))
    }
}
