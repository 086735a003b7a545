//! The equations of each recurrent module, a unit at a time, and their inverse: a file each. All else is the same for all
//! of them, and is in [`run`](crate::run).
//!
//! A new one is a file here, a [`Mode`], and what this file says of each.

pub mod gru;
mod lstm;
mod min_gru;
mod rnn;
pub mod variant;
mod weights;
mod written;

use num::Real;
use serde::{Deserialize, Serialize};

use crate::quantity::Quantity;
use variant::{Reset, Variant};
pub use weights::{Inverse, ParameterKind, Read, WeightGradients, Weights};
pub use written::Equation;

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
    /// minGRU (Feng et al., 2024), which `PyTorch` has not.
    #[serde(rename = "MIN_GRU")]
    MinGru,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 4] = [Mode::Tanh, Mode::Relu, Mode::Lstm, Mode::MinGru];

    /// The class: `RNN`, `LSTM` or `MinGRU`.
    pub fn module(self) -> &'static str {
        match self {
            Mode::Tanh | Mode::Relu => "RNN",
            Mode::Lstm => "LSTM",
            Mode::MinGru => "MinGRU",
        }
    }

    /// G: the gates of each unit.
    pub fn gates(self) -> u64 {
        match self {
            Mode::Tanh | Mode::Relu => 1,
            Mode::MinGru => 2,
            Mode::Lstm => 4,
        }
    }

    /// The tensors of a layer and direction, in the order of the state dict.
    pub fn kinds(self, bias: bool, projects: bool) -> &'static [ParameterKind] {
        use ParameterKind::{BiasHh, BiasIh, WeightHh, WeightHr, WeightIh};
        if self == Mode::MinGru {
            return if bias { &[WeightIh, BiasIh] } else { &[WeightIh] };
        }
        match (bias, projects) {
            (true, true) => &[WeightIh, WeightHh, BiasIh, BiasHh, WeightHr],
            (true, false) => &ParameterKind::ALL,
            (false, true) => &[WeightIh, WeightHh, WeightHr],
            (false, false) => &ParameterKind::ALL[..2],
        }
    }
}

/// The equations of a module: a GRU's, or those of a mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Equations {
    Gru(Variant),
    Of(Mode),
}

impl Equations {
    /// `PyTorch`'s own GRU, which the kernels know.
    pub const GRU: Equations =
        Equations::Gru(Variant { reset: Reset::AfterProduct, update: variant::Update::KeepsOld });

    /// Does something with the cell whose equations these are: the one place that chooses it.
    pub fn apply<T: Real, W: Work<T>>(self, work: W) -> W::Output {
        match self {
            Equations::GRU => work.with(&gru::GruEquations),
            Equations::Gru(variant) => work.with(&variant),
            Equations::Of(Mode::Tanh) => work.with(&rnn::Elman::Tanh),
            Equations::Of(Mode::Relu) => work.with(&rnn::Elman::Relu),
            Equations::Of(Mode::Lstm) => work.with(&lstm::LstmEquations),
            Equations::Of(Mode::MinGru) => work.with(&min_gru::MinGru),
        }
    }

    /// What a trace keeps of every unit.
    pub fn quantities(self) -> &'static [Quantity] {
        struct Quantities;
        impl Work<f32> for Quantities {
            type Output = &'static [Quantity];

            fn with<C: Cell<f32>>(self, cell: &C) -> Self::Output {
                cell.quantities()
            }
        }
        self.apply(Quantities)
    }

    /// Whether every unit of a step waits for something that all of them have made before.
    pub fn has_stage_before(self) -> bool {
        matches!(self, Equations::Gru(Variant { reset: Reset::BeforeProduct, .. }))
    }

    /// Whether there is a cell state.
    pub fn has_cell_state(self) -> bool {
        self.quantities().contains(&Quantity::C)
    }
}

/// Something done with a cell, whichever it is.
pub trait Work<T: Real> {
    type Output;

    fn with<C: Cell<T>>(self, cell: &C) -> Self::Output;
}

/// A module's equations and their inverse, for one unit of the hidden state in one step of one sample.
///
/// A step has up to three stages, each done for all units before the next one: before, unit and after. The inverse has
/// them the other way round. What a stage that a cell does not have would do is never asked.
pub trait Cell<T: Real> {
    /// All numbers that are computed for a unit; the last one is the hidden state.
    type Unit: UnitNumbers<T>;

    /// What these numbers are.
    fn quantities(&self) -> &'static [Quantity];

    /// What units make before, for all of them to read.
    fn before(&self, _: usize, _: &Read<'_, T>) -> T {
        T::zero()
    }

    /// Unit `j`; `c` is the cell state before, and becomes that after.
    fn unit(&self, j: usize, read: &Read<'_, T>, c: &mut T) -> Self::Unit;

    /// A feature of the state that is handed on, from the hidden states that all units have made.
    fn after(&self, _: usize, _: &Read<'_, T>) -> T {
        T::zero()
    }

    /// Inverts [`Cell::after`]: from the gradient of the feature, adds to those of what it read.
    fn after_backward(&self, _: usize, _: T, _: &mut Inverse<'_, '_, T>) {}

    /// Inverts [`Cell::unit`]: from the gradients of its states, adds to those of what it read. Each paragraph quotes the
    /// line that it inverts, last line first.
    fn unit_backward(
        &self,
        j: usize,
        unit: Self::Unit,
        of_state: OfState<'_, T>,
        inverse: &mut Inverse<'_, '_, T>,
    );

    /// Inverts [`Cell::before`] likewise.
    fn before_backward(&self, _: usize, _: &Self::Unit, _: T, _: &mut Inverse<'_, '_, T>) {}

    /// What unit `j` made for the others to read, from what was kept of it: its hidden state, unless it was before.
    fn remade(&self, _: usize, unit: &Self::Unit, _: &[T]) -> T {
        unit.as_ref().last().copied().unwrap_or(T::zero())
    }
}

/// The gradients of a unit's states.
pub struct OfState<'a, T> {
    /// By the hidden state.
    pub grad_h: T,
    /// The cell state before the step; zero where there is none.
    pub c_prev: T,
    /// By the cell state, to become that by the one before.
    pub grad_c: &'a mut T,
}

/// So many numbers.
pub trait UnitNumbers<T>: AsRef<[T]> {
    /// Each from its place.
    fn from_fn(number: impl FnMut(usize) -> T) -> Self;
}

impl<T, const K: usize> UnitNumbers<T> for [T; K] {
    fn from_fn(number: impl FnMut(usize) -> T) -> Self {
        std::array::from_fn(number)
    }
}
