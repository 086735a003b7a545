use ndarray::{ArrayD, ArrayViewD};
use nn::cost::{Count, LIMIT_BYTES};
use nn::gru::sequence::{fill_zeros, row_major, shaped};
use nn::gru::{Real, RecurrentError};
use num::{dot, dot_backward};
use rng::{Generator, init};
use serde::Deserialize;

use super::view;

/// The options of `nn.Linear` under `PyTorch`'s names.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LinearOptions {
    /// The features of each row that goes in.
    pub in_features: usize,
    /// The features of each row that comes out.
    pub out_features: usize,
    /// Whether a bias is added; true by default.
    #[serde(default = "yes")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub bias: bool,
}

fn yes() -> bool {
    true
}

/// `nn.Linear`: `y = x W^T + b` for each row of x.
///
/// ```
/// use gru_playground_train::Linear;
///
/// let linear = Linear::new(2, vec![1.0_f32, 2.0], vec![0.5]);
/// assert_eq!(linear.forward(&[3.0, 4.0]), [11.5]);
/// assert_eq!(linear.backward(&[3.0, 4.0], &[1.0]).weight, [3.0, 4.0]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Linear<T> {
    in_features: usize,
    /// W, shape (out, in).
    weight: Vec<T>,
    /// b, shape (out).
    bias: Vec<T>,
}

/// The gradients of a loss by what went into a [`Linear`]; each of the shape of what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearGradients<T> {
    /// By W.
    pub weight: Vec<T>,
    /// By b.
    pub bias: Vec<T>,
    /// By the rows of x.
    pub x: Vec<T>,
}

impl<T> Default for LinearGradients<T> {
    /// Those by nothing.
    fn default() -> Self {
        LinearGradients { weight: Vec::new(), bias: Vec::new(), x: Vec::new() }
    }
}

impl<T: Real> Linear<T> {
    /// `nn.Linear(...)`, weights drawn as `PyTorch` draws them; without a bias, b is zero.
    ///
    /// # Errors
    /// [`RecurrentError::NotPositive`] for a size of 0, [`RecurrentError::TooLarge`] beyond [`LIMIT_BYTES`].
    pub fn drawn(options: &LinearOptions, generator: &mut impl Generator<T>) -> Result<Self, RecurrentError> {
        let LinearOptions { in_features, out_features, bias } = *options;
        for (option, size) in [("in_features", in_features), ("out_features", out_features)] {
            if size == 0 {
                return Err(RecurrentError::NotPositive { option });
            }
        }
        let mut weight = zeros([out_features, in_features])?;
        let mut offsets = vec![T::zero(); out_features];
        init::linear(in_features as u64, generator, &mut weight, bias.then_some(&mut offsets[..]));
        Ok(Linear::new(in_features, weight, offsets))
    }

    /// From W, shape (out, in), and b, shape (out), both row-major.
    ///
    /// # Panics
    /// If W has not `in_features` columns for each element of b.
    pub fn new(in_features: usize, weight: Vec<T>, bias: Vec<T>) -> Self {
        assert_eq!(weight.len(), in_features * bias.len(), "W is (out, in), b is (out)");
        Linear { in_features, weight, bias }
    }

    /// W and b.
    pub fn parameters(&self) -> [&[T]; 2] {
        [&self.weight, &self.bias]
    }

    /// W and b, to be changed.
    pub fn parameters_mut(&mut self) -> [&mut [T]; 2] {
        [&mut self.weight, &mut self.bias]
    }

    /// `weight` and `bias` by name.
    pub fn state_dict(&self) -> [(String, ArrayViewD<'_, T>); 2] {
        let [weight, bias] = self.parameters();
        let weight = view(vec![bias.len(), self.in_features], weight);
        [("weight".to_owned(), weight), ("bias".to_owned(), view(vec![bias.len()], bias))]
    }

    /// y, shape (*, out), of x, shape (*, in).
    ///
    /// # Errors
    /// [`RecurrentError::InputSize`] for another last axis, [`RecurrentError::TooLarge`] beyond [`LIMIT_BYTES`].
    pub fn call(&self, x: &ArrayViewD<'_, T>) -> Result<ArrayD<T>, RecurrentError> {
        let got = x.shape().last().copied().unwrap_or(0);
        if got != self.in_features {
            return Err(RecurrentError::InputSize { expected: self.in_features, got });
        }
        let shape = [&x.shape()[..x.ndim() - 1], &[self.bias.len()]].concat();
        within_limit::<T>(&shape)?;
        Ok(shaped(shape, self.forward(&row_major(x))))
    }

    /// y, shape (N, out), of x, shape (N, in).
    pub fn forward(&self, x: &[T]) -> Vec<T> {
        let mut y = Vec::with_capacity(x.len() / self.in_features * self.bias.len());
        for x in x.chunks_exact(self.in_features) {
            for (w, &b) in self.weight.chunks_exact(self.in_features).zip(&self.bias) {
                y.push(dot(w, x) + b);
            }
        }
        y
    }

    /// The gradients by W, b and x from that by y.
    pub fn backward(&self, x: &[T], grad_y: &[T]) -> LinearGradients<T> {
        let mut grad = LinearGradients::default();
        self.backward_into(x, grad_y, &mut grad);
        grad
    }

    /// The same, in the memory of earlier gradients.
    pub(super) fn backward_into(&self, x: &[T], grad_y: &[T], grad: &mut LinearGradients<T>) {
        fill_zeros(&mut grad.weight, self.weight.len());
        fill_zeros(&mut grad.bias, self.bias.len());
        fill_zeros(&mut grad.x, x.len());
        let rows = x.chunks_exact(self.in_features).zip(grad.x.chunks_exact_mut(self.in_features));
        for ((x, grad_x), grad_y) in rows.zip(grad_y.chunks_exact(self.bias.len())) {
            // y = x W^T + b
            for (row, &grad_y) in grad_y.iter().enumerate() {
                dot_backward(grad_y, row, (&self.weight, &mut grad.weight), (x, grad_x));
                grad.bias[row] += grad_y;
            }
        }
    }
}

/// Refuses a tensor that would take more than the limit.
pub(super) fn within_limit<T: Real>(shape: &[usize]) -> Result<(), RecurrentError> {
    let count = shape.iter().fold(Count::from(T::BYTES), |bytes, &size| bytes * Count::from(size as u64));
    Ok(count.within(LIMIT_BYTES)?)
}

/// The elements of a new tensor.
pub(super) fn zeros<T: Real>(shape: [usize; 2]) -> Result<Vec<T>, RecurrentError> {
    within_limit::<T>(&shape)?;
    Ok(vec![T::zero(); shape[0] * shape[1]])
}
