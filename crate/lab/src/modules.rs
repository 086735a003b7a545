//! Every recurrent module and cell of `PyTorch`'s from the same seed: its equations, parameters and shapes.

use ndarray::ArrayD;
use serde::{Deserialize, Serialize};

use super::parts::{check_bytes, check_size, randn};
use super::{LabError, NamedTensor};
use nn::cost::Cost;
use nn::gru::{CallOptions, Gru, GruConfig, Options, Recurrent, Variant};
use nn::rnn::{CellConfig, CellKind, Mode, RecurrentCell, Rnn, RnnConfig};
use rng::TorchGenerator;

/// The largest `seq_len`, `batch`, `input_size` and `hidden_size`.
pub const MOST: u64 = 64;

/// What a learner sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ModuleSetup {
    /// The module.
    pub module: ModuleName,
    /// I, in [1, [`MOST`]].
    pub input_size: u32,
    /// H, in [1, [`MOST`]].
    pub hidden_size: u32,
    /// R of the LSTM, below H; 0 for no projection.
    pub proj_size: u32,
    /// L, in [1, [`MOST`]]; a cell takes one step.
    pub seq_len: u32,
    /// N, in [1, [`MOST`]].
    pub batch: u32,
    /// Given to `torch.manual_seed`.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub seed: i64,
}

/// The modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum ModuleName {
    /// `nn.RNN`.
    #[serde(rename = "RNN")]
    Rnn,
    /// `nn.RNN` with `nonlinearity="relu"`.
    #[serde(rename = "RNN relu")]
    RnnRelu,
    /// `nn.LSTM`.
    #[serde(rename = "LSTM")]
    Lstm,
    /// `nn.GRU`.
    #[serde(rename = "GRU")]
    Gru,
    /// `nn.RNNCell`.
    #[serde(rename = "RNNCell")]
    RnnCell,
    /// `nn.LSTMCell`.
    #[serde(rename = "LSTMCell")]
    LstmCell,
    /// `nn.GRUCell`.
    #[serde(rename = "GRUCell")]
    GruCell,
}

impl ModuleName {
    /// Whether it takes one step of a sequence.
    pub fn is_cell(self) -> bool {
        matches!(self, ModuleName::RnnCell | ModuleName::LstmCell | ModuleName::GruCell)
    }

    fn equations(self, projects: bool) -> Vec<String> {
        let lines: &[&str] = match self {
            ModuleName::Gru | ModuleName::GruCell => {
                return Variant::default().equations(true).map(|equation| equation.text).into();
            }
            ModuleName::Rnn | ModuleName::RnnCell => &["h = tanh(W_ih x + b_ih + W_hh h_prev + b_hh)"],
            ModuleName::RnnRelu => &["h = relu(W_ih x + b_ih + W_hh h_prev + b_hh)"],
            ModuleName::Lstm | ModuleName::LstmCell => &[
                "i = σ(W_ii x + b_ii + W_hi h_prev + b_hi)",
                "f = σ(W_if x + b_if + W_hf h_prev + b_hf)",
                "g = tanh(W_ig x + b_ig + W_hg h_prev + b_hg)",
                "o = σ(W_io x + b_io + W_ho h_prev + b_ho)",
                "c = f ∗ c_prev + i ∗ g",
                if projects { "h = W_hr (o ∗ tanh(c))" } else { "h = o ∗ tanh(c)" },
            ],
        };
        lines.iter().map(|&line| line.to_owned()).collect()
    }
}

/// What a module is and gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ModuleCard {
    /// Its equations, one a line.
    pub equations: Vec<String>,
    /// How its rows are packed: `r, z, n`; empty for an RNN, which has one kind.
    pub rows: String,
    /// The parameters, in `PyTorch`'s order.
    pub parameters: Vec<NamedTensor>,
    /// Numbers in all of them.
    pub count: u32,
    /// What a call gives: `out`, `h_n`, `c_n`, or a cell's `h` and `c`.
    pub results: Vec<NamedTensor>,
}

/// Draws a module and an input, and calls it.
///
/// # Errors
/// [`LabError`] for a setup beyond its bounds; a `proj_size` that is not below `hidden_size`.
pub fn card(setup: &ModuleSetup) -> Result<ModuleCard, LabError> {
    setup.check()?;
    let generator = setup.generator();
    match setup.module {
        ModuleName::Gru => setup.of_module(setup.base(), generator),
        ModuleName::Rnn => setup.of_module(setup.rnn(Mode::Tanh), generator),
        ModuleName::RnnRelu => setup.of_module(setup.rnn(Mode::Relu), generator),
        ModuleName::Lstm => setup.of_module(setup.rnn(Mode::Lstm), generator),
        ModuleName::RnnCell => setup.of_cell(CellKind::RnnTanh, generator),
        ModuleName::LstmCell => setup.of_cell(CellKind::Lstm, generator),
        ModuleName::GruCell => setup.of_cell(CellKind::Gru, generator),
    }
}

/// A module and what it is called with.
#[derive(Debug, Clone, PartialEq)]
pub enum ModuleCall {
    /// `nn.GRU`.
    Gru(Gru<f32>, ArrayD<f32>),
    /// `nn.RNN` or `nn.LSTM`.
    Rnn(Rnn<f32>, ArrayD<f32>),
}

/// The module and the input that [`card`] draws; none of a single cell, which is one step of a module.
///
/// # Errors
/// As [`card`].
pub fn module_call(setup: &ModuleSetup) -> Result<Option<ModuleCall>, LabError> {
    setup.check()?;
    let mut generator = setup.generator();
    let mode = match setup.module {
        ModuleName::Gru => {
            let gru = Gru::new(setup.base(), &mut generator)?;
            return Ok(Some(ModuleCall::Gru(gru, randn(&setup.shape(), &mut generator))));
        }
        ModuleName::Rnn => Mode::Tanh,
        ModuleName::RnnRelu => Mode::Relu,
        ModuleName::Lstm => Mode::Lstm,
        ModuleName::RnnCell | ModuleName::LstmCell | ModuleName::GruCell => return Ok(None),
    };
    let rnn = Rnn::new(setup.rnn(mode), &mut generator)?;
    Ok(Some(ModuleCall::Rnn(rnn, randn(&setup.shape(), &mut generator))))
}

impl ModuleSetup {
    fn check(&self) -> Result<(), LabError> {
        let sizes = [
            ("input_size", self.input_size),
            ("hidden_size", self.hidden_size),
            ("seq_len", self.seq_len),
            ("batch", self.batch),
        ];
        for (name, size) in sizes {
            check_size(name, size.into(), MOST)?;
        }
        check_bytes(Cost::of(&self.base(), self.seq_len.into(), self.batch.into(), 4).forward_bytes())
    }

    fn base(&self) -> GruConfig {
        GruConfig::new(self.input_size.into(), self.hidden_size.into())
    }

    fn rnn(&self, mode: Mode) -> RnnConfig {
        let proj_size = if mode == Mode::Lstm { self.proj_size.into() } else { 0 };
        RnnConfig { mode, base: self.base(), proj_size }
    }

    fn generator(&self) -> TorchGenerator {
        TorchGenerator::new(self.seed as u64)
    }

    /// The input's: (L, N, I), or (N, I) of a cell.
    fn shape(&self) -> Vec<usize> {
        let [input, steps, batch] = [self.input_size, self.seq_len, self.batch].map(|size| size as usize);
        if self.module.is_cell() { vec![batch, input] } else { vec![steps, batch, input] }
    }

    fn of_module<C: Options>(
        &self,
        config: C,
        mut generator: TorchGenerator,
    ) -> Result<ModuleCard, LabError> {
        let module: Recurrent<f32, C> = Recurrent::new(config, &mut generator)?;
        let output = module.call(randn(&self.shape(), &mut generator).view(), CallOptions::default())?;
        let results = [("out", Some(output.output)), ("h_n", Some(output.h_n)), ("c_n", output.c_n)];
        Ok(self.card(module.state_dict(), results))
    }

    fn of_cell(&self, kind: CellKind, mut generator: TorchGenerator) -> Result<ModuleCard, LabError> {
        let GruConfig { input_size, hidden_size, .. } = self.base();
        let config = CellConfig { kind, input_size, hidden_size, bias: true };
        let cell = RecurrentCell::new(config, &mut generator)?;
        let output = cell.forward(randn(&self.shape(), &mut generator).view(), None, None)?;
        Ok(self.card(cell.state_dict().into_iter(), [("h", Some(output.h)), ("c", output.c)]))
    }

    fn card<'a, const N: usize>(
        &self,
        parameters: impl Iterator<Item = (String, ndarray::ArrayViewD<'a, f32>)>,
        results: [(&str, Option<ArrayD<f32>>); N],
    ) -> ModuleCard {
        let equations = self.module.equations(self.proj_size > 0);
        let mut count = 0;
        let parameters = parameters.map(|(name, tensor)| {
            count += tensor.len() as u32;
            NamedTensor::of(name, &tensor)
        });
        let results = results
            .into_iter()
            .filter_map(|(name, tensor)| tensor.map(|tensor| NamedTensor::of(name, &tensor.view())));
        ModuleCard {
            rows: match equations.len() {
                1 => String::new(),
                4 => "r, z, n".to_owned(),
                _ => "i, f, g, o".to_owned(),
            },
            equations,
            parameters: parameters.collect(),
            results: results.collect(),
            count,
        }
    }
}
