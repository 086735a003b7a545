use nn::gru::Real;
use nn::gru::sequence::fill_zeros;
use num::{dot, dot_backward};

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
