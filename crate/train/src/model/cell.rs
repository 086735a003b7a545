use ndarray::ArrayViewD;
use serde::{Deserialize, Serialize};

use nn::gru::{GruConfig, Options, ParameterKind, Plan, Real, Recurrent, RecurrentError};
use nn::rnn::{Mode, RnnConfig};

/// The recurrent module of a model, by its class in `torch.nn`, which has no minGRU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum CellName {
    /// `nn.GRU`.
    #[default]
    GRU,
    /// `nn.RNN` with `nonlinearity="tanh"`.
    RNN,
    /// `nn.LSTM`.
    LSTM,
    /// minGRU (Feng et al., 2024), whose gate and candidate follow from the input alone.
    MinGRU,
}

/// What a bias does to the gate that keeps the old state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GatePlace {
    /// The tensor of a layer and direction that the bias is added to.
    pub kind: ParameterKind,
    /// Which block of H elements in it is the gate's.
    pub block: usize,
    /// Whether the gate keeps more where it is lower.
    pub is_negative: bool,
}

impl CellName {
    /// Every cell.
    pub const ALL: [Self; 4] = [Self::GRU, Self::RNN, Self::LSTM, Self::MinGRU];

    /// The class: `GRU`.
    pub fn name(self) -> &'static str {
        match self {
            CellName::GRU => "GRU",
            CellName::RNN => "RNN",
            CellName::LSTM => "LSTM",
            CellName::MinGRU => "MinGRU",
        }
    }

    /// How it is written in Python: `nn.GRU`.
    pub fn constructor(self) -> &'static str {
        match self {
            CellName::GRU => "nn.GRU",
            CellName::RNN => "nn.RNN",
            CellName::LSTM => "nn.LSTM",
            CellName::MinGRU => "MinGRU",
        }
    }

    /// What the model calls it, which stands before the names of its parameters: `gru`.
    pub fn attribute(self) -> &'static str {
        match self {
            CellName::GRU => "gru",
            CellName::RNN => "rnn",
            CellName::LSTM => "lstm",
            CellName::MinGRU => "min_gru",
        }
    }

    /// Whether it has a gate that decides how much of the old state is kept; an RNN has none.
    pub fn has_keeping_gate(self) -> bool {
        self.keeping_gate().is_some()
    }

    /// A GRU's z, an LSTM's f, and a minGRU's z, which keeps the old state where it is near 0.
    pub(crate) fn keeping_gate(self) -> Option<GatePlace> {
        let after_first = GatePlace { kind: ParameterKind::BiasHh, block: 1, is_negative: false };
        match self {
            CellName::RNN => None,
            CellName::GRU | CellName::LSTM => Some(after_first),
            CellName::MinGRU => Some(GatePlace { kind: ParameterKind::BiasIh, block: 0, is_negative: true }),
        }
    }
}

/// The options of a model's recurrent module: which it is, and those that all of them have.
#[derive(Debug, Clone, PartialEq)]
pub struct RecurrentOptions {
    /// The module.
    pub cell: CellName,
    /// The options, of which none is a GRU's alone.
    pub base: GruConfig,
}

impl Options for RecurrentOptions {
    fn plan(&self) -> Plan {
        let of = |mode| RnnConfig { mode, base: self.base.clone(), proj_size: 0 }.plan();
        match self.cell {
            CellName::GRU => self.base.plan(),
            CellName::RNN => of(Mode::Tanh),
            CellName::LSTM => of(Mode::Lstm),
            CellName::MinGRU => of(Mode::MinGru),
        }
    }

    fn dropout(&self) -> f64 {
        self.base.dropout
    }

    /// As for [`GruConfig`].
    fn validate(&self) -> Result<(), RecurrentError> {
        self.base.validate()
    }
}

/// Adds a bias to the gate that keeps the old state, in every layer and direction; nothing without such a gate or
/// without biases.
pub(super) fn open_gate<T: Real>(module: &mut Recurrent<T, RecurrentOptions>, gate_bias: f64) {
    let RecurrentOptions { cell, ref base } = *module.config();
    let (Some(gate), hidden) = (cell.keeping_gate(), base.hidden_size as usize) else { return };
    if gate_bias == 0.0 {
        return;
    }
    let added = T::from_f64(if gate.is_negative { -gate_bias } else { gate_bias });
    let specs: Vec<_> = module.config().plan().parameters().collect();
    for (spec, elements) in specs.iter().zip(module.parameters_mut()) {
        if spec.kind == gate.kind {
            for element in &mut elements[gate.block * hidden..][..hidden] {
                *element += added;
            }
        }
    }
}

/// The parameters by name, as the model has them.
pub(super) fn named<T: Real>(
    module: &Recurrent<T, RecurrentOptions>,
) -> impl Iterator<Item = (String, ArrayViewD<'_, T>)> {
    let attribute = module.config().cell.attribute();
    module.state_dict().map(move |(name, tensor)| (format!("{attribute}.{name}"), tensor))
}
