//! `nn.LSTM`.

use num::Real;

use super::{Cell, Inverse, OfState, Quantity, Read};

/// The LSTM, with a projection where it has the weight for one.
#[derive(Debug)]
pub struct LstmEquations;

impl<T: Real> Cell<T> for LstmEquations {
    type Unit = [T; 11];

    fn quantities(&self) -> &'static [Quantity] {
        use Quantity::{C, F, G, H, I, O, PreF, PreG, PreI, PreO, TanhC};
        &[PreI, PreF, PreG, PreO, I, F, G, O, C, TanhC, H]
    }

    fn unit(&self, j: usize, read: &Read<'_, T>, c: &mut T) -> [T; 11] {
        let [pre_i, pre_f, pre_g, pre_o] = read.rows(j).map(|row| read.ih(row) + read.hh(row));

        // i = sigmoid(W_ii x + b_ii + W_hi h + b_hi)
        let i = pre_i.sigmoid();
        // f = sigmoid(W_if x + b_if + W_hf h + b_hf)
        let f = pre_f.sigmoid();
        // g = tanh(W_ig x + b_ig + W_hg h + b_hg)
        let g = pre_g.tanh();
        // o = sigmoid(W_io x + b_io + W_ho h + b_ho)
        let o = pre_o.sigmoid();

        // c' = f * c + i * g
        *c = f * *c + i * g;

        // h' = o * tanh(c')
        let tanh_c = c.tanh();
        let h = o * tanh_c;

        [pre_i, pre_f, pre_g, pre_o, i, f, g, o, *c, tanh_c, h]
    }

    fn unit_backward(
        &self,
        j: usize,
        [_, _, _, _, i, f, g, o, _, tanh_c, _]: [T; 11],
        OfState { grad_h, c_prev, grad_c }: OfState<'_, T>,
        inverse: &mut Inverse<'_, '_, T>,
    ) {
        let one = T::one();

        // h' = o * tanh(c')
        let grad_o = grad_h * tanh_c;
        let grad_c_next = *grad_c + grad_h * o * (one - tanh_c * tanh_c);

        // c' = f * c + i * g
        let grad_i = grad_c_next * g;
        let grad_f = grad_c_next * c_prev;
        let grad_g = grad_c_next * i;
        *grad_c = grad_c_next * f;

        // i = sigmoid(pre_i), f = sigmoid(pre_f), g = tanh(pre_g), o = sigmoid(pre_o)
        let grad_pre =
            [grad_i * i * (one - i), grad_f * f * (one - f), grad_g * (one - g * g), grad_o * o * (one - o)];

        // pre = W_i x + b_i + W_h h + b_h
        let rows: [usize; 4] = inverse.read.rows(j);
        for (row, grad_pre) in rows.into_iter().zip(grad_pre) {
            inverse.ih(row, grad_pre);
            inverse.hh(row, grad_pre);
        }
    }

    fn after(&self, row: usize, read: &Read<'_, T>) -> T {
        // h' = W_hr (o * tanh(c'))
        read.hr(row)
    }

    fn after_backward(&self, row: usize, grad: T, inverse: &mut Inverse<'_, '_, T>) {
        // h' = W_hr (o * tanh(c'))
        inverse.hr(row, grad);
    }
}
