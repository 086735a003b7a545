//! The project's GRU called from within wasm: what a pass takes without the boundary, and what training takes.

mod peak;

use gru_playground::gru::{CallOptions, ForwardRun, Gru, GruConfig};
use gru_playground::rng::TorchGenerator;
use gru_playground::train::{Criterion, Input, Model, ModelConfig, Optimizer, Sgd, TrainOptions, TrainRun};
use ndarray::{ArrayD, ArrayView1, ArrayViewD};
use wasm_bindgen::prelude::wasm_bindgen;

pub use peak::{peak_of_registers, peak_of_tile};

/// A GRU and an input for it.
#[wasm_bindgen]
pub struct Inside {
    gru: Gru<f32>,
    input: ArrayD<f32>,
}

#[wasm_bindgen]
impl Inside {
    /// A GRU with the parameters of `PyTorch`'s state dict, one after the other, and an input (L, N, I).
    #[wasm_bindgen(constructor)]
    pub fn new(
        input: usize,
        hidden: usize,
        layers: usize,
        parameters: &[f32],
        data: Vec<f32>,
        steps: usize,
        batch: usize,
    ) -> Inside {
        let config = config(input, hidden, layers);
        let specs = config.parameters().map(|spec| (spec.name(), spec.shape()));
        let specs: Vec<_> = specs.collect();
        let gru =
            Gru::from_state_dict(config, named(specs, &mut &parameters[..])).expect("parameters that fit");
        let input = ArrayD::from_shape_vec(vec![steps, batch, input], data).expect("an input that fits");
        Inside { gru, input }
    }

    /// As many passes, one after the other; a number of the last one's output.
    pub fn passes(&self, count: usize) -> f32 {
        let pass = || self.gru.forward(self.input.view(), None).expect("a legal call").output;
        (0..count).map(|_| pass().first().copied().unwrap_or_default()).last().unwrap_or_default()
    }

    /// As many passes that keep every gate, as the playground does.
    pub fn traced(&self, count: usize) -> f32 {
        let pass = || {
            ForwardRun::new(&self.gru, self.input.view(), CallOptions::default().traced())
                .expect("a legal call")
                .finish()
                .output
        };
        (0..count).map(|_| pass().first().copied().unwrap_or_default()).last().unwrap_or_default()
    }
}

/// The training of a GRU with a linear head on its last step, by SGD on the mean squared error.
#[wasm_bindgen]
pub struct Training(TrainRun<f32>);

#[wasm_bindgen]
impl Training {
    /// Parameters in the order of the state dict, those of the head last; input (L, N, I), targets (N, `out`).
    #[wasm_bindgen(constructor)]
    pub fn new(
        sizes: &[usize],
        parameters: &[f32],
        data: Vec<f32>,
        targets: Vec<f32>,
        rate: f64,
    ) -> Training {
        let &[input, hidden, layers, steps, batch, out] = sizes else { unreachable!("six sizes") };
        let gru = config(input, hidden, layers);
        let of_gru = gru.parameters().map(|spec| (format!("gru.{}", spec.name()), spec.shape()));
        let of_head = [
            ("fc.weight".to_owned(), vec![out as u128, hidden as u128]),
            ("fc.bias".to_owned(), vec![out as u128]),
        ];
        let specs: Vec<_> = of_gru.chain(of_head).collect();
        let config = ModelConfig::new(gru, out as u64);
        let model =
            Model::from_state_dict(&config, named(specs, &mut &parameters[..])).expect("parameters that fit");
        let input = ArrayD::from_shape_vec(vec![steps, batch, input], data).expect("an input that fits");
        let options = TrainOptions {
            criterion: Criterion::Mse(targets),
            optimizer: Optimizer::Sgd(Sgd { lr: rate, ..Sgd::default() }),
            clip_grad_norm: None,
            steps: u64::MAX,
        };
        let run = TrainRun::new(model, Input::Features(input), options, TorchGenerator::new(0));
        Training(run.expect("a legal run"))
    }

    /// Takes as many steps; the loss before the last one moved the parameters.
    pub fn steps(&mut self, count: usize) -> f32 {
        let mut step = || self.0.step().expect("finite numbers").map(|step| step.loss).unwrap_or(f32::NAN);
        (0..count).map(|_| step()).last().unwrap_or(f32::NAN)
    }
}

fn config(input: usize, hidden: usize, layers: usize) -> GruConfig {
    GruConfig { num_layers: layers as u64, ..GruConfig::new(input as u64, hidden as u64) }
}

/// Tensors cut off a list of numbers, one after the other.
fn named<'a>(specs: Vec<(String, Vec<u128>)>, rest: &mut &'a [f32]) -> Vec<(String, ArrayViewD<'a, f32>)> {
    let cut = |(name, shape): (String, Vec<u128>)| {
        let shape: Vec<usize> = shape.into_iter().map(|size| size as usize).collect();
        let (elements, after) = rest.split_at(shape.iter().product());
        *rest = after;
        (name, ArrayView1::from(elements).into_shape_with_order(shape).expect("its own size"))
    };
    specs.into_iter().map(cut).collect()
}
