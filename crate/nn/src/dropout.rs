use std::sync::Arc;

use num::Real;
use rng::TorchGenerator;

use crate::cost::{Cost, LIMIT_BYTES};
use crate::error::RecurrentError;
use crate::parameters::{Options, Plan};
use crate::sequence::{Layout, fill_zeros};

/// What multiplies the output of every layer but the last while training: 0 with probability `dropout`, else
/// `1 / (1 - dropout)`.
///
/// A clone shares the numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct DropoutMask<T> {
    shape: [usize; 4],
    values: Arc<Vec<T>>,
}

impl<T: Real> DropoutMask<T> {
    /// The mask that a call draws from `PyTorch`'s stream for an input of this shape: nothing for one layer,
    /// a dropout of 0 or one of 1.
    ///
    /// # Errors
    /// A [`RecurrentError`] for options or a shape that do not fit, or more memory than [`LIMIT_BYTES`].
    pub fn draw(
        config: &impl Options,
        input_shape: &[usize],
        generator: &mut TorchGenerator,
    ) -> Result<Self, RecurrentError> {
        Self::draw_again(None, config, input_shape, generator)
    }

    /// The same, in the memory of a mask that is done with.
    ///
    /// # Errors
    /// As [`DropoutMask::draw`].
    pub fn draw_again(
        old: Option<Self>,
        config: &impl Options,
        input_shape: &[usize],
        generator: &mut TorchGenerator,
    ) -> Result<Self, RecurrentError> {
        config.validate()?;
        let (plan, dropout) = (config.plan(), config.dropout());
        let layout = Layout::of_plan(&plan, input_shape)?;
        let cost = Cost::of_plan(&plan, layout.steps as u64, layout.batch.max(1) as u64, T::BYTES);
        cost.dropout_bytes().within(LIMIT_BYTES)?;
        let mut values = old.and_then(|old| Arc::into_inner(old.values)).unwrap_or_default();
        let shape = shape(&plan, layout);
        fill_zeros(&mut values, shape.iter().product());
        // The layers' tensors are drawn one after the other, and nothing in between.
        generator.fill_dropout(dropout, &mut values).map_err(|_| RecurrentError::Dropout { dropout })?;
        Ok(DropoutMask { shape, values: Arc::new(values) })
    }

    /// (`num_layers` - 1, L, N, D*R), never batch-first, R being `hidden_size` or an LSTM's `proj_size`; N is 1
    /// for unbatched input.
    pub fn shape(&self) -> [usize; 4] {
        self.shape
    }

    /// The numbers, row-major.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// What multiplies the output of a layer that is not the last, for step `t` of sample `b`.
    pub fn row(&self, layer: usize, t: usize, b: usize) -> &[T] {
        let [_, steps, batch, features] = self.shape;
        &self.values[((layer * steps + t) * batch + b) * features..][..features]
    }

    /// Whether it is the mask of such a call.
    pub(crate) fn check(&self, plan: &Plan, layout: Layout) -> Result<(), RecurrentError> {
        let expected = shape(plan, layout);
        if self.shape == expected {
            return Ok(());
        }
        Err(RecurrentError::MaskShape { expected: expected.to_vec(), got: self.shape.to_vec() })
    }
}

fn shape(plan: &Plan, layout: Layout) -> [usize; 4] {
    let features = (plan.directions * plan.state_size) as usize;
    [plan.num_layers as usize - 1, layout.steps, layout.batch, features]
}
