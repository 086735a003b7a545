//! Five cells beside one another on one question: who still knows the first token after so many steps?
//!
//! A learner says first who will, in an order; each cell is then trained from several seeds. What came of it, how far the
//! learner's order was from it, and whether the goal is reached follow from the outcomes alone.

mod goal;
mod outcome;
mod ranking;
mod report;

use serde::{Deserialize, Serialize};

pub use goal::{GOAL_DISTANCE, MemoryGoal};
pub use outcome::{MemoryInside, MemoryOutcome, MemoryRun, MemoryValidation};
pub use ranking::{RankingGap, RankingMove};
pub use report::{MemoryPlan, MemoryPlanCell, MemoryReport, MemoryStanding};

use crate::{CellName, OptimizerName, Setup, SetupError, Task};
use num::float::plain;

/// A cell that is compared: two of them are GRUs, one as `PyTorch` makes it and one whose gate starts open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum MemoryCell {
    /// `nn.RNN`.
    Rnn,
    /// `nn.GRU`.
    Gru,
    /// `nn.GRU` with [`MemorySetup::gate_bias`].
    GruOpen,
    /// `nn.LSTM`.
    Lstm,
    /// minGRU.
    MinGru,
}

impl MemoryCell {
    /// Every cell, in the order in which they are trained.
    pub const ALL: [MemoryCell; 5] =
        [MemoryCell::Rnn, MemoryCell::Gru, MemoryCell::GruOpen, MemoryCell::Lstm, MemoryCell::MinGru];

    /// The recurrent module.
    pub fn cell(self) -> CellName {
        match self {
            MemoryCell::Rnn => CellName::RNN,
            MemoryCell::Gru | MemoryCell::GruOpen => CellName::GRU,
            MemoryCell::Lstm => CellName::LSTM,
            MemoryCell::MinGru => CellName::MinGRU,
        }
    }
}

/// What a learner sets of the comparison; the task is [`Task::Recall`], trained by Adam.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemorySetup {
    /// L: how far back the token lies that is to be told, in [2, 40].
    pub seq_len: u64,
    /// The steps of training, in [5, 400].
    pub steps: u64,
    /// What is added to the bias of the gate that keeps the old state, of the open GRU; in [-6, 8].
    pub gate_bias: f64,
    /// Whether LSTM and minGRU are given it too.
    pub bias_all: bool,
    /// From how many seeds each cell is trained, in [1, 5].
    pub seeds: u64,
    /// The first seed; the next ones follow it.
    pub seed: i64,
}

/// The sequences of one step of training.
const BATCH: u64 = 64;

/// The least and the largest gate bias.
const BIASES: [f64; 2] = [-6.0, 8.0];

impl Default for MemorySetup {
    /// A comparison in which an RNN forgets and an open gate remembers.
    fn default() -> Self {
        MemorySetup { seq_len: 20, steps: 150, gate_bias: 3.0, bias_all: false, seeds: 3, seed: 0 }
    }
}

impl MemorySetup {
    /// Whether it can be run; nothing is allocated.
    ///
    /// # Errors
    /// [`SetupError::Bound`] for a size, [`SetupError::GateBias`] for a bias beyond what is offered.
    ///
    /// ```
    /// use gru_playground_train::MemorySetup;
    ///
    /// let error = MemorySetup { seq_len: 41, ..MemorySetup::default() }.validate().expect_err("too far");
    /// assert_eq!(error.to_string(), "seq_len is from 2 to 40 here, not 41");
    /// ```
    pub fn validate(&self) -> Result<(), SetupError> {
        let bounds =
            [("seq_len", self.seq_len, 2, 40), ("steps", self.steps, 5, 400), ("seeds", self.seeds, 1, 5)];
        for (setting, given, lowest, highest) in bounds {
            if !(lowest..=highest).contains(&given) {
                return Err(SetupError::Bound { setting, lowest, highest, given });
            }
        }
        let [lowest, highest] = BIASES;
        if !(lowest..=highest).contains(&self.gate_bias) {
            return Err(SetupError::GateBias { lowest, highest, given: self.gate_bias });
        }
        Ok(())
    }

    /// The bias that a cell's gate is given; 0 for those that start as `PyTorch` makes them.
    pub fn bias_of(&self, cell: MemoryCell) -> f64 {
        match cell {
            MemoryCell::GruOpen => self.gate_bias,
            MemoryCell::Lstm | MemoryCell::MinGru if self.bias_all => self.gate_bias,
            _ => 0.0,
        }
    }

    /// What a cell is called: `GRU, gate +3`.
    ///
    /// ```
    /// use gru_playground_train::{MemoryCell, MemorySetup};
    ///
    /// let setup = MemorySetup::default();
    /// assert_eq!(MemoryCell::ALL.map(|cell| setup.name_of(cell))[1..3], ["GRU", "GRU, gate +3"]);
    /// ```
    pub fn name_of(&self, cell: MemoryCell) -> String {
        let name = if cell == MemoryCell::MinGru { "minGRU" } else { cell.cell().name() };
        let bias = self.bias_of(cell);
        match plain(bias.abs()) {
            _ if bias == 0.0 && cell != MemoryCell::GruOpen => name.to_owned(),
            bias_text if bias < 0.0 => format!("{name}, gate \u{2212}{bias_text}"),
            bias_text => format!("{name}, gate +{bias_text}"),
        }
    }

    /// The run of a cell from one of the seeds, the first being number 0.
    pub fn setup_of(&self, cell: MemoryCell, number: u64) -> Setup {
        Setup {
            task: Task::Recall,
            seq_len: self.seq_len,
            batch: BATCH,
            cell: cell.cell(),
            gate_bias: self.bias_of(cell),
            optimizer: OptimizerName::Adam,
            lr: 0.02,
            steps: self.steps,
            seed: self.seed.wrapping_add(number as i64),
            ..Setup::default()
        }
    }
}
