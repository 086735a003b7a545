//! What is measured: the calls, with their numbers as files that every engine reads.

use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::core;

/// The sizes of a call of `nn.GRU`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    pub input: usize,
    pub hidden: usize,
    pub layers: usize,
    pub steps: usize,
    pub batch: usize,
}

/// A call by the name that the report gives it.
pub struct Call {
    pub name: &'static str,
    pub sizes: Sizes,
}

/// From what a learner computes to what fills the caches of a processor.
pub const CALLS: [Call; 5] = [
    Call::new("S", [10, 20, 2, 5, 3]),
    Call::new("M1", [64, 64, 1, 100, 1]),
    Call::new("M2", [128, 128, 2, 100, 16]),
    Call::new("L1", [256, 256, 2, 50, 32]),
    Call::new("L2", [512, 512, 1, 50, 8]),
];

impl Call {
    const fn new(name: &'static str, [input, hidden, layers, steps, batch]: [usize; 5]) -> Self {
        Call { name, sizes: Sizes { input, hidden, layers, steps, batch } }
    }

    /// Writes NAME.json, NAME.bin and NAME.onnx: the call, its numbers one after the other, and a model of it.
    pub fn write(&self, folder: &Path) -> Result<()> {
        core::write_call(folder, self.name, &self.sizes)
    }
}

impl Sizes {
    /// Multiply-adds of the matrix products of a pass: of three gates' rows with the layer's input and with h, each step.
    pub fn multiply_adds(self) -> f64 {
        let Self { input, hidden, layers, steps, batch } = self;
        let of_layer = |layer| 3 * hidden * (if layer == 0 { input } else { hidden } + hidden);
        (steps * batch * (0..layers).map(of_layer).sum::<usize>()) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiply_adds_are_those_of_three_gates() {
        // Layer 0: 3 * 20 * (10 + 20), layer 1: 3 * 20 * (20 + 20), for each of 5 steps and 3 samples.
        let [s, ..] = CALLS;
        assert!((s.sizes.multiply_adds() - 15.0 * (1800.0 + 2400.0)).abs() < 0.5);
    }
}
