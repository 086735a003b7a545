//! Sequences of feature vectors, and how they lie in memory.

use std::ops::Range;

use ndarray::{Array1, ArrayD, ArrayViewD, CowArray, IxDyn};

use num::Real;

use crate::error::RecurrentError;
use crate::parameters::{Options, Plan};

/// The sizes of a sequence and where each step of each sample lies: (L, N, F), (N, L, F) or (L, F).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// L.
    pub steps: usize,
    /// N; 1 without a batch axis.
    pub batch: usize,
    /// Where each axis stands.
    pub order: Order,
}

/// The order of a sequence's axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// (L, F): no batch axis.
    Unbatched,
    /// (L, N, F).
    StepFirst,
    /// (N, L, F).
    BatchFirst,
}

impl Layout {
    /// The layout of a call with `h_0` and `c_0` of these shapes, which are checked in `PyTorch`'s order.
    ///
    /// # Errors
    /// [`RecurrentError::NoCellState`], [`RecurrentError::InputRank`], [`RecurrentError::StateRank`], [`RecurrentError::InputSize`],
    /// [`RecurrentError::StateShape`] or [`RecurrentError::EmptySequence`].
    pub(crate) fn of_call(
        plan: &Plan,
        input: &[usize],
        given: [Option<&[usize]>; 2],
    ) -> Result<Self, RecurrentError> {
        let (rank, states) = (input.len(), plan.states());
        if given[states.len()..].iter().any(Option::is_some) {
            return Err(RecurrentError::NoCellState);
        }
        if !matches!(rank, 2 | 3) {
            return Err(RecurrentError::InputRank { module: plan.module, rank });
        }
        let given = &given[..states.len()];
        // A call that fits allocates nothing here: most calls are small.
        let ranks = given.iter().map(|given| given.map_or(rank, <[usize]>::len));
        if ranks.clone().any(|given| given != rank) {
            return Err(RecurrentError::StateRank { is_batched: rank == 3, ranks: ranks.collect() });
        }
        let layout = Layout::of_plan(plan, input)?;
        for (given, (state, features)) in given.iter().zip(states) {
            let Some(got) = given else { continue };
            let expected = layout.states(plan.cells(), features as usize);
            if *got != expected {
                return Err(RecurrentError::StateShape { state, expected, got: got.to_vec() });
            }
        }
        if layout.steps == 0 { Err(RecurrentError::EmptySequence) } else { Ok(layout) }
    }

    /// The layout that `PyTorch` reads in an input of the given shape.
    ///
    /// # Errors
    /// [`RecurrentError::InputRank`] or [`RecurrentError::InputSize`] for a shape that does not fit.
    pub fn of_input(config: &impl Options, shape: &[usize]) -> Result<Self, RecurrentError> {
        Layout::of_plan(&config.plan(), shape)
    }

    pub(crate) fn of_plan(plan: &Plan, shape: &[usize]) -> Result<Self, RecurrentError> {
        let (steps, batch, features, order) = match *shape {
            [steps, features] => (steps, 1, features, Order::Unbatched),
            [batch, steps, features] if plan.batch_first => (steps, batch, features, Order::BatchFirst),
            [steps, batch, features] => (steps, batch, features, Order::StepFirst),
            _ => return Err(RecurrentError::InputRank { module: plan.module, rank: shape.len() }),
        };
        let expected = plan.input_size as usize;
        if features != expected {
            return Err(RecurrentError::InputSize { expected, got: features });
        }
        Ok(Layout { steps, batch, order })
    }

    /// The shape of a sequence of feature vectors: (L, N, F), (N, L, F) or (L, F).
    pub fn shape(self, features: usize) -> Vec<usize> {
        let Layout { steps, batch, order } = self;
        match order {
            Order::Unbatched => vec![steps, features],
            Order::StepFirst => vec![steps, batch, features],
            Order::BatchFirst => vec![batch, steps, features],
        }
    }

    /// The shape of a state: (cells, N, features), or (cells, features) without a batch.
    pub fn states(self, cells: usize, features: usize) -> Vec<usize> {
        match self.order {
            Order::Unbatched => vec![cells, features],
            Order::StepFirst | Order::BatchFirst => vec![cells, self.batch, features],
        }
    }
}

/// A sequence of feature vectors in the caller's order of axes, so that none is ever transposed.
#[derive(Debug)]
pub struct Sequence<T> {
    layout: Layout,
    features: usize,
    data: Vec<T>,
}

impl<T: Real> Sequence<T> {
    /// A sequence of the given elements, in the layout's order.
    pub fn new(layout: Layout, features: usize, data: Vec<T>) -> Self {
        debug_assert_eq!(data.len(), layout.steps * layout.batch * features);
        Sequence { layout, features, data }
    }

    /// A sequence of zeros.
    pub fn zeros(layout: Layout, features: usize) -> Self {
        Sequence::new(layout, features, vec![T::zero(); layout.steps * layout.batch * features])
    }

    /// The length of a feature vector.
    pub fn features(&self) -> usize {
        self.features
    }

    /// The features of step `t` of sample `b`.
    pub fn row(&self, t: usize, b: usize) -> &[T] {
        &self.data[self.start(t, b)..][..self.features]
    }

    /// The features of sample b at step t, to be changed.
    pub fn row_mut(&mut self, t: usize, b: usize) -> &mut [T] {
        let start = self.start(t, b);
        &mut self.data[start..][..self.features]
    }

    /// Where the features of step `t` of sample `b` begin.
    fn start(&self, t: usize, b: usize) -> usize {
        let Layout { steps, batch, order } = self.layout;
        let row = match order {
            Order::Unbatched | Order::StepFirst => t * batch + b,
            Order::BatchFirst => b * steps + t,
        };
        row * self.features
    }

    /// Becomes zeros, so many features each, in the memory that it has if that is enough.
    pub fn fill_zeros(&mut self, features: usize) {
        self.features = features;
        fill_zeros(&mut self.data, self.layout.steps * self.layout.batch * features);
    }

    /// All elements, in the caller's order of axes.
    pub fn elements(&self) -> &[T] {
        &self.data
    }

    /// The same, to be changed.
    pub fn elements_mut(&mut self) -> &mut [T] {
        &mut self.data
    }

    /// The same, given up.
    pub fn into_elements(self) -> Vec<T> {
        self.data
    }

    /// The array in the layout's shape.
    pub fn into_array(self) -> ArrayD<T> {
        shaped(self.layout.shape(self.features), self.data)
    }
}

/// An array of a shape, whose product is the data's length.
pub fn shaped<T: Real>(shape: Vec<usize>, data: Vec<T>) -> ArrayD<T> {
    // `from_shape_vec` takes any strides, and brings 3 KB gzip of code that judges them.
    let array = Array1::from_vec(data).into_shape_with_order(shape);
    array.unwrap_or_else(|_| unreachable!("the data was made with this length"))
}

/// Makes a vector so many zeros, in the memory that it has if that is enough.
pub fn fill_zeros<T: Real>(elements: &mut Vec<T>, len: usize) {
    if elements.capacity() < len {
        // The old goes before the new comes.
        *elements = Vec::new();
    }
    elements.clear();
    elements.resize(len, T::zero());
}

/// A copy of the elements in row-major order.
pub fn row_major<T: Real>(array: &ArrayViewD<'_, T>) -> Vec<T> {
    let mut elements = Vec::with_capacity(array.len());
    extend_row_major(&mut elements, array);
    elements
}

/// The same, at the end of others.
pub fn extend_row_major<T: Real>(elements: &mut Vec<T>, array: &ArrayViewD<'_, T>) {
    match array.as_slice() {
        Some(slice) => elements.extend_from_slice(slice),
        None => elements.extend(array.iter().copied()),
    }
}

/// Where the state of one sample lies in (D*`num_layers`, N, H).
pub fn state_row(cell_index: usize, b: usize, batch: usize, hidden: usize) -> Range<usize> {
    let start = (cell_index * batch + b) * hidden;
    start..start + hidden
}

/// The elements in row-major order; those of an owned array in that order are taken, not copied.
pub fn contiguous<T: Real>(array: CowArray<'_, T, IxDyn>) -> Vec<T> {
    owned_elements(array).unwrap_or_else(|array| row_major(&array.view()))
}

/// The elements of an owned array in row-major order, or else the array.
pub(crate) fn owned_elements<T: Real>(
    array: CowArray<'_, T, IxDyn>,
) -> Result<Vec<T>, CowArray<'_, T, IxDyn>> {
    let len = array.len();
    match array.try_into_owned_nocopy() {
        Ok(array) if array.is_standard_layout() => {
            let (mut data, offset) = array.into_raw_vec_and_offset();
            // An owned array may have been cut out of a larger one.
            data.drain(..offset.unwrap_or(0));
            data.truncate(len);
            Ok(data)
        }
        Ok(array) => Err(array.into()),
        Err(borrowed) => Err(borrowed),
    }
}
