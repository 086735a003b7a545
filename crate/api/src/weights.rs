//! Files of weights: read for the playground's module, written from it.

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::generator::Seed;
use gru_playground::call::{Argument, Call};
use gru_playground::diagnostic::{Diagnostic, diagnose};
use gru_playground::gru::Gru;
use gru_playground::gru::layout::Named;
use gru_playground::weights::{self, Report, Signature};

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

/// What a file holds for the module of a call; `joined` puts its tensors one after the other.
pub fn read_weights<A>(
    bytes: &[u8],
    name: &str,
    call: &Call,
    prefix: Option<&str>,
    joined: impl FnOnce(&Named<f32>) -> A,
) -> WeightsFound<A> {
    match weights::open(bytes) {
        Err(error) => WeightsFound { refusal: Some(error.diagnostic()), report: None, weights: None },
        Ok(file) => {
            let (report, weights) = weights::report(&file, call, prefix, name);
            WeightsFound { refusal: None, report: Some(report), weights: weights.as_ref().map(joined) }
        }
    }
}

/// A file with the weights of a call's module: those given, or those that the seed draws.
///
/// # Errors
/// `ArgumentError` for a call whose module cannot be built, `ShapeError` for weights of another module, `TooLargeError`
/// beyond 512 MB.
pub fn write_weights(
    format: &WeightsFormat,
    call: &Call,
    seed: Seed,
    weights: Option<&[f32]>,
) -> Result<Vec<u8>, Fault> {
    let config = diagnose(call).module;
    let config = config.ok_or_else(|| Fault::argument("call", "PyTorch does not build its module"))?;
    let Seed(number) = seed;
    let mut gru = Gru::new(config, &mut seed.stream())?;
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
