mod backward;
mod variant;

use super::Real;
pub(super) use backward::{CellGradients, Kept};
use num::dot;

/// The parameters of one layer and direction, rows packed r, z, n.
pub(crate) struct Cell<'a, T> {
    hidden_size: usize,
    /// `W_i`, shape (3H, I).
    weight_ih: &'a [T],
    /// `W_h`, shape (3H, H).
    weight_hh: &'a [T],
    /// (`b_i`, `b_h`), each of shape (3H); none is zero.
    biases: Option<(&'a [T], &'a [T])>,
}

/// Everything computed for one unit of the hidden state in one step of one sample.
pub(crate) struct Gates<T> {
    pub pre_r: T,
    pub pre_z: T,
    pub pre_n: T,
    pub n_input: T,
    pub n_hidden: T,
    pub r: T,
    pub z: T,
    pub n: T,
    pub h: T,
}

impl<'a, T: Real> Cell<'a, T> {
    pub fn new(
        hidden_size: usize,
        weight_ih: &'a [T],
        weight_hh: &'a [T],
        biases: Option<(&'a [T], &'a [T])>,
    ) -> Self {
        Cell { hidden_size, weight_ih, weight_hh, biases }
    }

    /// The GRU, for unit `j`: `x` has I features, `h_prev` has H.
    ///
    /// The reset gate is applied after the matrix product, as in cuDNN and `PyTorch`, not before it as
    /// in the paper (Cho et al., 2014).
    pub fn unit(&self, j: usize, x: &[T], h_prev: &[T]) -> Gates<T> {
        let [row_r, row_z, row_n] = [j, self.hidden_size + j, 2 * self.hidden_size + j];

        // r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
        let pre_r = self.ih(row_r, x) + self.hh(row_r, h_prev);
        let r = pre_r.sigmoid();

        // z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
        let pre_z = self.ih(row_z, x) + self.hh(row_z, h_prev);
        let z = pre_z.sigmoid();

        // n = tanh(W_in x + b_in + r * (W_hn h + b_hn))
        let n_input = self.ih(row_n, x);
        let n_hidden = self.hh(row_n, h_prev);
        let pre_n = n_input + r * n_hidden;
        let n = pre_n.tanh();

        // h' = (1 - z) * n + z * h
        let h = (T::one() - z) * n + z * h_prev[j];

        Gates { pre_r, pre_z, pre_n, n_input, n_hidden, r, z, n, h }
    }

    /// A row of `W_i x + b_i`.
    fn ih(&self, row: usize, x: &[T]) -> T {
        let weights = &self.weight_ih[row * x.len()..][..x.len()];
        dot(weights, x) + self.biases.map_or(T::zero(), |(b_i, _)| b_i[row])
    }

    /// A row of `W_h h + b_h`.
    fn hh(&self, row: usize, h: &[T]) -> T {
        let weights = &self.weight_hh[row * h.len()..][..h.len()];
        dot(weights, h) + self.biases.map_or(T::zero(), |(_, b_h)| b_h[row])
    }
}
