//! One loss' gradient at every step of `nn.RNN`, `nn.LSTM` and `nn.GRU`, from the same seed and of the same sizes.

mod unrolled;

use ndarray::ArrayD;
use serde::{Deserialize, Serialize};

use super::parts::{check_bytes, check_size, randn};
use super::{LabError, NamedTensor};
use nn::cost::Count;
use nn::gru::{GruConfig, Progress};
use nn::rnn::{Mode, RnnConfig};
use rng::TorchGenerator;
use unrolled::Unrolled;

/// The largest `seq_len`.
pub const MOST_STEPS: u64 = 500;
/// The largest `batch`.
pub const MOST_SAMPLES: u64 = 16;
/// The largest `input_size` and `hidden_size`.
pub const MOST_FEATURES: u64 = 64;

/// Which loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum GradientsLoss {
    /// `out[-1].sum()`: the last step alone.
    LastStep,
    /// `(out * R).sum()`, R standard normal: every step.
    EveryStep,
}

/// What a learner sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct GradientsSetup {
    /// I, in [1, [`MOST_FEATURES`]].
    pub input_size: u32,
    /// H, in [1, [`MOST_FEATURES`]].
    pub hidden_size: u32,
    /// L, in [1, [`MOST_STEPS`]].
    pub seq_len: u32,
    /// N, in [1, [`MOST_SAMPLES`]].
    pub batch: u32,
    /// Given to `torch.manual_seed` before each module.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub seed: i64,
    /// What `weight_hh_l0` is multiplied by.
    pub gain: f64,
    /// What is added to the biases of the gates that keep the past: z of the GRU, f of the LSTM.
    pub gate_bias: f64,
    /// The loss.
    pub loss: GradientsLoss,
}

/// The four modules, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum ModuleKind {
    /// `nn.RNN(I, H)`.
    RnnTanh,
    /// `nn.RNN(I, H, nonlinearity="relu")`.
    RnnRelu,
    /// `nn.LSTM(I, H)`.
    Lstm,
    /// `nn.GRU(I, H)`.
    Gru,
}

impl ModuleKind {
    /// All four.
    pub const ALL: [ModuleKind; 4] =
        [ModuleKind::RnnTanh, ModuleKind::RnnRelu, ModuleKind::Lstm, ModuleKind::Gru];
}

/// The gradients of one module.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ModuleGradients {
    /// The module.
    pub module: ModuleKind,
    /// The loss.
    pub loss: f64,
    /// `|dL/dh_t|` of every step: the norm over samples and units, `h.grad.norm()`.
    pub grad_h: Vec<f64>,
    /// `|dL/dx_t|` of every step likewise.
    pub grad_x: Vec<f64>,
    /// `|dL/dc_t|` of an LSTM, by way of the steps after: `c.grad.norm()`; 0 for the last step.
    pub grad_c: Option<Vec<f64>>,
    /// `dL/dh_t` of the first sample, (L, H).
    pub units: Vec<f32>,
    /// The gate that keeps the past, and what it lets through; none for an RNN.
    pub gate: Option<KeepingGate>,
    /// Every parameter's gradient.
    pub parameters: Vec<ParameterGradient>,
    /// The norm of all of them together: what `clip_grad_norm_` returns.
    pub total_norm: f64,
    /// What `|dL/dh_t|` is multiplied by, on average, for each step back; none if it is 0 or not finite.
    pub rate: Option<f64>,
    /// What is left of `|dL/dh_t|` of the last step in the first, as a share; none if it is not finite.
    pub remains: Option<f64>,
    /// What became of the gradient on its way from the last step to the first.
    pub fate: Fate,
    /// Where the first number that is infinite or NaN came up, if one did.
    pub trouble: Option<BrokenAt>,
}

/// What becomes of a gradient on its way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Fate {
    /// It ends below a thousandth of what it began with.
    Vanishes,
    /// Neither.
    Holds,
    /// It ends above a thousandfold.
    Explodes,
    /// Some number of it is infinite or NaN.
    Broken,
}

/// The first number that is infinite or NaN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BrokenAt {
    /// Whether it came up in the hidden state, else in its gradient.
    pub forward: bool,
    /// The step.
    pub step: u32,
}

/// The gate that keeps the past: z in `h' = (1 - z) * n + z * h`, f in `c' = f * c + i * g`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct KeepingGate {
    /// Its mean over samples and units, of every step.
    pub mean: Vec<f64>,
    /// The mean, over samples and units, of its product over all later steps: what of a gradient at the end comes
    /// back to this step without ever passing a matrix.
    pub product: Vec<f64>,
    /// The norm of the gradient if the gate's path were the only one: of `dL/dh_t` in a GRU, of `c.grad` in an LSTM.
    pub carried: Vec<f64>,
}

/// The gradient of one parameter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ParameterGradient {
    /// Its name, shape and first numbers.
    pub tensor: NamedTensor,
    /// `parameter.grad.norm()`.
    pub norm: f64,
}

/// The gradients of the four modules, a step at a time.
#[derive(Debug)]
pub struct GradientsRun {
    setup: GradientsSetup,
    x: ArrayD<f32>,
    weights: Option<ArrayD<f32>>,
    /// The stream as each module finds it.
    drawn: TorchGenerator,
    done: Vec<ModuleGradients>,
    current: Option<Unrolled>,
}

impl GradientsRun {
    /// A run with nothing done yet.
    ///
    /// # Errors
    /// [`LabError`] for a setup beyond its bounds.
    pub fn new(setup: GradientsSetup) -> Result<Self, LabError> {
        let sizes = [
            ("input_size", setup.input_size, MOST_FEATURES),
            ("hidden_size", setup.hidden_size, MOST_FEATURES),
            ("seq_len", setup.seq_len, MOST_STEPS),
            ("batch", setup.batch, MOST_SAMPLES),
        ];
        for (name, size, most) in sizes {
            check_size(name, size.into(), most)?;
        }
        for (name, number) in [("gain", setup.gain), ("gate_bias", setup.gate_bias)] {
            if !number.is_finite() {
                return Err(LabError::NotANumber { name });
            }
        }
        check_bytes(setup.bytes())?;
        let mut drawn = TorchGenerator::new(setup.seed as u64);
        let [input, hidden, steps, batch] =
            [setup.input_size, setup.hidden_size, setup.seq_len, setup.batch].map(|size| size as usize);
        let x = randn(&[steps, batch, input], &mut drawn);
        let weights =
            (setup.loss == GradientsLoss::EveryStep).then(|| randn(&[steps, batch, hidden], &mut drawn));
        Ok(GradientsRun { setup, x, weights, drawn, done: Vec::new(), current: None })
    }

    /// How far the run is: a unit for each module's step, there and back.
    pub fn progress(&self) -> Progress {
        let each = 2 * u64::from(self.setup.seq_len);
        let current = self.current.as_ref().map_or(0, |current| current.steps_done() as u64);
        Progress { done: self.done.len() as u64 * each + current, total: ModuleKind::ALL.len() as u64 * each }
    }

    /// Takes one step of one module, forward or backward.
    ///
    /// # Errors
    /// [`LabError`], which a setup that was checked does not give.
    pub fn step(&mut self) -> Result<Progress, LabError> {
        let Some(&kind) = ModuleKind::ALL.get(self.done.len()) else { return Ok(self.progress()) };
        let mut unrolled = match self.current.take() {
            Some(current) => current,
            None => Unrolled::new(kind, &self.setup, self.drawn.clone())?,
        };
        if unrolled.step(&self.x, self.weights.as_ref())? {
            self.done.push(unrolled.finish(kind));
        } else {
            self.current = Some(unrolled);
        }
        Ok(self.progress())
    }

    /// Does what is left and gives the modules' gradients.
    ///
    /// # Errors
    /// As [`GradientsRun::step`].
    pub fn finish(mut self) -> Result<Vec<ModuleGradients>, LabError> {
        while !self.progress().is_complete() {
            self.step()?;
        }
        Ok(self.done)
    }
}

impl GradientsSetup {
    /// What the widest of the modules holds at once; the others come after it.
    fn bytes(&self) -> Count {
        let config = RnnConfig::new(Mode::Lstm, self.input_size.into(), self.hidden_size.into());
        let cost = config.cost(self.seq_len.into(), self.batch.into(), 4);
        let of_a_step = config.cost(1, self.batch.into(), 4);
        cost.trained_bytes() + cost.trace_bytes + of_a_step.trained_bytes()
    }

    fn base(&self) -> GruConfig {
        GruConfig::new(self.input_size.into(), self.hidden_size.into())
    }
}
