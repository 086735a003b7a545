//! minGRU (Feng et al., 2024): gates of the input alone, so that all steps could be computed at once.
//!
//! `PyTorch` has no such module, so the names follow `nn.GRU`'s: the paper's two linear layers are packed into
//! `weight_ih_l0` (2H, I) and `bias_ih_l0` (2H), rows z and then n, drawn as `nn.GRU` draws them; nothing is by h. As there,
//! layers and directions can be stacked. The candidate is the linear layer itself: the paper's form without logarithms.

use num::Real;

use super::{Cell, Inverse, OfState, Quantity, Read};

/// The minGRU.
#[derive(Debug)]
pub struct MinGru;

impl<T: Real> Cell<T> for MinGru {
    type Unit = [T; 4];

    fn quantities(&self) -> &'static [Quantity] {
        &[Quantity::PreZ, Quantity::Z, Quantity::NInput, Quantity::H]
    }

    fn unit(&self, j: usize, read: &Read<'_, T>, _: &mut T) -> [T; 4] {
        let [row_z, row_n] = read.rows(j);

        // z = sigmoid(W_iz x + b_iz)
        let pre_z = read.ih(row_z);
        let z = pre_z.sigmoid();

        // n = W_in x + b_in
        let n = read.ih(row_n);

        // h' = (1 - z) * h + z * n
        let h = (T::one() - z) * read.h_prev[j] + z * n;

        [pre_z, z, n, h]
    }

    fn unit_backward(
        &self,
        j: usize,
        [_, z, n, _]: [T; 4],
        OfState { grad_h, .. }: OfState<'_, T>,
        inverse: &mut Inverse<'_, '_, T>,
    ) {
        let one = T::one();
        let [row_z, row_n] = inverse.read.rows(j);

        // h' = (1 - z) * h + z * n
        let grad_z = grad_h * (n - inverse.read.h_prev[j]);
        let grad_n = grad_h * z;
        inverse.grad_h_prev[j] += grad_h * (one - z);

        // n = W_in x + b_in
        inverse.ih(row_n, grad_n);

        // z = sigmoid(W_iz x + b_iz)
        inverse.ih(row_z, grad_z * z * (one - z));
    }
}
