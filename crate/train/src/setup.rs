use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Adagrad, Adam, CellName, ModelConfig, Optimizer, RmsProp, Sgd, Task, TrainError};
use nn::cost::{Count, LIMIT_BYTES};
use nn::gru::RecurrentError;

/// An optimiser's name in `torch.optim`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum OptimizerName {
    /// `torch.optim.SGD`.
    SGD,
    /// `torch.optim.Adam`.
    Adam,
    /// `torch.optim.AdamW`.
    AdamW,
    /// `torch.optim.RMSprop`.
    RMSprop,
    /// `torch.optim.Adagrad`.
    Adagrad,
}

impl OptimizerName {
    /// Every optimiser.
    pub const ALL: [Self; 5] = [Self::SGD, Self::Adam, Self::AdamW, Self::RMSprop, Self::Adagrad];

    /// The class in `torch.optim`.
    pub fn name(self) -> &'static str {
        match self {
            OptimizerName::SGD => "SGD",
            OptimizerName::Adam => "Adam",
            OptimizerName::AdamW => "AdamW",
            OptimizerName::RMSprop => "RMSprop",
            OptimizerName::Adagrad => "Adagrad",
        }
    }

    /// A learning rate that is worth a try with the tasks here.
    pub fn usual_lr(self) -> f64 {
        match self {
            OptimizerName::SGD => 0.1,
            OptimizerName::Adam | OptimizerName::AdamW => 0.02,
            OptimizerName::RMSprop => 0.01,
            OptimizerName::Adagrad => 0.05,
        }
    }

    /// `PyTorch`'s default of `weight_decay`.
    pub fn usual_weight_decay(self) -> f64 {
        if self == OptimizerName::AdamW { 0.01 } else { 0.0 }
    }
}

/// All that a learner sets of one training run; options that the optimiser does not have are not used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Setup {
    /// What is to be learned.
    pub task: Task,
    /// L, the steps of each sequence.
    pub seq_len: u64,
    /// N, the sequences of one step.
    pub batch: u64,
    /// Whether each step draws other sequences; else all train on the first ones.
    pub fresh: bool,
    /// The recurrent module.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub cell: CellName,
    /// What is added at the start to the bias of the gate that keeps the old state; an RNN has no such gate.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub gate_bias: f64,
    /// Of those first ones, how many there are: each epoch shuffles them by `torch.randperm` and takes N at a time. Without
    /// it there are N, in one batch.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional = nullable))]
    pub train_size: Option<u64>,
    /// `H_out`.
    pub hidden_size: u64,
    /// The layers of the recurrent module.
    pub num_layers: u64,
    /// Its dropout.
    pub dropout: f64,
    /// The optimiser.
    pub optimizer: OptimizerName,
    /// Its learning rate.
    pub lr: f64,
    /// Of SGD and `RMSprop`.
    pub momentum: f64,
    /// Of SGD.
    pub nesterov: bool,
    /// Of Adam and `AdamW`.
    pub beta_1: f64,
    /// Of Adam and `AdamW`.
    pub beta_2: f64,
    /// Of `RMSprop`.
    pub alpha: f64,
    /// Of Adagrad.
    pub lr_decay: f64,
    /// Of every optimiser.
    pub weight_decay: f64,
    /// `max_norm` of `clip_grad_norm_`, if gradients are clipped.
    pub clip_grad_norm: Option<f64>,
    /// After how many validation losses in a row that are no better than the best a run stops, if it stops early.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional = nullable))]
    pub patience: Option<u64>,
    /// How many steps.
    pub steps: u64,
    /// Of `torch.manual_seed`, before anything is drawn.
    pub seed: i64,
}

/// One setting, changed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Change {
    /// L.
    SeqLen(u64),
    /// N.
    Batch(u64),
    /// Whether each step draws other sequences.
    Fresh(bool),
    /// The recurrent module.
    Cell(CellName),
    /// The bias of the gate that keeps the old state.
    GateBias(f64),
    /// How many sequences there are to train on.
    TrainSize(u64),
    /// H.
    HiddenSize(u64),
    /// The layers.
    NumLayers(u64),
    /// The dropout.
    Dropout(f64),
    /// The learning rate.
    Lr(f64),
    /// The momentum.
    Momentum(f64),
    /// Whether the momentum is Nesterov's.
    Nesterov(bool),
    /// Adam's first beta.
    #[serde(rename = "beta_1")]
    Beta1(f64),
    /// Adam's second beta.
    #[serde(rename = "beta_2")]
    Beta2(f64),
    /// What `RMSprop` keeps.
    Alpha(f64),
    /// How fast Adagrad's learning rate falls.
    LrDecay(f64),
    /// How fast weights decay.
    WeightDecay(f64),
    /// The bound of the gradients' norm.
    ClipGradNorm(f64),
    /// How many validation losses may be no better than the best.
    Patience(u64),
    /// How many steps.
    Steps(u64),
    /// What is drawn.
    Seed(i64),
}

/// Why a setup cannot be run.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SetupError {
    /// A size is not one that is offered here.
    #[error("{setting} is from {lowest} to {highest} here, not {given}")]
    Bound {
        /// The size's name.
        setting: &'static str,
        /// The least.
        lowest: u64,
        /// The most.
        highest: u64,
        /// What was given.
        given: u64,
    },
    /// A gate's bias is not one that is offered here.
    #[error("gate_bias is from {lowest} to {highest} here, not {given}")]
    GateBias {
        /// The least.
        lowest: f64,
        /// The most.
        highest: f64,
        /// What was given.
        given: f64,
    },
    /// `PyTorch` would refuse it, or it is too large.
    #[error(transparent)]
    Train(#[from] TrainError),
}

/// How many sequences the validation set has.
pub const VALIDATION: u64 = 64;

/// After how many steps the validation loss is asked for again.
pub const VALIDATE_EVERY: u64 = 5;

impl Default for Setup {
    /// A run that learns within seconds.
    fn default() -> Self {
        Setup {
            task: Task::Adding,
            seq_len: 10,
            batch: 64,
            fresh: true,
            cell: CellName::GRU,
            gate_bias: 0.0,
            train_size: None,
            hidden_size: 16,
            num_layers: 1,
            dropout: 0.0,
            optimizer: OptimizerName::Adam,
            lr: 0.02,
            momentum: 0.0,
            nesterov: false,
            beta_1: 0.9,
            beta_2: 0.999,
            alpha: 0.99,
            lr_decay: 0.0,
            weight_decay: 0.0,
            clip_grad_norm: None,
            patience: None,
            steps: 200,
            seed: 0,
        }
    }
}

impl Setup {
    /// Whether it can be run; nothing is allocated.
    ///
    /// # Errors
    /// A [`SetupError`], the first in the order in which the code would come to it.
    ///
    /// ```
    /// use gru_playground_train::{Setup, SetupError};
    ///
    /// let error = Setup { seq_len: 1, ..Setup::default() }.validate().expect_err("a sequence needs two steps");
    /// assert_eq!(error.to_string(), "seq_len is from 2 to 200 here, not 1");
    /// assert!(matches!(error, SetupError::Bound { .. }));
    /// ```
    pub fn validate(&self) -> Result<(), SetupError> {
        let bounds = [
            ("seq_len", self.seq_len, 2, 200),
            ("batch", self.batch, 1, 1000),
            ("train_size", self.train_size().unwrap_or(1), 1, 10_000),
            // What PyTorch refuses is told in its words.
            ("hidden_size", self.hidden_size, 0, 512),
            ("num_layers", self.num_layers, 0, 8),
            ("patience", self.patience.unwrap_or(1), 1, 1000),
            ("steps", self.steps, 1, 10_000),
        ];
        for (setting, given, lowest, highest) in bounds {
            if !(lowest..=highest).contains(&given) {
                return Err(SetupError::Bound { setting, lowest, highest, given });
            }
        }
        // A gate as far out as this is shut for good.
        let [lowest, highest] = [-20.0, 20.0];
        if !(lowest..=highest).contains(&self.gate_bias) {
            return Err(SetupError::GateBias { lowest, highest, given: self.gate_bias });
        }
        self.model().validate()?;
        self.bytes()
            .within(LIMIT_BYTES)
            .map_err(|refusal| TrainError::from(RecurrentError::from(refusal)))?;
        self.optimizer().validate().map_err(TrainError::from)?;
        Ok(())
    }

    /// The model that is trained.
    pub fn model(&self) -> ModelConfig {
        let Setup { cell, gate_bias, hidden_size, num_layers, dropout, .. } = *self;
        ModelConfig { cell, gate_bias, ..self.task.model(hidden_size, num_layers, dropout) }
    }

    /// How many sequences each epoch shuffles, if it does.
    pub fn train_size(&self) -> Option<u64> {
        self.train_size.filter(|_| !self.fresh)
    }

    /// What training holds at once, in bytes.
    pub fn bytes(&self) -> Count {
        // Of each step at most two numbers are read.
        let data =
            Count::from(self.train_size().unwrap_or(0)) * Count::from(self.seq_len) * Count::from(8_u64);
        data + self.model().training_bytes(&self.optimizer(), self.seq_len, self.batch.max(VALIDATION), 4)
    }

    /// The optimiser with its options.
    pub fn optimizer(&self) -> Optimizer {
        let Setup { lr, momentum, nesterov, alpha, lr_decay, weight_decay, .. } = *self;
        let betas = [self.beta_1, self.beta_2];
        match self.optimizer {
            OptimizerName::SGD => {
                Optimizer::Sgd(Sgd { lr, momentum, weight_decay, nesterov, ..Sgd::default() })
            }
            OptimizerName::Adam => Optimizer::Adam(Adam { lr, betas, weight_decay, ..Adam::default() }),
            OptimizerName::AdamW => Optimizer::Adam(Adam { lr, betas, weight_decay, ..Adam::adamw() }),
            OptimizerName::RMSprop => {
                Optimizer::RmsProp(RmsProp { lr, alpha, weight_decay, momentum, ..RmsProp::default() })
            }
            OptimizerName::Adagrad => {
                Optimizer::Adagrad(Adagrad { lr, lr_decay, weight_decay, ..Adagrad::default() })
            }
        }
    }

    /// The setup with one setting changed.
    #[must_use]
    pub fn with(mut self, change: Change) -> Self {
        match change {
            Change::SeqLen(value) => self.seq_len = value,
            Change::Batch(value) => self.batch = value,
            Change::Fresh(value) => self.fresh = value,
            Change::Cell(value) => self.cell = value,
            Change::GateBias(value) => self.gate_bias = value,
            Change::TrainSize(value) => (self.fresh, self.train_size) = (false, Some(value)),
            Change::HiddenSize(value) => self.hidden_size = value,
            Change::NumLayers(value) => self.num_layers = value,
            Change::Dropout(value) => self.dropout = value,
            Change::Lr(value) => self.lr = value,
            Change::Momentum(value) => self.momentum = value,
            Change::Nesterov(value) => self.nesterov = value,
            Change::Beta1(value) => self.beta_1 = value,
            Change::Beta2(value) => self.beta_2 = value,
            Change::Alpha(value) => self.alpha = value,
            Change::LrDecay(value) => self.lr_decay = value,
            Change::WeightDecay(value) => self.weight_decay = value,
            Change::ClipGradNorm(value) => self.clip_grad_norm = Some(value),
            Change::Patience(value) => self.patience = Some(value),
            Change::Steps(value) => self.steps = value,
            Change::Seed(value) => self.seed = value,
        }
        self
    }
}
