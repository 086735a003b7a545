//! What is measured: the calls, with their numbers as files that every engine reads.

use std::fs;
use std::path::Path;

use anyhow::Result;
use gru_playground::cost::Cost;
use gru_playground::gru::{Gru, GruConfig};
use gru_playground::rng::{Generator, TorchGenerator};
use gru_playground::weights::{Signature, onnx};
use ndarray::{ArrayD, ArrayViewD};
use serde::{Deserialize, Serialize};

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
        let Sizes { input, steps, batch, .. } = self.sizes;
        let mut generator = TorchGenerator::new(0);
        let gru: Gru<f32> = Gru::new(self.sizes.config(), &mut generator)?;
        let mut data = vec![0.0_f32; steps * batch * input];
        generator.fill_normal(&mut data);
        let data = ArrayD::from_shape_vec(vec![steps, batch, input], data)?;

        // What all of them are held to: the same call in float64.
        let parameters = gru.state_dict().map(|(name, tensor)| (name, tensor.mapv(f64::from)));
        let parameters: Vec<_> = parameters.collect();
        let views = parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let exact = Gru::<f64>::from_state_dict(self.sizes.config(), views)?;
        let output = exact.forward(data.mapv(f64::from).view(), None)?.output.mapv(|value| value as f32);

        let named = [("input", data.view()), ("output", output.view())];
        let tensors: Vec<(String, ArrayViewD<'_, f32>)> =
            gru.state_dict().chain(named.map(|(name, tensor)| (name.to_owned(), tensor))).collect();
        let shapes: Vec<_> = tensors
            .iter()
            .map(|(name, tensor)| serde_json::json!({ "name": name, "shape": tensor.shape() }))
            .collect();
        let numbers: Vec<u8> = tensors
            .iter()
            .flat_map(|(_, tensor)| tensor.iter())
            .flat_map(|value| value.to_le_bytes())
            .collect();
        let description = serde_json::json!({ "sizes": self.sizes, "tensors": shapes });
        let file = |extension: &str| folder.join(format!("{}.{extension}", self.name));
        fs::write(file("json"), description.to_string())?;
        fs::write(file("bin"), numbers)?;
        fs::write(file("onnx"), onnx(&gru, Signature { batched: true, h_0: false }))?;
        Ok(())
    }
}

impl Sizes {
    fn config(self) -> GruConfig {
        GruConfig { num_layers: self.layers as u64, ..GruConfig::new(self.input as u64, self.hidden as u64) }
    }

    /// Multiply-adds of the matrix products of a pass.
    pub fn multiply_adds(self) -> f64 {
        let cost = Cost::of(&self.config(), self.steps as u64, self.batch as u64, 4);
        cost.multiply_adds.total().to_u64().map_or(f64::INFINITY, |count| count as f64)
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
