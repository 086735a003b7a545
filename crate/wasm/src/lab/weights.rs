//! Files of weights: read for the playground's module, written from it.

use js_sys::{Float32Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{Thrown, argument_error};
use crate::js::{from_js, to_js};
use crate::seed::Seed;
use crate::tensor::{Floats, replace_parameters};
use gru_playground::call::{Argument, Call};
use gru_playground::diagnostic::{Diagnostic, diagnose};
use gru_playground::gru::Gru;
use gru_playground::gru::layout::Named;
use gru_playground::rng::TorchGenerator;
use gru_playground::weights::{self, Report, Signature};

/// What a file of weights holds for a module, or why it is refused.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WeightsFound {
    /// Why it is refused.
    pub refusal: Option<Diagnostic>,
    /// What was found, and how it fits.
    pub report: Option<Report>,
    /// Every parameter in `PyTorch`'s order, one after the other; null unless they can be used.
    pub weights: Option<Floats>,
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

/// Why a file of so many bytes is not read at all; null for one that is.
#[wasm_bindgen(js_name = refuseWeights, unchecked_return_type = "Diagnostic | null")]
pub fn refuse_weights(bytes: f64) -> JsValue {
    to_js(&weights::accepts_size(bytes as u64).err().map(|error| error.diagnostic()))
}

/// What a file holds for the module of a call.
///
/// # Errors
/// `ArgumentError` for what is no call.
#[wasm_bindgen(js_name = readWeights, unchecked_return_type = "WeightsFound")]
pub fn read_weights(
    bytes: &[u8],
    name: &str,
    #[wasm_bindgen(unchecked_param_type = "Call")] call: &JsValue,
    prefix: Option<String>,
) -> Result<JsValue, Thrown> {
    let call: Call = from_js("call", call)?;
    let found = match weights::open(bytes) {
        Err(error) => WeightsFound { refusal: Some(error.diagnostic()), ..WeightsFound::default() },
        Ok(file) => {
            let (report, weights) = weights::report(&file, &call, prefix.as_deref(), name);
            let weights = weights.as_ref().map(joined);
            WeightsFound { refusal: None, report: Some(report), weights }
        }
    };
    Ok(to_js(&found))
}

/// All numbers, one tensor after the other.
fn joined(weights: &Named<f32>) -> Floats {
    let count: usize = weights.iter().map(|(_, tensor)| tensor.len()).sum();
    let all = Float32Array::new_with_length(count as u32);
    let mut start = 0;
    for (_, tensor) in weights {
        let numbers = tensor.as_slice().expect("what the core gives is contiguous");
        all.subarray(start, start + numbers.len() as u32).copy_from(numbers);
        start += numbers.len() as u32;
    }
    Floats(all)
}

/// A file with the weights of a call's module: those given, or those that the seed draws.
///
/// # Errors
/// `ArgumentError` for arguments that are none, a call whose module cannot be built among them, `ShapeError` for weights
/// of another module, `TooLargeError` beyond 512 MB.
#[wasm_bindgen(js_name = writeWeights, unchecked_return_type = "Uint8Array<ArrayBuffer>")]
pub fn write_weights(
    #[wasm_bindgen(unchecked_param_type = "WeightsFormat")] format: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Call")] call: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "number | bigint")] seed: &JsValue,
    weights: Option<Vec<f32>>,
) -> Result<Uint8Array, Thrown> {
    let call: Call = from_js("call", call)?;
    let config =
        diagnose(&call).module.ok_or_else(|| argument_error("call", "PyTorch does not build its module"))?;
    let Seed(seed) = from_js("seed", seed)?;
    let mut gru = Gru::new(config, &mut TorchGenerator::new(seed as u64))?;
    if let Some(weights) = weights {
        replace_parameters(&mut gru, &weights)?;
    }
    let bytes = match from_js("format", format)? {
        WeightsFormat::Safetensors => weights::to_safetensors(gru.state_dict()),
        WeightsFormat::Onnx => {
            let batched = matches!(&call.input, Argument::Tensor(input) if input.shape.rank() == 3);
            let signature = Signature { batched, h_0: call.h_0.is_some() };
            weights::onnx(&gru, signature)
        }
        WeightsFormat::Python => weights::python_file(&call, Some(seed), gru.state_dict()).into_bytes(),
    };
    Ok(Uint8Array::from(bytes.as_slice()))
}
