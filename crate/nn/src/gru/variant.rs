use serde::{Deserialize, Serialize};

/// Which GRU: people meet others than `PyTorch`'s, with the same parameters.
///
/// | GRU | reset | update |
/// |---|---|---|
/// | `PyTorch`, cuDNN, Keras with `reset_after=True`, ONNX with `linear_before_reset=1` | after | keeps old |
/// | Cho et al. (2014), Keras with `reset_after=False`, ONNX with `linear_before_reset=0` | before | keeps old |
/// | Chung et al. (2014) | before | takes new |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(default)]
pub struct Variant {
    /// Where the reset gate is applied.
    pub reset: Reset,
    /// What the update gate means.
    pub update: Update,
}

/// Where the reset gate is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Reset {
    /// `n = tanh(W_in x + b_in + r * (W_hn h + b_hn))`.
    #[default]
    AfterProduct,
    /// `n = tanh(W_in x + b_in + W_hn (r * h) + b_hn)`.
    BeforeProduct,
}

/// What an update gate of 1 does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Update {
    /// `h' = (1 - z) * n + z * h`.
    #[default]
    KeepsOld,
    /// `h' = z * n + (1 - z) * h`.
    TakesNew,
}
