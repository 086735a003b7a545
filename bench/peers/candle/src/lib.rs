//! candle's GRU behind the bench's interface; its tensors have the batch first.

use std::collections::HashMap;

use candle::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_nn::rnn::{GRU, GRUConfig, RNN};
use wasm_bindgen::prelude::wasm_bindgen;

/// Layers of candle's GRU, which has one a module.
#[wasm_bindgen]
pub struct Model {
    layers: Vec<GRU>,
    input: usize,
}

#[wasm_bindgen]
impl Model {
    /// A GRU with the parameters of `PyTorch`'s state dict, one after the other.
    #[wasm_bindgen(constructor)]
    pub fn new(input: usize, hidden: usize, layers: usize, parameters: Vec<f32>) -> Model {
        let mut rest = &parameters[..];
        let layers = (0..layers).map(|k| {
            let features = if k == 0 { input } else { hidden };
            let gates = 3 * hidden;
            let mut tensors = HashMap::new();
            let shapes = [
                ("weight_ih_l0", vec![gates, features]),
                ("weight_hh_l0", vec![gates, hidden]),
                ("bias_ih_l0", vec![gates]),
                ("bias_hh_l0", vec![gates]),
            ];
            for (name, shape) in shapes {
                let (elements, after) = rest.split_at(shape.iter().product());
                rest = after;
                let tensor = Tensor::from_slice(elements, shape, &Device::Cpu).expect("its own elements");
                tensors.insert(name.to_owned(), tensor);
            }
            let parameters = VarBuilder::from_tensors(tensors, DType::F32, &Device::Cpu);
            GRU::new(features, hidden, GRUConfig::default(), parameters).expect("parameters that fit")
        });
        Model { layers: layers.collect(), input }
    }

    /// The output (N, L, H) for an input (N, L, I).
    pub fn forward(&self, input: Vec<f32>, steps: usize, batch: usize) -> Vec<f32> {
        let forward = || {
            let mut sequence = Tensor::from_vec(input, (batch, steps, self.input), &Device::Cpu)?;
            for layer in &self.layers {
                let states = layer.seq(&sequence)?;
                let hidden = states.iter().map(|state| state.h().clone()).collect::<Vec<_>>();
                sequence = Tensor::stack(&hidden, 1)?;
            }
            sequence.flatten_all()?.to_vec1()
        };
        forward().expect("an input that fits")
    }
}
