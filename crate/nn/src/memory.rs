//! What passes that are over leave to the next ones.

use ndarray::{ArrayViewD, CowArray, IxDyn};

use num::Real;

use crate::error::RecurrentError;
use crate::kernels::{BackwardKernel, ForwardKernel};
use crate::parameters::{Plan, StateDict};
use crate::sequence::{Layout, extend_row_major, owned_elements};
use crate::trace::Trace;

/// What passes that are over leave to the next ones, so that these allocate nothing that is large. Of passes over
/// other sizes nothing is kept.
#[derive(Debug)]
pub struct Memory<T> {
    sizes: Option<(Plan, Layout)>,
    vectors: Vec<Vec<T>>,
    /// The last trace.
    pub trace: Option<Trace<T>>,
    /// By the parameters: what the last backward pass left, which the next one overwrites.
    pub gradients: Option<StateDict<T>>,
    /// The last forward pass of the kernels.
    pub(crate) forward: Option<Box<ForwardKernel<T>>>,
    /// The last backward pass of the kernels.
    pub(crate) backward: Option<Box<BackwardKernel<T>>>,
}

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Memory {
            sizes: None,
            vectors: Vec::new(),
            trace: None,
            gradients: None,
            forward: None,
            backward: None,
        }
    }
}

impl<T: Real> Memory<T> {
    /// Prepares for a pass of these sizes.
    pub(crate) fn fit_call(&mut self, plan: Plan, layout: Layout) {
        if self.sizes != Some((plan, layout)) {
            *self = Memory { sizes: Some((plan, layout)), ..Memory::default() };
        }
    }

    /// So many zeros.
    pub fn zeros(&mut self, len: usize) -> Vec<T> {
        match self.take_vector(len) {
            None => vec![T::zero(); len],
            Some(mut vector) => {
                vector.resize(len, T::zero());
                vector
            }
        }
    }

    /// The same with room for more.
    pub fn zeros_within(&mut self, room: usize, len: usize) -> Vec<T> {
        if room <= len {
            return self.zeros(len);
        }
        let mut vector = self.room(room);
        vector.resize(len, T::zero());
        vector
    }

    /// Nothing, with room for so many.
    pub fn room(&mut self, len: usize) -> Vec<T> {
        self.take_vector(len).unwrap_or_else(|| Vec::with_capacity(len))
    }

    /// The elements in row-major order, and room for so many; those of an owned array in that order are taken, not
    /// copied.
    pub fn contiguous(&mut self, room: usize, array: CowArray<'_, T, IxDyn>) -> Vec<T> {
        owned_elements(array).unwrap_or_else(|array| {
            let mut elements = self.room(room.max(array.len()));
            extend_row_major(&mut elements, &array.view());
            elements
        })
    }

    /// The elements of a tensor that must have a shape, or as many zeros, and room for so many.
    pub(crate) fn elements_or_zero(
        &mut self,
        room: usize,
        of: &'static str,
        shape: &[usize],
        tensor: Option<ArrayViewD<'_, T>>,
    ) -> Result<Vec<T>, RecurrentError> {
        match tensor {
            None => Ok(self.zeros_within(room, shape.iter().product())),
            Some(tensor) if tensor.shape() == shape => Ok(self.contiguous(room, tensor.into())),
            Some(tensor) => Err(RecurrentError::GradientShape {
                of,
                expected: shape.to_vec(),
                got: tensor.shape().to_vec(),
            }),
        }
    }

    /// Takes vectors back.
    pub fn keep_vectors(&mut self, vectors: impl IntoIterator<Item = Vec<T>>) {
        self.vectors.extend(vectors.into_iter().filter(|vector| vector.capacity() > 0));
    }

    /// The smallest vector with room for so many, emptied.
    fn take_vector(&mut self, len: usize) -> Option<Vec<T>> {
        let vectors = self.vectors.iter().enumerate();
        let fitting = vectors.filter(|(_, vector)| len > 0 && vector.capacity() >= len);
        let (place, _) = fitting.min_by_key(|(_, vector)| vector.capacity())?;
        let mut vector = self.vectors.swap_remove(place);
        vector.clear();
        Some(vector)
    }
}
