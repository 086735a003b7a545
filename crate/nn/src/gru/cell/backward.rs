use super::Cell;
use crate::gru::Real;
use num::dot_backward;

/// What the forward pass read and kept of one step of one sample, for unit `j` where a number.
pub struct Kept<'a, T> {
    /// I features.
    pub x: &'a [T],
    /// H features.
    pub h_prev: &'a [T],
    pub n_hidden: T,
    pub r: T,
    pub z: T,
    pub n: T,
}

/// Where a backward pass adds up what a [`Cell`] gets.
pub struct CellGradients<'a, T> {
    pub weight_ih: &'a mut [T],
    pub weight_hh: &'a mut [T],
    pub biases: Option<(&'a mut [T], &'a mut [T])>,
}

impl<T: Real> Cell<'_, T> {
    /// Inverts [`Cell::unit`]: from the gradient of `h[j]`, adds to those of the parameters, of `x` and of
    /// `h_prev`. Each paragraph quotes the line that it inverts, last line first.
    pub fn unit_backward(
        &self,
        j: usize,
        kept: &Kept<'_, T>,
        grad_h: T,
        grad_cell: &mut CellGradients<'_, T>,
        [grad_x, grad_h_prev]: [&mut [T]; 2],
    ) {
        let &Kept { x, h_prev, n_hidden, r, z, n } = kept;
        let one = T::one();

        // h' = (1 - z) * n + z * h
        let grad_z = grad_h * (h_prev[j] - n);
        let grad_n = grad_h * (one - z);
        grad_h_prev[j] += grad_h * z;

        // n = tanh(pre_n)
        let grad_pre_n = grad_n * (one - n * n);

        // pre_n = n_input + r * n_hidden
        let grad_n_input = grad_pre_n;
        let grad_r = grad_pre_n * n_hidden;
        let grad_n_hidden = grad_pre_n * r;

        // z = sigmoid(pre_z)
        let grad_pre_z = grad_z * z * (one - z);

        // r = sigmoid(pre_r)
        let grad_pre_r = grad_r * r * (one - r);

        // n_input = W_in x + b_in, pre_z = W_iz x + b_iz + ..., pre_r = W_ir x + b_ir + ...
        // n_hidden = W_hn h + b_hn, pre_z = ... + W_hz h + b_hz, pre_r = ... + W_hr h + b_hr
        let rows = [(grad_pre_r, grad_pre_r), (grad_pre_z, grad_pre_z), (grad_n_input, grad_n_hidden)];
        for (gate, (grad_ih, grad_hh)) in rows.into_iter().enumerate() {
            let row = gate * self.hidden_size + j;
            dot_backward(grad_ih, row, (self.weight_ih, grad_cell.weight_ih), (x, grad_x));
            dot_backward(grad_hh, row, (self.weight_hh, grad_cell.weight_hh), (h_prev, grad_h_prev));
            if let Some((b_i, b_h)) = &mut grad_cell.biases {
                b_i[row] += grad_ih;
                b_h[row] += grad_hh;
            }
        }
    }
}
