use std::iter;

use super::GruConfig;

/// Which of the tensors of one layer and direction; the rows of each are r, z, n.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// (`W_ir`, `W_iz`, `W_in`), shape (3H, I).
    WeightIh,
    /// (`W_hr`, `W_hz`, `W_hn`), shape (3H, H).
    WeightHh,
    /// (`b_ir`, `b_iz`, `b_in`), shape (3H).
    BiasIh,
    /// (`b_hr`, `b_hz`, `b_hn`), shape (3H).
    BiasHh,
}

impl ParameterKind {
    /// In the order of `PyTorch`'s state dict.
    pub const ALL: [ParameterKind; 4] =
        [ParameterKind::WeightIh, ParameterKind::WeightHh, ParameterKind::BiasIh, ParameterKind::BiasHh];

    /// The name without layer and direction: `weight_ih`.
    pub fn name(self) -> &'static str {
        match self {
            ParameterKind::WeightIh => "weight_ih",
            ParameterKind::WeightHh => "weight_hh",
            ParameterKind::BiasIh => "bias_ih",
            ParameterKind::BiasHh => "bias_hh",
        }
    }
}

/// One parameter of a module: which it is and its shape, nothing allocated for its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterSpec {
    /// Which tensor of its layer and direction.
    pub kind: ParameterKind,
    /// The layer, from 0.
    pub layer: u64,
    /// Whether it belongs to the direction that reads from the end.
    pub reverse: bool,
    /// Rows: 3H.
    pub rows: u128,
    /// Columns of a weight: I or H; none for a bias.
    pub columns: Option<u128>,
}

impl ParameterSpec {
    /// The name in `PyTorch`'s state dict: `weight_ih_l0`, `bias_hh_l1_reverse`.
    pub fn name(&self) -> String {
        let suffix = if self.reverse { "_reverse" } else { "" };
        format!("{}_l{}{suffix}", self.kind.name(), self.layer)
    }

    /// The shape: (3H, I), (3H, H) or (3H).
    pub fn shape(&self) -> Vec<u128> {
        iter::once(self.rows).chain(self.columns).collect()
    }
}

impl GruConfig {
    /// How many parameter tensors a module has.
    pub fn parameter_tensors(&self) -> u128 {
        u128::from(self.num_layers) * u128::from(self.directions()) * self.tensors_per_cell() as u128
    }

    /// The parameter at a place of `PyTorch`'s state dict, or none past its end.
    pub fn parameter(&self, index: u128) -> Option<ParameterSpec> {
        let kinds = self.kinds();
        let (cell, kind) = (index / kinds.len() as u128, kinds[(index % kinds.len() as u128) as usize]);
        let directions = u128::from(self.directions());
        let layer = u64::try_from(cell / directions).ok().filter(|&layer| layer < self.num_layers)?;
        let columns = match kind {
            ParameterKind::WeightIh => Some(self.layer_input_size(layer)),
            ParameterKind::WeightHh => Some(self.hidden_size.into()),
            ParameterKind::BiasIh | ParameterKind::BiasHh => None,
        };
        let rows = 3 * u128::from(self.hidden_size);
        Some(ParameterSpec { kind, layer, reverse: cell % directions == 1, rows, columns })
    }

    /// The place of a parameter in `PyTorch`'s state dict, or none for a name that the module has not.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let kinds = self.kinds();
        let mut kind = 0;
        let rest = loop {
            match name.strip_prefix(kinds.get(kind)?.name()) {
                Some(rest) => break rest,
                None => kind += 1,
            }
        };
        let layer = rest.strip_prefix("_l")?;
        let (layer, reverse) = match layer.strip_suffix("_reverse") {
            Some(layer) => (layer, 1),
            None => (layer, 0),
        };
        let cell = layer.parse::<usize>().ok()?.checked_mul(self.directions() as usize)? + reverse;
        let place = cell.checked_mul(kinds.len())? + kind;
        // What a number or a direction may be written as otherwise is not the name.
        (self.parameter(place as u128)?.name() == name).then_some(place)
    }

    /// I: `input_size` for layer 0, D*H above.
    pub fn layer_input_size(&self, layer: u64) -> u128 {
        match layer {
            0 => self.input_size.into(),
            _ => u128::from(self.directions()) * u128::from(self.hidden_size),
        }
    }

    /// How many tensors one layer has in one direction.
    pub(super) fn tensors_per_cell(&self) -> usize {
        self.kinds().len()
    }

    fn kinds(&self) -> &'static [ParameterKind] {
        if self.bias { &ParameterKind::ALL } else { &ParameterKind::ALL[..2] }
    }

    /// Every parameter in the order of `PyTorch`'s state dict.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterSpec> + '_ {
        (0..self.parameter_tensors()).map_while(|index| self.parameter(index))
    }
}
