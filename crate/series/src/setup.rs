use serde::{Deserialize, Serialize};

use nn::cost::Count;
use nn::gru::GruConfig;
use train::{Adam, ModelConfig, Optimizer};

/// All that a learner sets of a forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesSetup {
    /// L, the values that each window has; from 1 to 200.
    pub seq_len: u64,
    /// `H_out`; from 1 to 64.
    pub hidden_size: u64,
    /// N, the windows of one step; from 1 to 256.
    pub batch: u64,
    /// The learning rate of `torch.optim.Adam`.
    pub lr: f64,
    /// How many steps; from 1 to 5000.
    pub steps: u64,
    /// How many values are forecast by feeding each back; from 1 to 120.
    pub horizon: u64,
    /// After how many values the series repeats itself, such as 12 of months; 0 where it does not; at most 400.
    pub season: u64,
    /// Whether the change from one value to the next is learned, not the value itself.
    pub difference: bool,
    /// Of `torch.manual_seed`, before anything is drawn.
    pub seed: i64,
}

impl Default for SeriesSetup {
    /// A run that learns the Nile within seconds.
    fn default() -> Self {
        SeriesSetup {
            seq_len: 10,
            hidden_size: 8,
            batch: 32,
            lr: 0.01,
            steps: 200,
            horizon: 10,
            season: 0,
            difference: false,
            seed: 0,
        }
    }
}

impl SeriesSetup {
    /// Each bounded size: its name, what is set, the least and the most.
    pub(crate) fn bounds(&self) -> [(&'static str, u64, u64, u64); 6] {
        [
            ("seq_len", self.seq_len, 1, 200),
            ("hidden_size", self.hidden_size, 1, 64),
            ("batch", self.batch, 1, 256),
            ("steps", self.steps, 1, 5000),
            ("horizon", self.horizon, 1, 120),
            ("season", self.season, 0, 400),
        ]
    }

    /// `nn.GRU(1, hidden_size, batch_first=True)` and `nn.Linear(hidden_size, 1)`.
    pub fn model(&self) -> ModelConfig {
        let gru = GruConfig { batch_first: true, ..GruConfig::new(1, self.hidden_size) };
        ModelConfig::new(gru, 1)
    }

    /// `torch.optim.Adam(model.parameters(), lr)`.
    pub fn optimizer(&self) -> Optimizer {
        Optimizer::Adam(Adam { lr: self.lr, ..Adam::default() })
    }

    /// What training holds at once, in bytes.
    pub fn bytes(&self) -> Count {
        let most = self.batch.max(crate::data::MOST_JUDGED as u64);
        self.model().training_bytes(&self.optimizer(), self.seq_len, most, 4)
    }
}
