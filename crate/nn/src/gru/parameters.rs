/// Which of the tensors of one layer and direction; the rows of each are a module's gates in their order: r,
/// z, n in a GRU; i, f, g, o in an LSTM.
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
    /// `W_hr` of an LSTM with projections, shape (`proj_size`, H).
    WeightHr,
}

impl ParameterKind {
    /// Those of a GRU, in the order of `PyTorch`'s state dict.
    pub const ALL: [ParameterKind; 4] =
        [ParameterKind::WeightIh, ParameterKind::WeightHh, ParameterKind::BiasIh, ParameterKind::BiasHh];

    /// The name without layer and direction: `weight_ih`.
    pub fn name(self) -> &'static str {
        match self {
            ParameterKind::WeightIh => "weight_ih",
            ParameterKind::WeightHh => "weight_hh",
            ParameterKind::BiasIh => "bias_ih",
            ParameterKind::BiasHh => "bias_hh",
            ParameterKind::WeightHr => "weight_hr",
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
}
