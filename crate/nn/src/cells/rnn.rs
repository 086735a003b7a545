//! `nn.RNN`.

use num::Real;

use super::{Cell, Inverse, OfState, Quantity, Read};

/// The RNN, with either of its nonlinearities.
#[derive(Debug)]
pub enum Elman {
    /// `nonlinearity="tanh"`.
    Tanh,
    /// `nonlinearity="relu"`.
    Relu,
}

impl<T: Real> Cell<T> for Elman {
    type Unit = [T; 2];

    fn quantities(&self) -> &'static [Quantity] {
        &[Quantity::Pre, Quantity::H]
    }

    fn unit(&self, j: usize, read: &Read<'_, T>, _: &mut T) -> [T; 2] {
        let pre = read.ih(j) + read.hh(j);
        let h = match self {
            // h' = tanh(W_ih x + b_ih + W_hh h + b_hh)
            Elman::Tanh => pre.tanh(),
            // h' = relu(W_ih x + b_ih + W_hh h + b_hh), and NaN stays NaN
            Elman::Relu if pre < T::zero() => T::zero(),
            Elman::Relu => pre,
        };
        [pre, h]
    }

    fn unit_backward(
        &self,
        j: usize,
        [_, h]: [T; 2],
        OfState { grad_h, .. }: OfState<'_, T>,
        inverse: &mut Inverse<'_, '_, T>,
    ) {
        let grad_pre = match self {
            // h' = tanh(pre)
            Elman::Tanh => grad_h * (T::one() - h * h),
            // h' = relu(pre)
            Elman::Relu if h <= T::zero() => T::zero(),
            Elman::Relu => grad_h,
        };
        // pre = W_ih x + b_ih + W_hh h + b_hh
        inverse.ih(j, grad_pre);
        inverse.hh(j, grad_pre);
    }
}
