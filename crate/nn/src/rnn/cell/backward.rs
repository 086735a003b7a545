use super::Cell;
use crate::gru::Real;
use crate::rnn::Mode;
use num::dot_backward;

/// What the forward pass read and kept of one step of one sample, for unit `j` where a number; a gate or state
/// that the module has not is zero.
pub struct Kept<'a, T> {
    /// I features.
    pub x: &'a [T],
    /// R features.
    pub h_prev: &'a [T],
    pub c_prev: T,
    /// The gates i, f, g, o.
    pub gates: [T; 4],
    pub tanh_c: T,
    /// The hidden state, not yet projected.
    pub h: T,
}

/// Where a backward pass adds up what a [`Cell`] gets.
pub struct CellGradients<'a, T> {
    pub weight_ih: &'a mut [T],
    pub weight_hh: &'a mut [T],
    pub biases: Option<(&'a mut [T], &'a mut [T])>,
    pub weight_hr: Option<&'a mut [T]>,
}

impl<T: Real> Cell<'_, T> {
    /// Inverts [`Cell::unit`]: from the gradients of `h[j]`, not yet projected, and of `c[j]`, which becomes that
    /// of `c_prev[j]`, adds to those of the parameters, of `x` and of `h_prev`. Each paragraph quotes the line
    /// that it inverts, last line first.
    pub fn unit_backward(
        &self,
        (mode, j): (Mode, usize),
        kept: &Kept<'_, T>,
        (grad_h, grad_c): (T, &mut T),
        grad_cell: &mut CellGradients<'_, T>,
        [grad_x, grad_h_prev]: [&mut [T]; 2],
    ) {
        let &Kept { x, h_prev, c_prev, gates: [i, f, g, o], tanh_c, h } = kept;
        let (zero, one) = (T::zero(), T::one());
        let grad_pre = match mode {
            // h' = tanh(pre)
            Mode::Tanh => [grad_h * (one - h * h), zero, zero, zero],
            // h' = relu(pre)
            Mode::Relu => [if h <= zero { zero } else { grad_h }, zero, zero, zero],
            Mode::Lstm => {
                // h' = o * tanh(c')
                let grad_o = grad_h * tanh_c;
                let grad_c_next = *grad_c + grad_h * o * (one - tanh_c * tanh_c);

                // c' = f * c + i * g
                let grad_i = grad_c_next * g;
                let grad_f = grad_c_next * c_prev;
                let grad_g = grad_c_next * i;
                *grad_c = grad_c_next * f;

                // i = sigmoid(pre_i), f = sigmoid(pre_f), g = tanh(pre_g), o = sigmoid(pre_o)
                [
                    grad_i * i * (one - i),
                    grad_f * f * (one - f),
                    grad_g * (one - g * g),
                    grad_o * o * (one - o),
                ]
            }
        };
        // pre = W_i x + b_i + W_h h + b_h
        for (gate, &grad_pre) in grad_pre.iter().take(mode.gates() as usize).enumerate() {
            let row = gate * self.hidden_size + j;
            dot_backward(grad_pre, row, (self.weight_ih, grad_cell.weight_ih), (x, &mut *grad_x));
            dot_backward(grad_pre, row, (self.weight_hh, grad_cell.weight_hh), (h_prev, &mut *grad_h_prev));
            if let Some((b_i, b_h)) = &mut grad_cell.biases {
                b_i[row] += grad_pre;
                b_h[row] += grad_pre;
            }
        }
    }

    /// Inverts [`Cell::project`]: from the gradient of a feature of the projected `h'`, adds to those of a row of
    /// `W_hr` and of `h`.
    pub fn project_backward(
        &self,
        row: usize,
        grad_projected: T,
        grad_cell: &mut CellGradients<'_, T>,
        (h, grad_h): (&[T], &mut [T]),
    ) {
        // h' = W_hr h'
        if let Some((weight_hr, grad_weight_hr)) = self.weight_hr.zip(grad_cell.weight_hr.as_deref_mut()) {
            dot_backward(grad_projected, row, (weight_hr, grad_weight_hr), (h, grad_h));
        }
    }
}
