//! The GRUs that people meet, side by side: the same weights, input and `h_0` through `PyTorch`'s and three others.

use ndarray::{ArrayD, Axis};
use serde::{Deserialize, Serialize};

use super::parts::{Parameters, check_bytes, check_size, largest_difference, randn};
use super::{LabError, NamedTensor};
use nn::cost::Cost;
use nn::gru::{CallOptions, Equation, ForwardRun, Gru, GruConfig, Output, Progress, Reset, Update, Variant};
use rng::TorchGenerator;

/// The largest `seq_len`.
pub const MOST_STEPS: u64 = 200;
/// The largest `batch`.
pub const MOST_SAMPLES: u64 = 16;
/// The largest `input_size` and `hidden_size`.
pub const MOST_FEATURES: u64 = 64;
/// The largest `num_layers`.
pub const MOST_LAYERS: u64 = 4;

/// The GRUs, `PyTorch`'s first.
pub const VARIANTS: [Variant; 4] = [
    Variant { reset: Reset::AfterProduct, update: Update::KeepsOld },
    Variant { reset: Reset::BeforeProduct, update: Update::KeepsOld },
    Variant { reset: Reset::AfterProduct, update: Update::TakesNew },
    Variant { reset: Reset::BeforeProduct, update: Update::TakesNew },
];

/// What a learner sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct VariantsSetup {
    /// I, in [1, [`MOST_FEATURES`]].
    pub input_size: u32,
    /// H, in [1, [`MOST_FEATURES`]].
    pub hidden_size: u32,
    /// In [1, [`MOST_LAYERS`]].
    pub num_layers: u32,
    /// L, in [1, [`MOST_STEPS`]].
    pub seq_len: u32,
    /// N, in [1, [`MOST_SAMPLES`]].
    pub batch: u32,
    /// Given to `torch.manual_seed`.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub seed: i64,
    /// Whether `h_0` is given, drawn as the input is.
    pub give_h_0: bool,
    /// What every `weight_hh` is multiplied by.
    pub gain: f64,
}

/// What one of the GRUs gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct VariantOutput {
    /// Whether the reset gate comes before the matrix product.
    pub resets_before: bool,
    /// Whether an update gate of 1 takes the new state.
    pub takes_new: bool,
    /// What it computes at a step.
    pub equations: Vec<Equation>,
    /// `out`, (L, N, H).
    pub output: Vec<f32>,
    /// `(out - torch_out).abs().amax(dim=(1, 2))`: how far it is from `PyTorch`'s at every step.
    pub difference: Vec<f64>,
    /// The largest of these.
    pub largest: f64,
    /// `out[-1, 0]`, the first numbers.
    pub last: NamedTensor,
}

/// The GRUs, one after the other, in pieces.
#[derive(Debug)]
pub struct VariantsRun {
    gru: Gru<f32>,
    x: ArrayD<f32>,
    h_0: Option<ArrayD<f32>>,
    current: Option<ForwardRun<f32>>,
    outputs: Vec<ArrayD<f32>>,
    /// Multiply-adds of one of them.
    each: u64,
}

impl VariantsRun {
    /// A run with nothing done yet.
    ///
    /// # Errors
    /// [`LabError`] for a setup beyond its bounds.
    pub fn new(setup: &VariantsSetup) -> Result<Self, LabError> {
        let sizes = [
            ("input_size", setup.input_size, MOST_FEATURES),
            ("hidden_size", setup.hidden_size, MOST_FEATURES),
            ("num_layers", setup.num_layers, MOST_LAYERS),
            ("seq_len", setup.seq_len, MOST_STEPS),
            ("batch", setup.batch, MOST_SAMPLES),
        ];
        for (name, size, most) in sizes {
            check_size(name, size.into(), most)?;
        }
        if !setup.gain.is_finite() {
            return Err(LabError::NotANumber { name: "gain" });
        }
        let config = GruConfig {
            num_layers: setup.num_layers.into(),
            ..GruConfig::new(setup.input_size.into(), setup.hidden_size.into())
        };
        let cost = Cost::of(&config, setup.seq_len.into(), setup.batch.into(), 4);
        check_bytes(cost.forward_bytes() + cost.trace_bytes)?;
        let mut generator = TorchGenerator::new(setup.seed as u64);
        let mut gru = Gru::new(config, &mut generator)?;
        let [input, hidden, layers, steps, batch] =
            [setup.input_size, setup.hidden_size, setup.num_layers, setup.seq_len, setup.batch]
                .map(|size| size as usize);
        let x = randn(&[steps, batch, input], &mut generator);
        let h_0 = setup.give_h_0.then(|| randn(&[layers, batch, hidden], &mut generator));
        let gain = setup.gain as f32;
        gru.change(|name, elements| {
            if name.starts_with("weight_hh") {
                for weight in elements.iter_mut() {
                    *weight *= gain;
                }
            }
        })?;
        let each = cost.multiply_adds.total().to_u64().unwrap_or(u64::MAX);
        Ok(VariantsRun { gru, x, h_0, current: None, outputs: Vec::new(), each })
    }

    /// How far the run is, in multiply-adds.
    pub fn progress(&self) -> Progress {
        let current = self.current.as_ref().map_or(0, |run| run.progress().done);
        Progress {
            done: self.outputs.len() as u64 * self.each + current,
            total: VARIANTS.len() as u64 * self.each,
        }
    }

    /// Does about `multiply_adds` more of the work.
    ///
    /// # Errors
    /// [`LabError`], which a setup that was checked does not give.
    pub fn advance(&mut self, multiply_adds: u64) -> Result<Progress, LabError> {
        let Some(&variant) = VARIANTS.get(self.outputs.len()) else { return Ok(self.progress()) };
        let mut run = if let Some(run) = self.current.take() {
            run
        } else {
            let gru = self.gru.clone().with_variant(variant);
            ForwardRun::new(&gru, self.x.view(), CallOptions::of(self.h_0.as_ref().map(|h_0| h_0.view())))?
        };
        if run.advance(multiply_adds).is_complete() {
            let Output { output, .. } = run.finish();
            self.outputs.push(output);
        } else {
            self.current = Some(run);
        }
        Ok(self.progress())
    }

    /// Does what is left and gives what each GRU gave.
    ///
    /// # Errors
    /// As [`VariantsRun::advance`].
    pub fn finish(mut self) -> Result<Vec<VariantOutput>, LabError> {
        while !self.progress().is_complete() {
            self.advance(u64::MAX)?;
        }
        let torch = &self.outputs[0];
        let outputs = VARIANTS.into_iter().zip(&self.outputs).map(|(variant, output)| {
            let steps = output.outer_iter().zip(torch.outer_iter());
            let difference: Vec<f64> =
                steps.map(|(ours, theirs)| largest_difference(&ours, &theirs)).collect();
            let last =
                output.view().index_axis_move(Axis(0), output.shape()[0] - 1).index_axis_move(Axis(0), 0);
            VariantOutput {
                resets_before: variant.reset == Reset::BeforeProduct,
                takes_new: variant.update == Update::TakesNew,
                equations: variant.equations(true).into(),
                largest: difference.iter().copied().fold(0.0, f64::max),
                difference,
                last: NamedTensor::of("out[-1, 0]", &last),
                output: output.iter().copied().collect(),
            }
        });
        Ok(outputs.collect())
    }
}
