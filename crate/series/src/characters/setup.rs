use serde::{Deserialize, Serialize};

use nn::cost::Count;
use nn::gru::GruConfig;
use train::{Adam, EmbeddingConfig, ModelConfig, Optimizer};

use super::data::MOST_JUDGED;

/// All that a learner sets of a text that is learned character by character.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TextSetup {
    /// L, the characters of each window; from 1 to 100.
    pub seq_len: u64,
    /// `H_out`; from 1 to 128.
    pub hidden_size: u64,
    /// The numbers that stand for each character; from 1 to 64.
    pub embedding_dim: u64,
    /// N, the windows of one training step; from 1 to 128.
    pub batch: u64,
    /// The learning rate of `torch.optim.Adam`.
    pub lr: f64,
    /// How many training steps; from 1 to 5000.
    pub steps: u64,
    /// After how many training steps it writes again; from 1 to 5000.
    pub sample_every: u64,
    /// How many characters it writes; from 1 to 500.
    pub length: u64,
    /// What the logits are divided by before one is drawn; from 0.1 to 5.
    pub temperature: f64,
    /// What it goes on from, at most 100 characters; where it is empty, the first character of the text.
    pub prompt: String,
    /// Of the generator that draws what is written.
    pub sample_seed: i64,
    /// Of `torch.manual_seed`, before anything is drawn.
    pub seed: i64,
}

impl Default for TextSetup {
    /// A run that writes words within half a minute.
    fn default() -> Self {
        TextSetup {
            seq_len: 32,
            hidden_size: 64,
            embedding_dim: 16,
            batch: 16,
            lr: 0.01,
            steps: 300,
            sample_every: 25,
            length: 150,
            temperature: 0.7,
            prompt: String::new(),
            sample_seed: 0,
            seed: 0,
        }
    }
}

impl TextSetup {
    /// The lowest and the highest temperature.
    pub(crate) const TEMPERATURES: [f64; 2] = [0.1, 5.0];
    /// The longest prompt, in characters.
    pub(crate) const LONGEST_PROMPT: usize = 100;

    /// Each bounded size: its name, what is set, the least and the most.
    pub(crate) fn bounds(&self) -> [(&'static str, u64, u64, u64); 7] {
        [
            ("seq_len", self.seq_len, 1, 100),
            ("hidden_size", self.hidden_size, 1, 128),
            ("embedding_dim", self.embedding_dim, 1, 64),
            ("batch", self.batch, 1, 128),
            ("steps", self.steps, 1, 5000),
            ("sample_every", self.sample_every, 1, 5000),
            ("length", self.length, 1, 500),
        ]
    }

    /// `nn.Embedding(V, embedding_dim)`, `nn.GRU(embedding_dim, hidden_size, batch_first=True)` and `nn.Linear(hidden_size, V)`, which
    /// reads every step; V is how many different characters there are.
    pub fn model(&self, kinds: u64) -> ModelConfig {
        let gru = GruConfig { batch_first: true, ..GruConfig::new(self.embedding_dim, self.hidden_size) };
        let embedding = Some(EmbeddingConfig { num_embeddings: kinds, padding_idx: None });
        ModelConfig { embedding, every_step: true, ..ModelConfig::new(gru, kinds) }
    }

    /// `torch.optim.Adam(model.parameters(), lr)`.
    pub fn optimizer(&self) -> Optimizer {
        Optimizer::Adam(Adam { lr: self.lr, ..Adam::default() })
    }

    /// What training holds at once, in bytes, of V different characters.
    pub fn bytes(&self, kinds: u64) -> Count {
        let most = self.batch.max(MOST_JUDGED as u64);
        self.model(kinds).training_bytes(&self.optimizer(), self.seq_len, most, 4)
    }
}
