use std::iter;

use num::Count;

use crate::cells::{Equations, ParameterKind};
use crate::error::RecurrentError;

/// What a module, its parameters and its passes follow from, for each recurrent module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The class: `GRU`.
    pub module: &'static str,
    /// What it computes.
    pub equations: Equations,
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
    /// Whether batched input and output are (N, L, features).
    pub batch_first: bool,
    /// Whether names tell layer and direction: those of a single cell do not.
    pub layered: bool,
}

/// A part of a step, done for all units before the next part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStage {
    /// What all units make for each of them to read.
    Before,
    /// The units.
    Unit,
    /// The features of a projected state.
    After,
}

/// The options of a module, under `PyTorch`'s names.
pub trait Options {
    /// What the module follows from.
    fn plan(&self) -> Plan;

    /// The probability of zeroing an element between layers while training.
    fn dropout(&self) -> f64;

    /// Whether a module can be built.
    ///
    /// # Errors
    /// A [`RecurrentError`] that names the option.
    fn validate(&self) -> Result<(), RecurrentError>;
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

    /// Layers and directions in all.
    pub(crate) fn cells(&self) -> usize {
        (self.num_layers * self.directions) as usize
    }

    /// R where the hidden state is projected, else 0.
    pub(crate) fn projected(&self) -> u64 {
        if self.kinds.contains(&ParameterKind::WeightHr) { self.state_size } else { 0 }
    }

    /// The states that a call may be given: what `PyTorch` calls them, and their features.
    pub(crate) fn states(&self) -> impl ExactSizeIterator<Item = (&'static str, u64)> + use<> {
        let has_cell = self.equations.has_cell_state();
        let hidden = if has_cell { "hidden[0]" } else { "hidden" };
        let both = [(hidden, self.state_size), ("hidden[1]", self.hidden_size)];
        both.into_iter().take(if has_cell { 2 } else { 1 })
    }

    /// H where there is a cell state, else 0.
    pub(crate) fn cell_state_size(&self) -> u64 {
        if self.equations.has_cell_state() { self.hidden_size } else { 0 }
    }

    /// H where units make something for one another within a step, else 0.
    pub(crate) fn made_size(&self) -> u64 {
        let makes = self.equations.has_stage_before() || self.projected() > 0;
        if makes { self.hidden_size } else { 0 }
    }

    /// The stages of a step: how many units each has, and how many multiply-adds a unit of one sample takes in a layer
    /// that reads so many features.
    pub(crate) fn stages(&self, features: usize) -> [(StepStage, usize, usize); 3] {
        let [gates, hidden, state_size, projected] =
            [self.gates, self.hidden_size, self.state_size, self.projected()].map(|size| size as usize);
        let reads_state = self.kinds.contains(&ParameterKind::WeightHh);
        let of_row = features + if reads_state { state_size } else { 0 };
        let before = usize::from(self.equations.has_stage_before());
        // What is made before takes one of the gates' rows.
        [
            (StepStage::Before, before * hidden, of_row),
            (StepStage::Unit, hidden, (gates - before) * of_row),
            (StepStage::After, projected, hidden),
        ]
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
    /// Rows: 3H in a GRU.
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

    /// The shape: (rows, columns) of a weight, (rows) of a bias.
    pub fn shape(&self) -> Vec<u128> {
        iter::once(self.rows).chain(self.columns).collect()
    }

    /// How many numbers the tensor holds.
    pub fn count(&self) -> Count {
        Count::from(self.rows) * Count::from(self.columns.unwrap_or(1))
    }
}
