//! `torch.nn.utils.rnn`: packing samples of different lengths.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::{from_value, number_array, to_array};
use super::super::read::{Fields, FromJs, Reader, is_nothing};
use super::super::write::{ToJs as _, Writer};
use super::faults::{of_packed, within_limit};
use super::integers::integers;
use super::module::field;
use super::options::{only, options, read_or_default};
use super::tensor::tensor;
use gru_playground::cost::Count;
use gru_playground::packed::{PackedSequence, pack_padded_sequence, pack_sequence, pad_packed_sequence};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** `PackedSequence`: the samples' steps, longest sample first, all first steps before all second ones. */
export interface PackedSequence {
    /** Every step of every sample: (sum of lengths, *). */
    data: TensorData;
    /** How many samples have each step. */
    batch_sizes: number[];
    /** Where each sample stood before it was sorted; null if it had to be sorted already. */
    sorted_indices: number[] | null;
    /** Where each sample stands now. */
    unsorted_indices: number[] | null;
}

/** What a GRU or RNN gives for a packed sequence. */
export interface PackedOutput { output: PackedSequence; h_n: TensorData }

/** What an LSTM gives for it. */
export interface PackedLstmOutput extends PackedOutput { c_n: TensorData }
";

/// The options of `pack_padded_sequence` and `pack_sequence`, with `PyTorch`'s defaults.
#[derive(tsify::Tsify)]
pub struct PackOptions {
    /// Whether the input is (N, L, *) instead of (L, N, *).
    #[tsify(optional)]
    pub batch_first: bool,
    /// Whether the longest sample must come first already.
    #[tsify(optional)]
    pub enforce_sorted: bool,
}

impl Default for PackOptions {
    fn default() -> Self {
        PackOptions { batch_first: false, enforce_sorted: true }
    }
}

/// The options of `pad_packed_sequence`, with `PyTorch`'s defaults.
#[derive(Default, tsify::Tsify)]
pub struct PadOptions {
    /// Whether the result is (N, L, *) instead of (L, N, *).
    #[tsify(optional)]
    pub batch_first: bool,
    /// What stands where there is no step.
    #[tsify(optional)]
    pub padding_value: f32,
    /// L, if it is more than the longest sample.
    #[tsify(optional)]
    pub total_length: Option<usize>,
}

options! {
    PackOptions { batch_first: or_default, enforce_sorted: or(true) }
    PadOptions { batch_first: or_default, padding_value: or(0.0), total_length: optional }
}

/// `pack_padded_sequence(input, lengths, batch_first, enforce_sorted)`.
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`.
#[wasm_bindgen(js_name = packPaddedSequence, unchecked_return_type = "PackedSequence")]
pub fn pack_padded(
    #[wasm_bindgen(unchecked_param_type = "TensorData")] input: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Integers")] lengths: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PackOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let PackOptions { batch_first, enforce_sorted } = read_or_default("options", &options)?;
    let (input, lengths) = (to_array("input", &input)?, integers("lengths", &lengths)?);
    let packed = pack_padded_sequence(input.view(), &lengths, batch_first, enforce_sorted);
    Ok(write(&packed.map_err(of_packed)?))
}

/// `pack_sequence(sequences, enforce_sorted)`, each of shape (its length, *).
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`, `TooLargeError` if they would not fit when padded.
#[wasm_bindgen(js_name = packSequence, unchecked_return_type = "PackedSequence")]
pub fn pack(
    #[wasm_bindgen(unchecked_param_type = "readonly TensorData[]")] sequences: js_sys::Array,
    #[wasm_bindgen(unchecked_optional_param_type = "PackOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let PackOptions { enforce_sorted, .. } = read_or_default("options", &options)?;
    let sequences: Result<Vec<_>, JsValue> =
        sequences.iter().map(|sequence| to_array("sequences", &sequence)).collect();
    let sequences = sequences?;
    let longest = sequences.iter().filter_map(|sequence| sequence.shape().first()).max();
    let features = sequences.first().map(|first| first.shape().iter().skip(1));
    padded_fits(*longest.unwrap_or(&0), sequences.len(), features.into_iter().flatten())?;
    let views: Vec<_> = sequences.iter().map(|sequence| sequence.view()).collect();
    Ok(write(&pack_sequence(&views, enforce_sorted).map_err(of_packed)?))
}

/// `pad_packed_sequence(packed, batch_first, padding_value, total_length)`: the padded samples in their order before
/// sorting, and their lengths.
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`, `TooLargeError` beyond 512 MB.
#[wasm_bindgen(js_name = padPackedSequence, unchecked_return_type = "{ output: TensorData; lengths: number[] }")]
pub fn pad_packed(
    #[wasm_bindgen(unchecked_param_type = "PackedSequence")] packed: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PadOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let PadOptions { batch_first, padding_value, total_length } = read_or_default("options", &options)?;
    let packed = read(&packed)?;
    fits(&packed, total_length.unwrap_or(packed.batch_sizes.len()))?;
    let padded = pad_packed_sequence(&packed, batch_first, padding_value, total_length);
    let (output, lengths) = padded.map_err(of_packed)?;
    let mut writer = Writer::new("output lengths ");
    writer.next(tensor(&output.view()));
    writer.next(number_array(&lengths));
    Ok(writer.end())
}

/// Reads a packed sequence; whether its parts fit one another is the core's to say.
pub(super) fn read(packed: &JsValue) -> Result<PackedSequence<f32>, JsValue> {
    let indices = |name: &str| {
        let indices = field(packed, name);
        if is_nothing(&indices) { Ok(None) } else { from_value(name, &indices).map(Some) }
    };
    Ok(PackedSequence {
        data: to_array("data", &field(packed, "data"))?,
        batch_sizes: from_value("batch_sizes", &field(packed, "batch_sizes"))?,
        sorted_indices: indices("sorted_indices")?,
        unsorted_indices: indices("unsorted_indices")?,
    })
}

pub(super) fn write(packed: &PackedSequence<f32>) -> JsValue {
    let mut writer = Writer::new("data batch_sizes sorted_indices unsorted_indices ");
    writer.next(tensor(&packed.data.view()));
    writer.next(number_array(&packed.batch_sizes));
    writer.next(packed.sorted_indices.to_js());
    writer.next(packed.unsorted_indices.to_js());
    writer.end()
}

/// Refuses a sequence that would not fit when padded to so many steps.
pub(super) fn fits(packed: &PackedSequence<f32>, steps: usize) -> Result<(), JsValue> {
    let batch = packed.batch_sizes.first().copied().unwrap_or(0);
    padded_fits(steps, batch, packed.data.shape().iter().skip(1))
}

fn padded_fits<'a>(
    steps: usize,
    batch: usize,
    features: impl Iterator<Item = &'a usize>,
) -> Result<(), JsValue> {
    let count = |size: usize| Count::from(size as u64);
    let rows = count(steps) * count(batch) * count(4);
    within_limit(features.fold(rows, |bytes, &size| bytes * count(size)))
}
