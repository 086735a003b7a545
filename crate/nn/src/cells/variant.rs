//! The GRUs that are not `PyTorch`'s.

use num::Real;
use serde::{Deserialize, Serialize};

use super::gru::GruEquations;
use super::{Cell, Inverse, OfState, Quantity, Read};

/// Which GRU: people meet others than `PyTorch`'s, with the same parameters.
///
/// | GRU | reset | update |
/// |---|---|---|
/// | `PyTorch`, cuDNN, Keras with `reset_after=True`, ONNX with `linear_before_reset=1` | after | keeps old |
/// | Cho et al. (2014), Keras with `reset_after=False`, ONNX with `linear_before_reset=0` | before | keeps old |
/// | Chung et al. (2014) | before | takes new |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(default)]
pub struct Variant {
    /// Where the reset gate is applied.
    pub reset: Reset,
    /// What the update gate means.
    pub update: Update,
}

/// Where the reset gate is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Reset {
    /// `n = tanh(W_in x + b_in + r * (W_hn h + b_hn))`.
    #[default]
    AfterProduct,
    /// `n = tanh(W_in x + b_in + W_hn (r * h) + b_hn)`.
    BeforeProduct,
}

/// What an update gate of 1 does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Update {
    /// `h' = (1 - z) * n + z * h`.
    #[default]
    KeepsOld,
    /// `h' = z * n + (1 - z) * h`.
    TakesNew,
}

impl<T: Real> Cell<T> for Variant {
    type Unit = [T; 9];

    fn quantities(&self) -> &'static [Quantity] {
        &Quantity::GRU
    }

    fn before(&self, j: usize, read: &Read<'_, T>) -> T {
        // r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
        let r = (read.ih(j) + read.hh(j)).sigmoid();
        // r * h
        r * read.h_prev[j]
    }

    fn unit(&self, j: usize, read: &Read<'_, T>, c: &mut T) -> [T; 9] {
        let [pre_r, pre_z, mut pre_n, n_input, mut n_hidden, r, z, mut n, _] = GruEquations.unit(j, read, c);
        if self.reset == Reset::BeforeProduct {
            // n = tanh(W_in x + b_in + W_hn (r * h) + b_hn)
            let [_, _, row_n] = read.rows(j);
            n_hidden = read.hh_of(row_n, read.made);
            pre_n = n_input + n_hidden;
            n = pre_n.tanh();
        }
        let (keep_new, keep_old) = match self.update {
            // h' = (1 - z) * n + z * h
            Update::KeepsOld => (T::one() - z, z),
            // h' = z * n + (1 - z) * h
            Update::TakesNew => (z, T::one() - z),
        };
        let h = keep_new * n + keep_old * read.h_prev[j];
        [pre_r, pre_z, pre_n, n_input, n_hidden, r, z, n, h]
    }

    fn remade(&self, j: usize, unit: &[T; 9], h_prev: &[T]) -> T {
        let [_, _, _, _, _, r, ..] = *unit;
        r * h_prev[j]
    }

    fn unit_backward(
        &self,
        j: usize,
        [_, _, _, _, n_hidden, r, z, n, _]: [T; 9],
        OfState { grad_h, .. }: OfState<'_, T>,
        inverse: &mut Inverse<'_, '_, T>,
    ) {
        let one = T::one();
        let [row_r, row_z, row_n] = inverse.read.rows(j);
        let h_prev = inverse.read.h_prev[j];
        let (grad_z, grad_n, grad_h_prev) = match self.update {
            // h' = (1 - z) * n + z * h
            Update::KeepsOld => (grad_h * (h_prev - n), grad_h * (one - z), grad_h * z),
            // h' = z * n + (1 - z) * h
            Update::TakesNew => (grad_h * (n - h_prev), grad_h * z, grad_h * (one - z)),
        };
        inverse.grad_h_prev[j] += grad_h_prev;

        // n = tanh(pre_n), pre_n = W_in x + b_in + ...
        let grad_pre_n = grad_n * (one - n * n);
        inverse.ih(row_n, grad_pre_n);

        match self.reset {
            Reset::AfterProduct => {
                // pre_n = ... + r * (W_hn h + b_hn)
                inverse.hh(row_n, grad_pre_n * r);
                let grad_pre_r = grad_pre_n * n_hidden * r * (one - r);
                inverse.ih(row_r, grad_pre_r);
                inverse.hh(row_r, grad_pre_r);
            }
            // pre_n = ... + W_hn (r * h) + b_hn
            Reset::BeforeProduct => inverse.hh_of_made(row_n, grad_pre_n),
        }

        // z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
        let grad_pre_z = grad_z * z * (one - z);
        inverse.ih(row_z, grad_pre_z);
        inverse.hh(row_z, grad_pre_z);
    }

    fn before_backward(&self, j: usize, unit: &[T; 9], grad: T, inverse: &mut Inverse<'_, '_, T>) {
        let [_, _, _, _, _, r, ..] = *unit;
        // r * h
        let grad_r = grad * inverse.read.h_prev[j];
        inverse.grad_h_prev[j] += grad * r;
        // r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
        let grad_pre_r = grad_r * r * (T::one() - r);
        inverse.ih(j, grad_pre_r);
        inverse.hh(j, grad_pre_r);
    }
}
