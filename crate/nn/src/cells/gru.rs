//! `nn.GRU`.

use num::Real;

use super::{Cell, Inverse, OfState, Quantity, Read};

/// The GRU as cuDNN and `PyTorch` have it: the reset gate is applied after the matrix product, not before it as in the
/// paper (Cho et al., 2014).
#[derive(Debug)]
pub struct GruEquations;

impl<T: Real> Cell<T> for GruEquations {
    type Unit = [T; 9];

    fn quantities(&self) -> &'static [Quantity] {
        &Quantity::GRU
    }

    fn unit(&self, j: usize, read: &Read<'_, T>, _: &mut T) -> [T; 9] {
        let [row_r, row_z, row_n] = read.rows(j);

        // r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
        let pre_r = read.ih(row_r) + read.hh(row_r);
        let r = pre_r.sigmoid();

        // z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
        let pre_z = read.ih(row_z) + read.hh(row_z);
        let z = pre_z.sigmoid();

        // n = tanh(W_in x + b_in + r * (W_hn h + b_hn))
        let n_input = read.ih(row_n);
        let n_hidden = read.hh(row_n);
        let pre_n = n_input + r * n_hidden;
        let n = pre_n.tanh();

        // h' = (1 - z) * n + z * h
        let h = (T::one() - z) * n + z * read.h_prev[j];

        [pre_r, pre_z, pre_n, n_input, n_hidden, r, z, n, h]
    }

    fn unit_backward(
        &self,
        j: usize,
        [_, _, _, _, n_hidden, r, z, n, _]: [T; 9],
        OfState { grad_h, .. }: OfState<'_, T>,
        inverse: &mut Inverse<'_, '_, T>,
    ) {
        let one = T::one();

        // h' = (1 - z) * n + z * h
        let grad_z = grad_h * (inverse.read.h_prev[j] - n);
        let grad_n = grad_h * (one - z);
        inverse.grad_h_prev[j] += grad_h * z;

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

        // pre_r = W_ir x + b_ir + W_hr h + b_hr
        let [row_r, row_z, row_n] = inverse.read.rows(j);
        inverse.ih(row_r, grad_pre_r);
        inverse.hh(row_r, grad_pre_r);

        // pre_z = W_iz x + b_iz + W_hz h + b_hz
        inverse.ih(row_z, grad_pre_z);
        inverse.hh(row_z, grad_pre_z);

        // n_input = W_in x + b_in, n_hidden = W_hn h + b_hn
        inverse.ih(row_n, grad_n_input);
        inverse.hh(row_n, grad_n_hidden);
    }
}
