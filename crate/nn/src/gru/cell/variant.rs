use super::{Cell, Gates};
use crate::gru::{Real, Reset, Update, Variant};

impl<T: Real> Cell<'_, T> {
    /// The state that unit `j` lets the new gates see where the reset comes before the matrix product.
    pub fn reset(&self, j: usize, x: &[T], h_prev: &[T]) -> T {
        // r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
        let r = (self.ih(j, x) + self.hh(j, h_prev)).sigmoid();
        // r * h
        r * h_prev[j]
    }

    /// Unit `j` of a GRU that is not `PyTorch`'s; `reset` is `r * h` of every unit, where that is needed.
    pub fn unit_of(&self, variant: Variant, j: usize, x: &[T], h_prev: &[T], reset: &[T]) -> Gates<T> {
        let mut gates = self.unit(j, x, h_prev);
        if variant.reset == Reset::BeforeProduct {
            // n = tanh(W_in x + b_in + W_hn (r * h) + b_hn)
            gates.n_hidden = self.hh(2 * self.hidden_size + j, reset);
            gates.pre_n = gates.n_input + gates.n_hidden;
            gates.n = gates.pre_n.tanh();
        }
        let (keep_new, keep_old) = match variant.update {
            // h' = (1 - z) * n + z * h
            Update::KeepsOld => (T::one() - gates.z, gates.z),
            // h' = z * n + (1 - z) * h
            Update::TakesNew => (gates.z, T::one() - gates.z),
        };
        gates.h = keep_new * gates.n + keep_old * h_prev[j];
        gates
    }
}
