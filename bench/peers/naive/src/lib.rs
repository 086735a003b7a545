//! A GRU as one would first write it: ndarray's products, a step at a time, `exp` and `tanh` of the library.

use ndarray::{Array1, Array2, ArrayView2, Axis, s};
use wasm_bindgen::prelude::wasm_bindgen;

struct Layer {
    w_ih: Array2<f32>,
    w_hh: Array2<f32>,
    b_ih: Array1<f32>,
    b_hh: Array1<f32>,
}

/// Layers of a GRU.
#[wasm_bindgen]
pub struct Model {
    layers: Vec<Layer>,
    input: usize,
    hidden: usize,
}

#[wasm_bindgen]
impl Model {
    /// A GRU with the parameters of `PyTorch`'s state dict, one after the other.
    #[wasm_bindgen(constructor)]
    pub fn new(input: usize, hidden: usize, layers: usize, parameters: Vec<f32>) -> Model {
        let mut rest = parameters.into_iter();
        let mut take = |count: usize| rest.by_ref().take(count).collect::<Vec<_>>();
        let mut matrix = |columns: usize| {
            Array2::from_shape_vec((3 * hidden, columns), take(3 * hidden * columns)).expect("its own size")
        };
        let layers = (0..layers)
            .map(|k| Layer {
                w_ih: matrix(if k == 0 { input } else { hidden }),
                w_hh: matrix(hidden),
                b_ih: matrix(1).remove_axis(Axis(1)),
                b_hh: matrix(1).remove_axis(Axis(1)),
            })
            .collect();
        Model { layers, input, hidden }
    }

    /// The output (L, N, H) for an input (L, N, I).
    pub fn forward(&self, input: Vec<f32>, steps: usize, batch: usize) -> Vec<f32> {
        let mut sequence =
            Array2::from_shape_vec((steps * batch, self.input), input).expect("an input that fits");
        for layer in &self.layers {
            let mut output = Array2::zeros((steps * batch, self.hidden));
            let mut h = Array2::zeros((batch, self.hidden));
            for t in 0..steps {
                let rows = s![t * batch..(t + 1) * batch, ..];
                h = layer.step(sequence.slice(rows), &h);
                output.slice_mut(rows).assign(&h);
            }
            sequence = output;
        }
        sequence.into_raw_vec_and_offset().0
    }
}

impl Layer {
    fn step(&self, x: ArrayView2<'_, f32>, h: &Array2<f32>) -> Array2<f32> {
        let hidden = h.ncols();
        let of_x = x.dot(&self.w_ih.t()) + &self.b_ih;
        let of_h = h.dot(&self.w_hh.t()) + &self.b_hh;
        let gate = |k: usize| s![.., k * hidden..(k + 1) * hidden];
        let r = (&of_x.slice(gate(0)) + &of_h.slice(gate(0))).mapv(sigmoid);
        let z = (&of_x.slice(gate(1)) + &of_h.slice(gate(1))).mapv(sigmoid);
        let n = (&of_x.slice(gate(2)) + &(r * of_h.slice(gate(2)))).mapv(f32::tanh);
        (1.0 - &z) * n + &z * h
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
