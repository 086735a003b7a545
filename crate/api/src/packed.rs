//! `torch.nn.utils.rnn`: packing samples of different lengths.

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::tensor::{TensorData, TypedArray, count};
use gru_playground::gru::Real;
use gru_playground::packed::{PackedSequence, pack_padded_sequence, pack_sequence, pad_packed_sequence};

/// `PackedSequence`: the samples' steps, longest sample first, all first steps before all second ones.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "PackedSequence", concrete(A = crate::tests::Float32Array)))]
pub struct PackedData<A> {
    /// Every step of every sample: (sum of lengths, *).
    pub data: TensorData<A>,
    /// How many samples have each step.
    pub batch_sizes: Vec<usize>,
    /// Where each sample stood before it was sorted; null if it had to be sorted already.
    pub sorted_indices: Option<Vec<usize>>,
    /// Where each sample stands now.
    pub unsorted_indices: Option<Vec<usize>>,
}

/// Padded samples in their order before sorting, and their lengths.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct PaddedData<A> {
    /// The samples.
    pub output: TensorData<A>,
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
pub fn pack_padded<A: TypedArray<f32>>(
    input: &TensorData<A>,
    lengths: &[i64],
    options: &PackOptions,
) -> Result<PackedData<A>, Fault> {
    let input = input.to_array("input")?;
    let packed = pack_padded_sequence(input.view(), lengths, options.batch_first, options.enforce_sorted);
    Ok(PackedData::of(&packed?))
}

/// `pack_sequence(sequences, enforce_sorted)`, each of shape (its length, *).
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`, `TooLargeError` if they would not fit when padded.
pub fn pack<A: TypedArray<f32>>(
    sequences: &[TensorData<A>],
    options: &PackOptions,
) -> Result<PackedData<A>, Fault> {
    let sequences: Result<Vec<_>, Fault> =
        sequences.iter().map(|sequence| sequence.to_array("sequences")).collect();
    let sequences = sequences?;
    let longest = sequences.iter().filter_map(|sequence| sequence.shape().first()).max();
    let features = sequences.first().into_iter().flat_map(|first| first.shape().iter().skip(1).copied());
    let padded: Vec<_> = [*longest.unwrap_or(&0), sequences.len()].into_iter().chain(features).collect();
    count(&padded, f32::BYTES)?;
    let views: Vec<_> = sequences.iter().map(|sequence| sequence.view()).collect();
    Ok(PackedData::of(&pack_sequence(&views, options.enforce_sorted)?))
}

/// `pad_packed_sequence(packed, batch_first, padding_value, total_length)`: the padded samples in their order before
/// sorting, and their lengths.
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`, `TooLargeError` beyond 512 MB.
pub fn pad_packed<A: TypedArray<f32>>(
    packed: PackedData<A>,
    options: &PadOptions,
) -> Result<PaddedData<A>, Fault> {
    let PadOptions { batch_first, padding_value, total_length } = *options;
    let packed = packed.to_sequence()?;
    refuse_too_large(&packed, total_length.unwrap_or(packed.batch_sizes.len()))?;
    let (output, lengths) = pad_packed_sequence(&packed, batch_first, padding_value, total_length)?;
    Ok(PaddedData { output: TensorData::of(&output.view()), lengths })
}

impl<A: TypedArray<f32>> PackedData<A> {
    /// A packed sequence of the core's.
    pub fn of(packed: &PackedSequence<f32>) -> Self {
        PackedData {
            data: TensorData::of(&packed.data.view()),
            batch_sizes: packed.batch_sizes.clone(),
            sorted_indices: packed.sorted_indices.clone(),
            unsorted_indices: packed.unsorted_indices.clone(),
        }
    }

    /// The same for the core; whether its parts fit one another is the core's to say.
    ///
    /// # Errors
    /// `ArgumentError` where the elements do not fill the shape.
    pub fn to_sequence(self) -> Result<PackedSequence<f32>, Fault> {
        let PackedData { data, batch_sizes, sorted_indices, unsorted_indices } = self;
        Ok(PackedSequence { data: data.to_array("data")?, batch_sizes, sorted_indices, unsorted_indices })
    }
}

/// Refuses a sequence that would not fit when padded to so many steps.
pub(crate) fn refuse_too_large(packed: &PackedSequence<f32>, steps: usize) -> Result<(), Fault> {
    let batch = packed.batch_sizes.first().copied().unwrap_or(0);
    let features = packed.data.shape().iter().skip(1).copied();
    count(&[steps, batch].into_iter().chain(features).collect::<Vec<_>>(), f32::BYTES).map(drop)
}
