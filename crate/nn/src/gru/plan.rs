use std::iter;

use super::{GruConfig, ParameterKind, ParameterSpec};

/// What the names and shapes of a module's parameters follow from, for each of `PyTorch`'s recurrent modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The class: `GRU`.
    pub module: &'static str,
    /// The tensors of one layer and direction, in the order of the state dict.
    pub kinds: &'static [ParameterKind],
    /// Blocks of H rows that a weight packs: 3 in a GRU (r, z, n).
    pub gates: u64,
    /// `H_in`.
    pub input_size: u64,
    /// H.
    pub hidden_size: u64,
    /// The features of the hidden state that is handed on: H, or less where it is projected.
    pub state_size: u64,
    /// Layers stacked.
    pub num_layers: u64,
    /// D.
    pub directions: u64,
    /// Whether names tell layer and direction: those of a single cell do not.
    pub layered: bool,
}

impl Plan {
    /// How many parameter tensors a module has.
    pub fn parameter_tensors(&self) -> u128 {
        u128::from(self.num_layers) * u128::from(self.directions) * self.kinds.len() as u128
    }

    /// The parameter at a place of `PyTorch`'s state dict, or none past its end.
    pub fn parameter(&self, index: u128) -> Option<ParameterSpec> {
        let kinds = self.kinds;
        let (cell, kind) = (index / kinds.len() as u128, kinds[(index % kinds.len() as u128) as usize]);
        let directions = u128::from(self.directions);
        let layer = u64::try_from(cell / directions).ok().filter(|&layer| layer < self.num_layers)?;
        let packed = u128::from(self.gates) * u128::from(self.hidden_size);
        let (rows, columns) = match kind {
            ParameterKind::WeightIh => (packed, Some(self.layer_input_size(layer))),
            ParameterKind::WeightHh => (packed, Some(self.state_size.into())),
            ParameterKind::BiasIh | ParameterKind::BiasHh => (packed, None),
            ParameterKind::WeightHr => (self.state_size.into(), Some(self.hidden_size.into())),
        };
        Some(ParameterSpec { kind, layer, reverse: cell % directions == 1, rows, columns })
    }

    /// Every parameter in the order of `PyTorch`'s state dict.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterSpec> + use<> {
        let plan = *self;
        (0..self.parameter_tensors()).map_while(move |index| plan.parameter(index))
    }

    /// The name in `PyTorch`'s state dict.
    pub fn name(&self, parameter: &ParameterSpec) -> String {
        if self.layered { parameter.name() } else { parameter.kind.name().to_owned() }
    }

    /// The place of a parameter in `PyTorch`'s state dict, or none for a name that the module has not.
    pub fn place(&self, name: &str) -> Option<usize> {
        let mut kind = 0;
        let rest = loop {
            match name.strip_prefix(self.kinds.get(kind)?.name()) {
                Some(rest) => break rest,
                None => kind += 1,
            }
        };
        if !self.layered {
            return rest.is_empty().then_some(kind);
        }
        let layer = rest.strip_prefix("_l")?;
        let (layer, reverse) = match layer.strip_suffix("_reverse") {
            Some(layer) => (layer, 1),
            None => (layer, 0),
        };
        let cell = usize::try_from(layer.parse::<u64>().ok()?).ok()?.checked_mul(self.directions as usize)?
            + reverse;
        let place = cell.checked_mul(self.kinds.len())? + kind;
        // What a number or a direction may be written as otherwise is not the name.
        (self.parameter(place as u128)?.name() == name).then_some(place)
    }

    /// I: `input_size` for layer 0, D times the state's size above.
    pub fn layer_input_size(&self, layer: u64) -> u128 {
        match layer {
            0 => self.input_size.into(),
            _ => u128::from(self.directions) * u128::from(self.state_size),
        }
    }
}

impl GruConfig {
    /// What the parameters follow from.
    pub fn plan(&self) -> Plan {
        Plan {
            module: "GRU",
            kinds: if self.bias { &ParameterKind::ALL } else { &ParameterKind::ALL[..2] },
            gates: 3,
            input_size: self.input_size,
            hidden_size: self.hidden_size,
            state_size: self.hidden_size,
            num_layers: self.num_layers,
            directions: self.directions(),
            layered: true,
        }
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
}

impl ParameterSpec {
    /// The shape: (rows, columns) of a weight, (rows) of a bias.
    pub fn shape(&self) -> Vec<u128> {
        iter::once(self.rows).chain(self.columns).collect()
    }
}
