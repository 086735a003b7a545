use serde::{Deserialize, Serialize};

use crate::cost::Cost;
use crate::gru::plan::Plan;
use crate::gru::{GruConfig, GruError, ParameterKind, ParameterSpec};

/// Which equations a module follows; serialised as `PyTorch`'s own `mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// `nn.RNN` with `nonlinearity="tanh"`.
    #[serde(rename = "RNN_TANH")]
    Tanh,
    /// `nn.RNN` with `nonlinearity="relu"`.
    #[serde(rename = "RNN_RELU")]
    Relu,
    /// `nn.LSTM`.
    #[serde(rename = "LSTM")]
    Lstm,
}

impl Mode {
    /// The class: `RNN` or `LSTM`.
    pub fn module(self) -> &'static str {
        match self {
            Mode::Tanh | Mode::Relu => "RNN",
            Mode::Lstm => "LSTM",
        }
    }

    /// G: the gates of each unit.
    pub fn gates(self) -> u64 {
        match self {
            Mode::Tanh | Mode::Relu => 1,
            Mode::Lstm => 4,
        }
    }
}

/// The options of `nn.RNN` and `nn.LSTM`, under `PyTorch`'s names and with its defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RnnConfig {
    /// The equations.
    pub mode: Mode,
    /// The options that every recurrent module has.
    #[serde(flatten)]
    pub base: GruConfig,
    /// R of an LSTM that projects its hidden state, less than `hidden_size`; 0 for none.
    #[serde(default)]
    pub proj_size: u64,
}

impl RnnConfig {
    /// One layer in one direction with biases: `nn.RNN(input_size, hidden_size)` and its like.
    pub fn new(mode: Mode, input_size: u64, hidden_size: u64) -> Self {
        RnnConfig { mode, base: GruConfig::new(input_size, hidden_size), proj_size: 0 }
    }

    /// Whether a module can be built.
    ///
    /// # Errors
    /// As [`GruConfig::validate`]; [`GruError::Projection`] for a `proj_size` that the module does not take.
    pub fn validate(&self) -> Result<(), GruError> {
        self.base.validate()?;
        let fits = match self.mode {
            Mode::Tanh | Mode::Relu => self.proj_size == 0,
            Mode::Lstm => self.proj_size < self.base.hidden_size,
        };
        if fits { Ok(()) } else { Err(GruError::Projection { module: self.mode.module() }) }
    }

    /// R: `proj_size`, or `hidden_size` without projections.
    pub fn state_size(&self) -> u64 {
        if self.proj_size == 0 { self.base.hidden_size } else { self.proj_size }
    }

    /// Every parameter in the order of `PyTorch`'s state dict.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterSpec> + use<> {
        self.plan().parameters()
    }

    /// The cost of a module and of one pass of it, as [`Cost::of`] a GRU.
    pub fn cost(&self, seq_len: u64, batch: u64, element_bytes: u64) -> Cost {
        let kept = super::trace::quantities(self.mode).len() as u64;
        Cost::of_plan(&self.plan(), kept, seq_len, batch, element_bytes)
    }

    /// What the parameters follow from.
    pub fn plan(&self) -> Plan {
        use ParameterKind::{BiasHh, BiasIh, WeightHh, WeightHr, WeightIh};
        Plan {
            module: self.mode.module(),
            kinds: match (self.base.bias, self.proj_size > 0) {
                (true, true) => &[WeightIh, WeightHh, BiasIh, BiasHh, WeightHr],
                (true, false) => &[WeightIh, WeightHh, BiasIh, BiasHh],
                (false, true) => &[WeightIh, WeightHh, WeightHr],
                (false, false) => &[WeightIh, WeightHh],
            },
            gates: self.mode.gates(),
            state_size: self.state_size(),
            ..self.base.plan()
        }
    }
}
