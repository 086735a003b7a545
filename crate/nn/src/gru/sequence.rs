//! Sequences of feature vectors, and how they lie in memory.

use ndarray::{Array1, ArrayD, ArrayViewD};

use super::{GruConfig, GruError, Real};

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
    /// The layout of a call of a module, whose shapes are checked in `PyTorch`'s order. A state has its name, its
    /// shape where it is given, and its features.
    ///
    /// # Errors
    /// [`GruError::InputRank`], [`GruError::StateRank`], [`GruError::InputSize`], [`GruError::StateShape`] or
    /// [`GruError::EmptySequence`] for shapes that do not fit.
    pub(crate) fn of_call(
        module: &'static str,
        config: &GruConfig,
        input: &[usize],
        states: &[(&'static str, Option<&[usize]>, u64)],
    ) -> Result<Self, GruError> {
        let rank = input.len();
        if !matches!(rank, 2 | 3) {
            return Err(GruError::InputRank { module, rank });
        }
        let ranks: Vec<usize> =
            states.iter().map(|(_, given, _)| given.map_or(rank, <[usize]>::len)).collect();
        if ranks.iter().any(|&given| given != rank) {
            return Err(GruError::StateRank { is_batched: rank == 3, ranks });
        }
        let layout = Layout::of_input(config, input)?;
        for &(state, given, features) in states {
            let cells = config.num_layers * config.directions();
            let expected = layout.states(cells as usize, features as usize);
            if let Some(got) = given.filter(|&got| got != expected) {
                return Err(GruError::StateShape { state, expected, got: got.to_vec() });
            }
        }
        if layout.steps == 0 { Err(GruError::EmptySequence) } else { Ok(layout) }
    }

    /// The layout that `nn.GRU` reads in an input of the given shape.
    ///
    /// # Errors
    /// [`GruError::InputRank`] or [`GruError::InputSize`] for a shape that does not fit.
    pub fn of_input(config: &GruConfig, shape: &[usize]) -> Result<Self, GruError> {
        let (steps, batch, features, order) = match *shape {
            [steps, features] => (steps, 1, features, Order::Unbatched),
            [batch, steps, features] if config.batch_first => (steps, batch, features, Order::BatchFirst),
            [steps, batch, features] => (steps, batch, features, Order::StepFirst),
            _ => return Err(GruError::InputRank { module: "GRU", rank: shape.len() }),
        };
        let expected = config.input_size as usize;
        if features != expected {
            return Err(GruError::InputSize { expected, got: features });
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

    /// The shape of `h_0` and `h_n`: (D*`num_layers`, N, H), or (D*`num_layers`, H) without a batch.
    pub fn state_shape(self, config: &GruConfig) -> Vec<usize> {
        self.states((config.num_layers * config.directions()) as usize, config.hidden_size as usize)
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

    /// The features that begin where [`Sequence::start`] says.
    #[inline]
    pub fn row_at(&self, start: usize) -> &[T] {
        &self.data[start..][..self.features]
    }

    /// The same, to be changed.
    #[inline]
    pub fn row_at_mut(&mut self, start: usize) -> &mut [T] {
        &mut self.data[start..][..self.features]
    }

    /// Where the features of step `t` of sample `b` begin.
    #[inline]
    pub fn start(&self, t: usize, b: usize) -> usize {
        let Layout { steps, batch, order } = self.layout;
        let row = match order {
            Order::Unbatched | Order::StepFirst => t * batch + b,
            Order::BatchFirst => b * steps + t,
        };
        row * self.features
    }

    /// Becomes zeros, so many features each, in the memory that it has if that is enough.
    pub fn renew(&mut self, features: usize) {
        self.features = features;
        renew(&mut self.data, self.layout.steps * self.layout.batch * features);
    }

    /// All elements, in the caller's order of axes.
    pub fn elements(&self) -> &[T] {
        &self.data
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
pub fn renew<T: Real>(elements: &mut Vec<T>, len: usize) {
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
