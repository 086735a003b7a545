//! Small tasks that show what a GRU can learn, each drawn from the random stream as the `PyTorch` code beside it draws it.

mod data;

use serde::{Deserialize, Serialize};

pub use data::{Examples, TaskData};

use super::{EmbeddingConfig, ModelConfig};
use nn::gru::GruConfig;

/// What a model is to learn from sequences of `seq_len` steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Task {
    /// Which of eight tokens came first.
    Recall,
    /// The sum of the two numbers that are marked.
    Adding,
    /// Which of two marks in noise came first, the one up or the one down.
    Order,
    /// The next value of a sine wave of unknown speed and phase.
    Sine,
}

/// The loss that a task is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum LossName {
    /// `nn.CrossEntropyLoss`, for one of several classes.
    CrossEntropyLoss,
    /// `nn.MSELoss`, for a number.
    MSELoss,
    /// `nn.BCEWithLogitsLoss`, for yes or no.
    BCEWithLogitsLoss,
}

/// Tokens of [`Task::Recall`]; the embedding is as wide.
pub const TOKENS: u64 = 8;

impl Task {
    /// Every task.
    pub const ALL: [Task; 4] = [Task::Recall, Task::Adding, Task::Order, Task::Sine];

    /// The loss that fits what is to be told.
    pub fn loss(self) -> LossName {
        match self {
            Task::Recall => LossName::CrossEntropyLoss,
            Task::Adding | Task::Sine => LossName::MSELoss,
            Task::Order => LossName::BCEWithLogitsLoss,
        }
    }

    /// The loss of the best answer that does not look at the input: `log 8`, the variance of a sum of two uniform
    /// numbers, `log 2`, the mean square of a sine.
    pub fn chance_loss(self) -> f64 {
        match self {
            Task::Recall => (TOKENS as f64).ln(),
            Task::Adding => 1.0 / 6.0,
            Task::Order => 2.0_f64.ln(),
            Task::Sine => 0.5,
        }
    }

    /// The share of right answers without looking, in [0, 1], where answers are right or wrong.
    pub fn chance_accuracy(self) -> Option<f64> {
        match self {
            Task::Recall => Some(1.0 / TOKENS as f64),
            Task::Order => Some(0.5),
            Task::Adding | Task::Sine => None,
        }
    }

    /// For each of some samples, row-major (samples, L, features), the steps from which the answer follows.
    pub fn steps_that_count(self, x: &[f32], samples: usize) -> Vec<Vec<u64>> {
        let features = if self == Task::Adding { 2 } else { 1 };
        let length = x.len().checked_div(samples).unwrap_or(0);
        let marked = |read: &[f32]| match self {
            Task::Recall => vec![0],
            Task::Adding => places(read.chunks_exact(features).map(|step| step[1] > 0.5)),
            // The marks are far above the noise: its standard deviation is 0.1.
            Task::Order => {
                let mut all: Vec<(usize, f32)> = read.iter().map(|value| value.abs()).enumerate().collect();
                all.sort_by(|(_, a), (_, b)| b.total_cmp(a));
                let mut marks: Vec<u64> = all.iter().take(2).map(|&(step, _)| step as u64).collect();
                marks.sort_unstable();
                marks
            }
            Task::Sine => (0..read.len() as u64).collect(),
        };
        if length == 0 { Vec::new() } else { x.chunks_exact(length).map(marked).collect() }
    }

    /// The model for this task around a GRU of these sizes, `batch_first`.
    pub fn model(self, hidden_size: u64, num_layers: u64, dropout: f64) -> ModelConfig {
        let gru = |input_size| GruConfig {
            num_layers,
            dropout,
            batch_first: true,
            ..GruConfig::new(input_size, hidden_size)
        };
        let of_features = |input_size| ModelConfig::new(gru(input_size), 1);
        match self {
            Task::Recall => ModelConfig {
                embedding: Some(EmbeddingConfig { num_embeddings: TOKENS, padding_idx: None }),
                ..ModelConfig::new(gru(TOKENS), TOKENS)
            },
            Task::Adding => of_features(2),
            Task::Order | Task::Sine => of_features(1),
        }
    }
}

fn places(marks: impl Iterator<Item = bool>) -> Vec<u64> {
    marks.enumerate().filter(|&(_, mark)| mark).map(|(step, _)| step as u64).collect()
}
