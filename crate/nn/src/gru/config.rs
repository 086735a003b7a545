use serde::{Deserialize, Serialize};

use crate::cells::Equations;
use crate::error::RecurrentError;
use crate::parameters::{Options, ParameterKind, ParameterSpec, Plan};

/// The options of `nn.GRU`, under `PyTorch`'s names and with its defaults.
///
/// Sizes are u64 so that costs can be stated for configurations that no machine could hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct GruConfig {
    /// `H_in`, the features of each step of the input; at least 1.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub input_size: u64,
    /// `H_out`, the features of the hidden state; at least 1.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub hidden_size: u64,
    /// Layers stacked, each reading the output of the one below; at least 1.
    #[serde(default = "defaults::num_layers", serialize_with = "num::serialize_rounded")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub num_layers: u64,
    /// Whether each layer has `bias_ih` and `bias_hh`.
    #[serde(default = "defaults::bias")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub bias: bool,
    /// Whether batched input and output are (N, L, features); `h_0` and `h_n` never are.
    #[serde(default = "defaults::batch_first")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub batch_first: bool,
    /// Probability, in [0, 1], of zeroing an element between layers while training; in evaluation mode
    /// the identity.
    #[serde(default = "defaults::dropout")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub dropout: f64,
    /// Whether every layer also reads the sequence from its end.
    #[serde(default = "defaults::bidirectional")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub bidirectional: bool,
}

/// What serde reads where an option is left out.
mod defaults {
    use super::GruConfig;

    macro_rules! of {
        ($($option:ident: $type:ty),*) => {
            $(pub fn $option() -> $type { GruConfig::DEFAULTS.$option })*
        };
    }
    of!(num_layers: u64, bias: bool, batch_first: bool, dropout: f64, bidirectional: bool);
}

impl GruConfig {
    /// `PyTorch`'s defaults, here alone: one layer in one direction with biases. The sizes have none, and are 0.
    pub const DEFAULTS: GruConfig = GruConfig {
        input_size: 0,
        hidden_size: 0,
        num_layers: 1,
        bias: true,
        batch_first: false,
        dropout: 0.0,
        bidirectional: false,
    };

    /// `nn.GRU(input_size, hidden_size)`.
    pub const fn new(input_size: u64, hidden_size: u64) -> Self {
        GruConfig { input_size, hidden_size, ..GruConfig::DEFAULTS }
    }

    /// How many parameter tensors a module has.
    pub fn parameter_tensors(&self) -> u128 {
        self.plan().parameter_tensors()
    }

    /// The parameter at a place of `PyTorch`'s state dict, or none past its end.
    pub fn parameter(&self, index: u128) -> Option<ParameterSpec> {
        self.plan().parameter(index)
    }

    /// I: `input_size` for layer 0, D*H above.
    pub fn layer_input_size(&self, layer: u64) -> u128 {
        self.plan().layer_input_size(layer)
    }

    /// Every parameter in the order of `PyTorch`'s state dict.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterSpec> + use<> {
        self.plan().parameters()
    }

    /// D: 2 if bidirectional, else 1.
    pub fn directions(&self) -> u64 {
        if self.bidirectional { 2 } else { 1 }
    }
}

impl Options for GruConfig {
    fn plan(&self) -> Plan {
        Plan {
            module: "GRU",
            equations: Equations::GRU,
            kinds: if self.bias { &ParameterKind::ALL } else { &ParameterKind::ALL[..2] },
            gates: 3,
            input_size: self.input_size,
            hidden_size: self.hidden_size,
            state_size: self.hidden_size,
            num_layers: self.num_layers,
            directions: self.directions(),
            batch_first: self.batch_first,
            layered: true,
        }
    }

    fn dropout(&self) -> f64 {
        self.dropout
    }

    /// [`RecurrentError::NotPositive`] for a size of zero, [`RecurrentError::Dropout`] for a probability outside [0, 1].
    fn validate(&self) -> Result<(), RecurrentError> {
        if !(0.0..=1.0).contains(&self.dropout) {
            return Err(RecurrentError::Dropout { dropout: self.dropout });
        }
        let sizes = [
            ("input_size", self.input_size),
            ("hidden_size", self.hidden_size),
            ("num_layers", self.num_layers),
        ];
        match sizes.into_iter().find(|&(_, size)| size == 0) {
            Some((option, _)) => Err(RecurrentError::NotPositive { option }),
            None => Ok(()),
        }
    }
}
