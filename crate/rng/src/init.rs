//! The order in which modules draw their first weights, and from what.
//!
//! Recurrent modules and cells draw every tensor by [`recurrent`], in the order of their state dict.

use super::Generator;
use num::Real;

/// A tensor of `nn.GRU`, `nn.RNN`, `nn.LSTM` (with `proj_size` too) and the cells: uniform in ±1/sqrt(H).
pub fn recurrent<T: Real>(hidden_size: u64, generator: &mut impl Generator<T>, elements: &mut [T]) {
    symmetric(1.0 / (hidden_size as f64).sqrt(), generator, elements);
}

/// `nn.Linear`: the weight, shape (out, in), uniform in ±1/sqrt(in), then the bias, shape (out), likewise.
///
/// A convolution draws the same with its `in_channels * kernel_size` features.
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
