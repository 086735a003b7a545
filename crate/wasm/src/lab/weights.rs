//! Files of weights: read for the playground's module, written from it.

use api::weights;
use js_sys::Uint8Array;

use super::prelude::*;
use gru_playground::call::Call;
use gru_playground::weights::accepts_size;

/// Why a file of so many bytes is not read at all; null for one that is.
#[wasm_bindgen(js_name = refuseWeights)]
pub fn refuse_weights(bytes: f64) -> ts::DiagnosticOrNull {
    to_js(&accepts_size(bytes as u64).err().map(|error| error.diagnostic()))
}

/// What a file holds for the module of a call; a seed draws what an ONNX model is held against `nn.GRU` on.
///
/// # Errors
/// `ArgumentError` for what is no call, or no seed.
#[wasm_bindgen(js_name = readWeights)]
pub fn read_weights(
    bytes: &[u8],
    name: &str,
    call: &ts::Call,
    prefix: Option<String>,
    seed: Option<ts::Whole>,
) -> Result<ts::WeightsFound, Thrown> {
    let (call, seed) = (from_js("call", call)?, or_default("seed", seed)?);
    Ok(to_js(&weights::read_weights::<Floats>(bytes, name, &call, prefix.as_deref(), seed)))
}

/// A file with the weights of a call's module: those given, or those that the seed draws, of which it keeps those of the call `before`
/// where there is one.
///
/// # Errors
/// `ArgumentError` for arguments that are none, a call whose module cannot be built among them, `ShapeError` for weights
/// of another module, `TooLargeError` beyond 512 MB.
#[wasm_bindgen(js_name = writeWeights, unchecked_return_type = "Uint8Array<ArrayBuffer>")]
pub fn write_weights(
    format: &ts::WeightsFormat,
    call: &ts::Call,
    seed: &ts::Whole,
    weights: Option<Vec<f32>>,
    before: Option<ts::Call>,
) -> Result<Uint8Array, Thrown> {
    let (call, seed, format) = (from_js("call", call)?, from_js("seed", seed)?, from_js("format", format)?);
    let before: Option<Call> = or_default("before", before)?;
    let bytes = weights::write_weights(&format, &call, seed, weights.as_deref(), before.as_ref())?;
    Ok(Uint8Array::from(bytes.as_slice()))
}
