//! Packed sequences: samples of different lengths without padding, as in `torch.nn.utils.rnn`.
//!
//! Letters as in [`crate::gru`]; `*` is any axes.

mod sort;

use ndarray::{ArrayD, ArrayViewD, Axis};
use thiserror::Error;

use num::Real;

use crate::dropout::DropoutMask;
use crate::error::RecurrentError;
use crate::gru::Gru;
use crate::module::{Module, Recurrent};
use crate::parameters::Plan;
use crate::rnn::Rnn;
use crate::run::{BackwardRun, CallOptions, ForwardRun, Gradients, Upstream};
use crate::sequence::{row_major, shaped};
use crate::trace::{Keep, Trace};
use crate::words;

/// `PackedSequence`: the samples' steps, longest sample first, all first steps before all second ones.
#[derive(Debug, Clone, PartialEq)]
pub struct PackedSequence<T> {
    /// Every step of every sample, shape (sum of lengths, *).
    pub data: ArrayD<T>,
    /// How many samples have each step; never growing.
    pub batch_sizes: Vec<usize>,
    /// Where each sample stood before it was sorted, or none if it had to be sorted already.
    pub sorted_indices: Option<Vec<usize>>,
    /// Where each sample stands now.
    pub unsorted_indices: Option<Vec<usize>>,
}

/// What a module gives for a packed sequence.
#[derive(Debug, Clone, PartialEq)]
pub struct PackedOutput<T> {
    /// The hidden states, packed as the input was.
    pub output: PackedSequence<T>,
    /// Each sample's true last state, in the order before sorting: (D*`num_layers`, N, H).
    pub h_n: ArrayD<T>,
    /// The same of an LSTM's cell state.
    pub c_n: Option<ArrayD<T>>,
    /// What was kept, of the samples as they are sorted.
    pub trace: Option<Trace<T>>,
}

/// What is wrong with packing, or with a call on what is packed; prints as `PyTorch` says it.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PackedError {
    /// A `RuntimeError`: nothing to pack.
    #[error("Cannot pack empty tensors.")]
    Empty,
    /// An `IndexError`: the input has no batch axis.
    #[error("Dimension out of range (expected to be in range of [-1, 0], but got 1)")]
    NoBatchAxis,
    /// A `RuntimeError`: not one length for each sample.
    #[error("Expected `len(lengths)` to be equal to batch_size, but got {lengths} (batch_size={batch})")]
    LengthCount {
        /// Lengths given.
        lengths: usize,
        /// N.
        batch: usize,
    },
    /// A `RuntimeError`, with `enforce_sorted=False`: more lengths than samples.
    #[error("INDICES element is out of DATA bounds, id={index} axis_dim={batch}")]
    NoSuchSample {
        /// The first sample that is not there.
        index: usize,
        /// N.
        batch: usize,
    },
    /// The same with `batch_first`: an `IndexError`.
    #[error("index out of range in self")]
    IndexOutOfRange,
    /// A `RuntimeError`: a sample without steps.
    #[error("Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0")]
    NotPositive,
    /// A `RuntimeError`: lengths grow.
    #[error(
        "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass \
         `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you \
         do not need ONNX exportability."
    )]
    NotSorted,
    /// A length exceeds the padded sequence; `PyTorch` packs too few steps without a word.
    #[error("a sample of {length} steps cannot be packed from a sequence of {steps}")]
    TooLong {
        /// The length given.
        length: usize,
        /// L.
        steps: usize,
    },
    /// A `ValueError`: `total_length` cuts a sample.
    #[error(
        "Expected total_length to be at least the length of the longest sequence in input, but got \
         total_length={total_length} and max sequence length being {longest}"
    )]
    TotalLength {
        /// The length asked for.
        total_length: usize,
        /// The longest sample's.
        longest: usize,
    },
    /// A `RuntimeError`: no sequence was given.
    #[error("received an empty list of sequences")]
    NoSequences,
    /// A `RuntimeError`: sequences of other features.
    #[error(
        "The size of tensor a ({a}) must match the size of tensor b ({b}) at non-singleton dimension {axis}"
    )]
    Features {
        /// The size of the first sequence.
        a: usize,
        /// That of the one which differs.
        b: usize,
        /// The axis.
        axis: usize,
    },
    /// A `RuntimeError`: the steps of a packed input are not vectors.
    #[error("input must have 2 dimensions, got {rank}")]
    InputRank {
        /// The dimensions of `data`.
        rank: usize,
    },
    /// A `RuntimeError`: the last axis is not `input_size`.
    #[error("{}", words::input_size(expected, got))]
    InputSize {
        /// `input_size`.
        expected: usize,
        /// The last axis given.
        got: usize,
    },
    /// A `RuntimeError`: the initial state does not fit.
    #[error("{}", words::state_shape(state, *expected, num::list(got)))]
    HiddenSize {
        /// What `PyTorch` calls it: `hidden`, or an LSTM's `hidden[0]` and `hidden[1]`.
        state: &'static str,
        /// The shape that fits.
        expected: [usize; 3],
        /// The shape given.
        got: Vec<usize>,
    },
    /// The parts do not make a packed sequence.
    #[error("batch_sizes and indices do not fit the data")]
    Inconsistent,
    /// What any call may be at fault with.
    #[error(transparent)]
    Module(#[from] RecurrentError),
}

/// `pack_padded_sequence(input, lengths, batch_first, enforce_sorted)` of (L, N, *), or (N, L, *).
///
/// Samples of equal length come in the order of `PyTorch`'s sort: up to 16 samples keep theirs, more need not.
///
/// # Errors
/// A [`PackedError`], in `PyTorch`'s order.
pub fn pack_padded_sequence<T: Real>(
    input: ArrayViewD<'_, T>,
    lengths: &[i64],
    batch_first: bool,
    enforce_sorted: bool,
) -> Result<PackedSequence<T>, PackedError> {
    if input.ndim() < 2 {
        return Err(PackedError::NoBatchAxis);
    }
    let mut input = input;
    if batch_first {
        input.swap_axes(0, 1);
    }
    let (steps, batch) = (input.shape()[0], input.shape()[1]);
    let order = if enforce_sorted { (0..lengths.len()).collect() } else { sort::descending(lengths) };
    if !enforce_sorted && let Some(&index) = order.iter().find(|&&index| index >= batch) {
        return Err(if batch_first {
            PackedError::IndexOutOfRange
        } else {
            PackedError::NoSuchSample { index, batch }
        });
    }
    if input.is_empty() {
        return Err(PackedError::Empty);
    }
    if enforce_sorted && lengths.len() != batch {
        return Err(PackedError::LengthCount { lengths: lengths.len(), batch });
    }
    let sorted: Vec<i64> = order.iter().map(|&sample| lengths[sample]).collect();
    if sorted.last().is_none_or(|&last| last <= 0) {
        return Err(PackedError::NotPositive);
    }
    if sorted.windows(2).any(|pair| pair[1] > pair[0]) {
        return Err(PackedError::NotSorted);
    }
    let longest = sorted[0] as usize;
    if longest > steps {
        return Err(PackedError::TooLong { length: longest, steps });
    }

    let batch_sizes: Vec<usize> =
        (0..longest).map(|t| sorted.iter().filter(|&&length| length > t as i64).count()).collect();
    let mut data = Vec::new();
    for (t, &samples) in batch_sizes.iter().enumerate() {
        let step = input.index_axis(Axis(0), t);
        for &sample in &order[..samples] {
            data.extend(row_major(&step.index_axis(Axis(0), sample)));
        }
    }
    let shape = [&[batch_sizes.iter().sum()], &input.shape()[2..]].concat();
    let unsorted = inverse(&order);
    let (sorted_indices, unsorted_indices) =
        if enforce_sorted { (None, None) } else { (Some(order), Some(unsorted)) };
    Ok(PackedSequence { data: shaped(shape, data), batch_sizes, sorted_indices, unsorted_indices })
}

/// `pack_sequence(sequences, enforce_sorted)`, each of shape (its length, *).
///
/// # Errors
/// As [`pack_padded_sequence`]; [`PackedError::NoSequences`] and [`PackedError::Features`].
pub fn pack_sequence<T: Real>(
    sequences: &[ArrayViewD<'_, T>],
    enforce_sorted: bool,
) -> Result<PackedSequence<T>, PackedError> {
    let first = sequences.first().ok_or(PackedError::NoSequences)?;
    if sequences.iter().any(|sequence| sequence.ndim() != first.ndim() || sequence.ndim() == 0) {
        return Err(PackedError::Inconsistent);
    }
    for sequence in sequences {
        for axis in 1..first.ndim() {
            let (a, b) = (first.shape()[axis], sequence.shape()[axis]);
            if a != b {
                return Err(PackedError::Features { a, b, axis });
            }
        }
    }
    let lengths: Vec<i64> = sequences.iter().map(|sequence| sequence.shape()[0] as i64).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0) as usize;
    let mut padded = ArrayD::zeros([&[longest, sequences.len()], &first.shape()[1..]].concat());
    for (sample, sequence) in sequences.iter().enumerate() {
        for (t, step) in sequence.axis_iter(Axis(0)).enumerate() {
            copy_row(&mut padded, [t, sample], &step);
        }
    }
    pack_padded_sequence(padded.view(), &lengths, false, enforce_sorted)
}

/// `pad_packed_sequence(packed, batch_first, padding_value, total_length)`: the padded samples in their order
/// before sorting, (L, N, *) or (N, L, *), and their lengths.
///
/// # Errors
/// [`PackedError::TotalLength`]; [`PackedError::Inconsistent`] for parts that make no packed sequence.
pub fn pad_packed_sequence<T: Real>(
    packed: &PackedSequence<T>,
    batch_first: bool,
    padding_value: T,
    total_length: Option<usize>,
) -> Result<(ArrayD<T>, Vec<usize>), PackedError> {
    packed.check()?;
    let longest = packed.batch_sizes.len();
    let steps = total_length.unwrap_or(longest);
    if steps < longest {
        return Err(PackedError::TotalLength { total_length: steps, longest });
    }
    let lengths = packed.lengths();
    let padded = packed.padded(steps, batch_first, padding_value);
    Ok(match &packed.unsorted_indices {
        None => (padded, lengths),
        Some(order) => {
            let lengths = order.iter().map(|&place| lengths[place]).collect();
            (samples_in_order(&padded.view(), usize::from(!batch_first), order), lengths)
        }
    })
}

impl<T: Real> PackedSequence<T> {
    /// The samples' lengths, longest first.
    fn lengths(&self) -> Vec<usize> {
        let batch = self.batch_sizes.first().copied().unwrap_or(0);
        (0..batch).map(|b| self.batch_sizes.iter().filter(|&&samples| samples > b).count()).collect()
    }

    /// Whether the parts fit one another.
    fn check(&self) -> Result<(), PackedError> {
        let batch = *self.batch_sizes.first().ok_or(PackedError::Inconsistent)?;
        let rows = self.batch_sizes.iter().try_fold(0_usize, |sum, &samples| sum.checked_add(samples));
        let shrinking = self.batch_sizes.windows(2).all(|pair| pair[1] <= pair[0]);
        let positive = self.batch_sizes.iter().all(|&samples| samples > 0);
        let orders = [&self.sorted_indices, &self.unsorted_indices];
        let permuted = orders.into_iter().flatten().all(|order| {
            let mut seen = vec![false; batch];
            order.len() == batch && order.iter().all(|&i| i < batch && !std::mem::replace(&mut seen[i], true))
        });
        let fits = self.data.shape().first().copied() == rows && shrinking && positive && permuted;
        let both = self.sorted_indices.is_some() == self.unsorted_indices.is_some();
        if fits && both { Ok(()) } else { Err(PackedError::Inconsistent) }
    }

    /// The samples in sorted order, padded.
    fn padded(&self, steps: usize, batch_first: bool, padding_value: T) -> ArrayD<T> {
        let batch = self.batch_sizes[0];
        let axes = if batch_first { [batch, steps] } else { [steps, batch] };
        let mut padded = ArrayD::from_elem([&axes, &self.data.shape()[1..]].concat(), padding_value);
        let mut rows = self.data.axis_iter(Axis(0));
        for (t, &samples) in self.batch_sizes.iter().enumerate() {
            for (b, row) in (0..samples).zip(&mut rows) {
                let [outer, inner] = if batch_first { [b, t] } else { [t, b] };
                copy_row(&mut padded, [outer, inner], &row);
            }
        }
        padded
    }

    /// This sequence's shape and order over other data: the padded output of a module.
    fn with_padded(&self, padded: &ArrayD<T>, batch_first: bool) -> PackedSequence<T> {
        let mut data = Vec::new();
        for (t, &samples) in self.batch_sizes.iter().enumerate() {
            let step = padded.index_axis(Axis(usize::from(batch_first)), t);
            data.extend(step.outer_iter().take(samples).flat_map(|row| row_major(&row)));
        }
        let shape = vec![self.data.shape()[0], padded.shape()[2]];
        PackedSequence { data: shaped(shape, data), ..self.clone() }
    }

    /// `PyTorch`'s checks of a packed input and its states, in its order.
    fn check_call(&self, plan: &Plan, states: [Option<&ArrayViewD<'_, T>>; 2]) -> Result<(), PackedError> {
        self.check()?;
        if self.data.ndim() != 2 {
            return Err(PackedError::InputRank { rank: self.data.ndim() });
        }
        let (expected, got) = (plan.input_size as usize, self.data.shape()[1]);
        if expected != got {
            return Err(PackedError::InputSize { expected, got });
        }
        for (given, (state, features)) in states.into_iter().zip(plan.states()) {
            let expected = [plan.cells(), self.batch_sizes[0], features as usize];
            if let Some(got) = given.map(ArrayViewD::shape).filter(|&got| got != expected) {
                return Err(PackedError::HiddenSize { state, expected, got: got.to_vec() });
            }
        }
        Ok(())
    }

    /// The states of a call in sorted order, once they are known to fit.
    fn sorted_states(
        &self,
        plan: &Plan,
        CallOptions { h_0, c_0, .. }: &CallOptions<'_, T>,
    ) -> Result<[Option<ArrayD<T>>; 2], PackedError> {
        if c_0.is_some() && !plan.equations.has_cell_state() {
            return Err(RecurrentError::NoCellState.into());
        }
        self.check_call(plan, [h_0.as_ref(), c_0.as_ref()])?;
        Ok([h_0, c_0].map(|state| self.sorted_state(state.clone())))
    }

    /// The options of the padded call.
    fn sorted_options<'a>(
        &self,
        keep: Keep,
        mask: Option<&'a DropoutMask<T>>,
        [h_0, c_0]: [&'a Option<ArrayD<T>>; 2],
    ) -> CallOptions<'a, T> {
        CallOptions {
            h_0: h_0.as_ref().map(|state| state.view()),
            c_0: c_0.as_ref().map(|state| state.view()),
            keep,
            mask,
            lengths: Some(self.lengths()),
        }
    }

    /// A state in sorted order.
    fn sorted_state(&self, state: Option<ArrayViewD<'_, T>>) -> Option<ArrayD<T>> {
        state.map(|state| permuted(&state, self.sorted_indices.as_deref()))
    }
}

impl<T: Real> Gru<T> {
    /// `output, h_n = gru(packed, h_0)`: every sample ends, and the reverse direction begins, at its true last
    /// step. The call is costed as if it were padded.
    ///
    /// # Errors
    /// A [`PackedError`], in `PyTorch`'s order.
    pub fn forward_packed(
        &self,
        packed: &PackedSequence<T>,
        h_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<PackedOutput<T>, PackedError> {
        self.call_packed(packed, &CallOptions::of(h_0))
    }
}

impl<T: Real> Rnn<T> {
    /// `output, h_n = rnn(packed, h_0)` or `output, (h_n, c_n) = lstm(packed, (h_0, c_0))`, as
    /// [`Gru::forward_packed`].
    ///
    /// # Errors
    /// A [`PackedError`], in `PyTorch`'s order.
    pub fn forward_packed(
        &self,
        packed: &PackedSequence<T>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<PackedOutput<T>, PackedError> {
        self.call_packed(packed, &CallOptions { c_0, ..CallOptions::of(h_0) })
    }
}

impl<T: Real, C> Recurrent<T, C> {
    /// A call on a packed sequence; its lengths take the place of those of the options, and a mask is that of the padded
    /// samples as they are sorted.
    ///
    /// # Errors
    /// A [`PackedError`], in `PyTorch`'s order.
    pub fn call_packed(
        &self,
        packed: &PackedSequence<T>,
        options: &CallOptions<'_, T>,
    ) -> Result<PackedOutput<T>, PackedError> {
        let plan = self.as_ref().plan();
        let [h_0, c_0] = packed.sorted_states(plan, options)?;
        let input = packed.padded(packed.batch_sizes.len(), plan.batch_first, T::zero());
        let options = packed.sorted_options(options.keep, options.mask, [&h_0, &c_0]);
        let result = ForwardRun::new(self, input, options)?.finish();
        let unsorted = |state: ArrayD<T>| permuted(&state.view(), packed.unsorted_indices.as_deref());
        Ok(PackedOutput {
            output: packed.with_padded(&result.output, plan.batch_first),
            h_n: unsorted(result.h_n),
            c_n: result.c_n.map(unsorted),
            trace: result.trace,
        })
    }

    /// What `loss.backward()` leaves after [`Recurrent::call_packed`] with the same arguments, which left this trace. The
    /// gradients by output and input are those by their data; those by the states are in the order before sorting.
    ///
    /// # Errors
    /// A [`PackedError`], in `PyTorch`'s order; [`RecurrentError::GradientShape`] and [`RecurrentError::TraceShape`].
    pub fn backward_packed(
        &self,
        packed: &PackedSequence<T>,
        options: &CallOptions<'_, T>,
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, PackedError> {
        self.as_ref().backward_packed(packed, options, trace, upstream)
    }
}

impl<T: Real> Module<T> {
    /// [`Recurrent::backward_packed`] of a module whose options nobody needs.
    ///
    /// # Errors
    /// As there.
    pub fn backward_packed(
        &self,
        packed: &PackedSequence<T>,
        options: &CallOptions<'_, T>,
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, PackedError> {
        let plan = self.plan();
        let [h_0, c_0] = packed.sorted_states(plan, options)?;
        let steps = packed.batch_sizes.len();
        let input = packed.padded(steps, plan.batch_first, T::zero());
        let [state_size, hidden] = [plan.state_size, plan.hidden_size].map(|size| size as usize);
        let states = [plan.cells(), packed.batch_sizes[0]];
        for (of, expected, given) in [
            ("output", vec![packed.data.shape()[0], plan.directions as usize * state_size], &upstream.output),
            ("h_n", [&states[..], &[state_size]].concat(), &upstream.h_n),
            ("c_n", [&states[..], &[hidden]].concat(), &upstream.c_n),
        ] {
            if let Some(got) = given.as_ref().map(ArrayViewD::shape).filter(|&got| got != expected) {
                return Err(RecurrentError::GradientShape { of, expected, got: got.to_vec() }.into());
            }
        }
        let output = upstream.output.map(|data| {
            let output = PackedSequence { data: data.to_owned(), ..packed.clone() };
            output.padded(steps, plan.batch_first, T::zero())
        });
        let [h_n, c_n] = [upstream.h_n, upstream.c_n].map(|state| packed.sorted_state(state));
        let upstream = Upstream {
            output: output.as_ref().map(|tensor| tensor.view()),
            h_n: h_n.as_ref().map(|tensor| tensor.view()),
            c_n: c_n.as_ref().map(|tensor| tensor.view()),
        };
        let options = packed.sorted_options(options.keep, options.mask, [&h_0, &c_0]);
        let gradients = BackwardRun::new(self, input, options, trace, upstream)?.finish();
        let unsorted = |state: ArrayD<T>| permuted(&state.view(), packed.unsorted_indices.as_deref());
        Ok(Gradients {
            parameters: gradients.parameters,
            input: packed.with_padded(&gradients.input, plan.batch_first).data,
            h_0: unsorted(gradients.h_0),
            c_0: gradients.c_0.map(unsorted),
        })
    }
}

/// A state whose samples, its second axis, are taken in another order.
fn permuted<T: Real>(state: &ArrayViewD<'_, T>, order: Option<&[usize]>) -> ArrayD<T> {
    match order {
        Some(order) => samples_in_order(state, 1, order),
        None => state.to_owned(),
    }
}

/// The order that undoes an order.
fn inverse(order: &[usize]) -> Vec<usize> {
    let mut inverse = vec![0; order.len()];
    for (place, &sample) in order.iter().enumerate() {
        inverse[sample] = place;
    }
    inverse
}

/// Samples taken in an order from an array one of whose axes they are, in row-major order.
fn samples_in_order<T: Real>(array: &ArrayViewD<'_, T>, axis: usize, order: &[usize]) -> ArrayD<T> {
    array.select(Axis(axis), order).as_standard_layout().into_owned()
}

/// Puts the features of one step of one sample, or, batch-first, of one sample's step, into their place.
fn copy_row<T: Real>(padded: &mut ArrayD<T>, [outer, inner]: [usize; 2], row: &ArrayViewD<'_, T>) {
    let (inners, length) = (padded.shape()[1], row.len());
    if let Some(elements) = padded.as_slice_mut() {
        elements[(outer * inners + inner) * length..][..length].copy_from_slice(&row_major(row));
    }
}
