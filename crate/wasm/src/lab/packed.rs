//! `torch.nn.utils.rnn`: packing samples of different lengths.

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::generator::{count, options};
use super::tensors::{TensorData, array, tensor};
use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use gru_playground::gru::Real;
use gru_playground::packed::{PackedSequence, pack_padded_sequence, pack_sequence, pad_packed_sequence};

/// `PackedSequence`: the samples' steps, longest sample first, all first steps before all second ones.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "PackedSequence"))]
pub struct PackedData {
    /// Every step of every sample: (sum of lengths, *).
    pub data: TensorData,
    /// How many samples have each step.
    pub batch_sizes: Vec<usize>,
    /// Where each sample stood before it was sorted; null if it had to be sorted already.
    pub sorted_indices: Option<Vec<usize>>,
    /// Where each sample stands now.
    pub unsorted_indices: Option<Vec<usize>>,
}

/// Padded samples in their order before sorting, and their lengths.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PaddedData {
    /// The samples.
    pub output: TensorData,
    /// How long each is.
    pub lengths: Vec<usize>,
}

/// The options of `pack_padded_sequence` and `pack_sequence`, with `PyTorch`'s defaults.
#[derive(Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PackOptions {
    /// Whether the input is (N, L, *) instead of (L, N, *).
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub batch_first: bool,
    /// Whether the longest sample must come first already.
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub enforce_sorted: bool,
}

impl Default for PackOptions {
    fn default() -> Self {
        PackOptions { batch_first: false, enforce_sorted: true }
    }
}

/// The options of `pad_packed_sequence`, with `PyTorch`'s defaults.
#[derive(Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PadOptions {
    /// Whether the result is (N, L, *) instead of (L, N, *).
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub batch_first: bool,
    /// What stands where there is no step.
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub padding_value: f32,
    /// L, if it is more than the longest sample.
    #[cfg_attr(test, ts(optional = nullable))]
    pub total_length: Option<usize>,
}

/// `pack_padded_sequence(input, lengths, batch_first, enforce_sorted)`.
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`.
#[wasm_bindgen(js_name = packPaddedSequence, unchecked_return_type = "PackedSequence")]
pub fn pack_padded(
    #[wasm_bindgen(unchecked_param_type = "TensorData")] input: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Integers")] lengths: &JsValue,
    #[wasm_bindgen(js_name = options, unchecked_optional_param_type = "PackOptions")] value: &JsValue,
) -> Result<JsValue, Thrown> {
    let PackOptions { batch_first, enforce_sorted } = options("options", value)?;
    let (input, lengths) = (array("input", input)?, from_js::<Vec<i64>>("lengths", lengths)?);
    let packed = pack_padded_sequence(input.view(), &lengths, batch_first, enforce_sorted);
    Ok(to_js(&PackedData::of(&packed?)))
}

/// `pack_sequence(sequences, enforce_sorted)`, each of shape (its length, *).
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`, `TooLargeError` if they would not fit when padded.
#[wasm_bindgen(js_name = packSequence, unchecked_return_type = "PackedSequence")]
pub fn pack(
    #[wasm_bindgen(unchecked_param_type = "readonly TensorData[]")] sequences: &JsValue,
    #[wasm_bindgen(js_name = options, unchecked_optional_param_type = "PackOptions")] value: &JsValue,
) -> Result<JsValue, Thrown> {
    let PackOptions { enforce_sorted, .. } = options("options", value)?;
    let sequences: Vec<TensorData> = from_js("sequences", sequences)?;
    let sequences: Result<Vec<_>, Thrown> =
        sequences.iter().map(|sequence| sequence.to_array("sequences")).collect();
    let sequences = sequences?;
    let longest = sequences.iter().filter_map(|sequence| sequence.shape().first()).max();
    let features = sequences.first().into_iter().flat_map(|first| first.shape().iter().skip(1).copied());
    let padded: Vec<_> = [*longest.unwrap_or(&0), sequences.len()].into_iter().chain(features).collect();
    count(&padded, f32::BYTES)?;
    let views: Vec<_> = sequences.iter().map(|sequence| sequence.view()).collect();
    Ok(to_js(&PackedData::of(&pack_sequence(&views, enforce_sorted)?)))
}

/// `pad_packed_sequence(packed, batch_first, padding_value, total_length)`: the padded samples in their order before
/// sorting, and their lengths.
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`, `TooLargeError` beyond 512 MB.
#[wasm_bindgen(js_name = padPackedSequence, unchecked_return_type = "PaddedData")]
pub fn pad_packed(
    #[wasm_bindgen(unchecked_param_type = "PackedSequence")] packed: &JsValue,
    #[wasm_bindgen(js_name = options, unchecked_optional_param_type = "PadOptions")] value: &JsValue,
) -> Result<JsValue, Thrown> {
    let PadOptions { batch_first, padding_value, total_length } = options("options", value)?;
    let packed = read("packed", packed)?;
    fits(&packed, total_length.unwrap_or(packed.batch_sizes.len()))?;
    let padded = pad_packed_sequence(&packed, batch_first, padding_value, total_length);
    let (output, lengths) = padded?;
    Ok(to_js(&PaddedData { output: tensor(&output.view()), lengths }))
}

/// Reads a packed sequence; whether its parts fit one another is the core's to say.
pub(super) fn read(argument: &str, packed: &JsValue) -> Result<PackedSequence<f32>, Thrown> {
    let PackedData { data, batch_sizes, sorted_indices, unsorted_indices } = from_js(argument, packed)?;
    let data = data.to_array("data")?;
    Ok(PackedSequence { data, batch_sizes, sorted_indices, unsorted_indices })
}

impl PackedData {
    pub(super) fn of(packed: &PackedSequence<f32>) -> Self {
        PackedData {
            data: tensor(&packed.data.view()),
            batch_sizes: packed.batch_sizes.clone(),
            sorted_indices: packed.sorted_indices.clone(),
            unsorted_indices: packed.unsorted_indices.clone(),
        }
    }
}

/// Refuses a sequence that would not fit when padded to so many steps.
pub(super) fn fits(packed: &PackedSequence<f32>, steps: usize) -> Result<(), Thrown> {
    let batch = packed.batch_sizes.first().copied().unwrap_or(0);
    let features = packed.data.shape().iter().skip(1).copied();
    count(&[steps, batch].into_iter().chain(features).collect::<Vec<_>>(), f32::BYTES).map(drop)
}
