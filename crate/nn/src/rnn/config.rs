use serde::{Deserialize, Serialize};

use crate::cells::{Equations, Mode};
use crate::cost::Cost;
use crate::error::RecurrentError;
use crate::gru::GruConfig;
use crate::parameters::{Options, ParameterSpec, Plan};

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
        Cost::of_plan(&self.plan(), seq_len, batch, element_bytes)
    }
}

impl Options for RnnConfig {
    fn plan(&self) -> Plan {
        Plan {
            module: self.mode.module(),
            equations: Equations::Of(self.mode),
            kinds: self.mode.kinds(self.base.bias, self.proj_size > 0),
            gates: self.mode.gates(),
            state_size: self.state_size(),
            ..self.base.plan()
        }
    }

    fn dropout(&self) -> f64 {
        self.base.dropout
    }

    /// As for [`GruConfig`]; [`RecurrentError::Projection`] for a `proj_size` that the module does not take.
    fn validate(&self) -> Result<(), RecurrentError> {
        self.base.validate()?;
        let fits = match self.mode {
            Mode::Lstm => self.proj_size < self.base.hidden_size,
            _ => self.proj_size == 0,
        };
        if fits { Ok(()) } else { Err(RecurrentError::Projection { module: self.mode.module() }) }
    }
}
