mod backward;

use super::Mode;
use crate::gru::Real;
pub(super) use backward::{CellGradients, Kept};
use num::dot;

/// The parameters of one layer and direction, rows packed i, f, g, o in an LSTM.
pub(super) struct Cell<'a, T> {
    pub hidden_size: usize,
    /// `W_i`, shape (G*H, I).
    pub weight_ih: &'a [T],
    /// `W_h`, shape (G*H, R).
    pub weight_hh: &'a [T],
    /// (`b_i`, `b_h`), each of shape (G*H); none is zero.
    pub biases: Option<(&'a [T], &'a [T])>,
    /// `W_hr`, shape (R, H), where the hidden state is projected.
    pub weight_hr: Option<&'a [T]>,
}

/// Everything computed for one unit in one step of one sample; a gate that the module has not is zero.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit<T> {
    /// `W_i x + b_i + W_h h + b_h` of every gate: i, f, g, o in an LSTM, the first alone in an RNN.
    pub pre: [T; 4],
    /// The gates i, f, g, o.
    pub gates: [T; 4],
    pub c: T,
    pub tanh_c: T,
    /// The hidden state, not yet projected.
    pub h: T,
}

impl<T: Real> Cell<'_, T> {
    /// Unit `j`: `x` has I features, `h_prev` has R, and `c_prev` is the unit's own.
    pub fn unit(&self, mode: Mode, j: usize, x: &[T], h_prev: &[T], c_prev: T) -> Unit<T> {
        let zero = T::zero();
        let mut unit = Unit { pre: [zero; 4], gates: [zero; 4], c: zero, tanh_c: zero, h: zero };
        for (gate, pre) in unit.pre.iter_mut().take(mode.gates() as usize).enumerate() {
            *pre = self.pre(gate * self.hidden_size + j, x, h_prev);
        }
        match mode {
            // h' = tanh(W_ih x + b_ih + W_hh h + b_hh)
            Mode::Tanh => unit.h = unit.pre[0].tanh(),
            // h' = relu(W_ih x + b_ih + W_hh h + b_hh), and NaN stays NaN
            Mode::Relu => unit.h = if unit.pre[0] < zero { zero } else { unit.pre[0] },
            Mode::Lstm => {
                // i = sigmoid(W_ii x + b_ii + W_hi h + b_hi)
                let i = unit.pre[0].sigmoid();
                // f = sigmoid(W_if x + b_if + W_hf h + b_hf)
                let f = unit.pre[1].sigmoid();
                // g = tanh(W_ig x + b_ig + W_hg h + b_hg)
                let g = unit.pre[2].tanh();
                // o = sigmoid(W_io x + b_io + W_ho h + b_ho)
                let o = unit.pre[3].sigmoid();
                // c' = f * c + i * g
                unit.c = f * c_prev + i * g;
                // h' = o * tanh(c')
                unit.tanh_c = unit.c.tanh();
                unit.h = o * unit.tanh_c;
                unit.gates = [i, f, g, o];
            }
        }
        unit
    }

    /// A row of `W_i x + b_i + W_h h + b_h`.
    fn pre(&self, row: usize, x: &[T], h: &[T]) -> T {
        let input = dot(&self.weight_ih[row * x.len()..][..x.len()], x);
        let hidden = dot(&self.weight_hh[row * h.len()..][..h.len()], h);
        match self.biases {
            Some((b_i, b_h)) => (input + b_i[row]) + (hidden + b_h[row]),
            None => input + hidden,
        }
    }

    /// A row of the projection, `h' = W_hr h'`; `h` has H features.
    pub fn project(&self, row: usize, h: &[T]) -> T {
        self.weight_hr.map_or(T::zero(), |weight_hr| dot(&weight_hr[row * h.len()..][..h.len()], h))
    }
}
