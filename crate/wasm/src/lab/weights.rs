//! Files of weights: read for the playground's module, written from it.

use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::{argument_error, from_value};
use super::super::object::PlainObject;
use super::super::pass::{replace_parameters, seeded, thrown, whole};
use super::value;
use gru_playground::call::{Argument, Call};
use gru_playground::diagnostic::diagnose;
use gru_playground::gru::Gru;
use gru_playground::weights::{self, Signature};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** What a file of weights holds for a module, or why it is refused. */
export interface WeightsFound {
    refusal: Diagnostic | null;
    report: Report | null;
    /** Every parameter in PyTorch's order, one after the other; null unless they can be used. */
    weights: Float32Array | null;
}

/** A file that can be written. */
export type WeightsFormat = 'safetensors' | 'onnx' | 'python';
";

/// Why a file of so many bytes is not read at all; null for one that is.
#[wasm_bindgen(js_name = refuseWeights, unchecked_return_type = "Diagnostic | null")]
pub fn refuse_weights(bytes: f64) -> JsValue {
    match weights::accepts_size(bytes as u64) {
        Ok(()) => JsValue::NULL,
        Err(error) => value::write(&error.diagnostic()),
    }
}

/// What a file holds for the module of a call.
///
/// # Errors
/// `ArgumentError` for what is no call.
#[wasm_bindgen(js_name = readWeights, unchecked_return_type = "WeightsFound")]
pub fn read_weights(
    bytes: &[u8],
    name: &str,
    #[wasm_bindgen(unchecked_param_type = "Call")] call: JsValue,
    prefix: Option<String>,
) -> Result<JsValue, JsValue> {
    let call = from_value::<Call>("call", &call)?;
    let (mut refusal, mut report, mut numbers) = (JsValue::NULL, JsValue::NULL, JsValue::NULL);
    match weights::open(bytes) {
        Err(error) => refusal = value::write(&error.diagnostic()),
        Ok(file) => {
            let (found, weights) = weights::report(&file, &call, prefix.as_deref(), name);
            report = value::write(&found);
            if let Some(weights) = weights {
                numbers = joined(&weights);
            }
        }
    }
    let found = PlainObject::new();
    found.set("refusal", refusal);
    found.set("report", report);
    found.set("weights", numbers);
    Ok(found.into())
}

/// All numbers, one tensor after the other.
fn joined(weights: &weights::Weights) -> JsValue {
    let count: usize = weights.iter().map(|(_, tensor)| tensor.len()).sum();
    let all = Float32Array::new_with_length(count as u32);
    let mut start = 0;
    for (_, tensor) in weights {
        let numbers = tensor.as_slice().expect("what the core gives is contiguous");
        all.subarray(start, start + numbers.len() as u32).copy_from(numbers);
        start += numbers.len() as u32;
    }
    all.into()
}

/// A file with the weights of a call's module: those given, or those that the seed draws.
///
/// # Errors
/// `ArgumentError` for arguments that are none, a call whose module cannot be built among them, `ShapeError` for weights
/// of another module, `TooLargeError` beyond 512 MB.
#[wasm_bindgen(js_name = writeWeights, unchecked_return_type = "Uint8Array<ArrayBuffer>")]
pub fn write_weights(
    #[wasm_bindgen(unchecked_param_type = "WeightsFormat")] format: &str,
    #[wasm_bindgen(unchecked_param_type = "Call")] call: JsValue,
    seed: f64,
    weights: Option<Vec<f32>>,
) -> Result<Uint8Array, JsValue> {
    let call = from_value::<Call>("call", &call)?;
    let config =
        diagnose(&call).module.ok_or_else(|| argument_error("call", "PyTorch does not build its module"))?;
    let mut gru = Gru::new(config, &mut seeded(seed)?).map_err(thrown)?;
    if let Some(weights) = weights {
        replace_parameters(&mut gru, &weights)?;
    }
    let bytes = match format {
        "safetensors" => weights::to_safetensors(gru.state_dict()),
        "onnx" => {
            let batched = matches!(&call.input, Argument::Tensor(input) if input.shape.rank() == 3);
            let signature = Signature { batched, h_0: call.h_0.is_some() };
            weights::onnx(&gru, signature)
        }
        "python" => weights::python_file(&call, Some(whole(seed)?), gru.state_dict()).into_bytes(),
        other => return Err(argument_error("format", other)),
    };
    Ok(Uint8Array::from(bytes.as_slice()))
}
