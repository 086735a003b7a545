//! The order in which modules draw their first weights, and from what.
//!
//! Recurrent modules and cells draw every tensor by [`recurrent`], in the order of their state dict.

use super::Generator;
use num::Real;

/// A tensor of `nn.GRU`, `nn.RNN`, `nn.LSTM` (with `proj_size` too) and the cells: uniform in ±1/sqrt(H).
///
/// ```
/// use gru_playground_rng::{TorchGenerator, init};
///
/// // weight_ih_l0 of nn.GRU(2, 4): uniform in ±1/sqrt(4)
/// let mut weight = [0.0_f32; 3 * 4 * 2];
/// init::recurrent(4, &mut TorchGenerator::new(0), &mut weight);
/// assert!(weight.iter().all(|number| number.abs() <= 0.5));
/// ```
pub fn recurrent<T: Real>(hidden_size: u64, generator: &mut impl Generator<T>, elements: &mut [T]) {
    symmetric(1.0 / (hidden_size as f64).sqrt(), generator, elements);
}

/// `nn.Linear`: the weight, shape (out, in), uniform in ±1/sqrt(in), then the bias, shape (out), likewise.
///
/// A convolution draws the same with its `in_channels * kernel_size` features.
///
/// ```
/// use gru_playground_rng::{TorchGenerator, init};
///
/// // nn.Linear(4, 2): uniform in ±1/sqrt(4)
/// let (mut weight, mut bias) = ([0.0_f32; 8], [0.0; 2]);
/// init::linear(4, &mut TorchGenerator::new(0), &mut weight, Some(&mut bias));
/// assert!(weight.iter().chain(&bias).all(|number| number.abs() <= 0.5));
/// ```
pub fn linear<T: Real>(
    in_features: u64,
    generator: &mut impl Generator<T>,
    weight: &mut [T],
    bias: Option<&mut [T]>,
) {
    let fan_in = in_features as f64;
    // `kaiming_uniform_(weight, a=sqrt(5))`, rounding where it rounds.
    let gain = (2.0 / (1.0 + 5.0_f64.sqrt() * 5.0_f64.sqrt())).sqrt();
    symmetric(3.0_f64.sqrt() * (gain / fan_in.sqrt()), generator, weight);
    if let Some(bias) = bias {
        symmetric(1.0 / fan_in.sqrt(), generator, bias);
    }
}

/// `nn.Embedding`: the weight, shape (`num_embeddings`, `embedding_dim`), standard normal; then the padding
/// row, if there is one, zero.
///
/// ```
/// use gru_playground_rng::{TorchGenerator, init};
///
/// // nn.Embedding(3, 2, padding_idx=1)
/// let mut weight = [0.0_f32; 3 * 2];
/// init::embedding(2, Some(1), &mut TorchGenerator::new(0), &mut weight);
/// assert_eq!(weight[2..4], [0.0, 0.0]);
/// ```
pub fn embedding<T: Real>(
    embedding_dim: usize,
    padding_idx: Option<usize>,
    generator: &mut impl Generator<T>,
    weight: &mut [T],
) {
    generator.fill_normal(weight);
    if let Some(row) = padding_idx.and_then(|row| weight.chunks_exact_mut(embedding_dim.max(1)).nth(row)) {
        row.fill(T::zero());
    }
}

fn symmetric<T: Real>(bound: f64, generator: &mut impl Generator<T>, elements: &mut [T]) {
    let (low, high) = (T::from_f64(-bound), T::from_f64(bound));
    generator.fill_uniform_with(low, high, elements);
}
