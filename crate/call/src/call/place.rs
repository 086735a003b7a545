use serde::{Deserialize, Serialize};

/// The part of a call that a label points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Place {
    /// An option of `nn.GRU(...)`, by name.
    Option {
        /// The option's name, such as `input_size`.
        name: String,
    },
    /// The input, or one of its axes.
    Input {
        /// The axis counted from 0, where one is meant.
        axis: Option<usize>,
    },
    /// The initial hidden state, or one of its axes.
    #[serde(rename = "h_0")]
    H0 {
        /// The axis counted from 0, where one is meant.
        axis: Option<usize>,
    },
    /// A span of a typed text, in bytes from its start.
    Text {
        /// Where the span starts.
        start: usize,
        /// Where it ends, exclusive.
        end: usize,
    },
}
