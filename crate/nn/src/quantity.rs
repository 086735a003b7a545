use crate::cells::{Equations, Mode};

/// What a trace keeps of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A GRU's `W_ir x + b_ir + W_hr h + b_hr`.
    PreR,
    /// `W_iz x + b_iz + W_hz h + b_hz`.
    PreZ,
    /// `n_input + r * n_hidden`.
    PreN,
    /// `W_in x + b_in`.
    NInput,
    /// `W_hn h + b_hn`.
    NHidden,
    /// The reset gate, `sigmoid(pre_r)`, in [0, 1].
    R,
    /// The update gate, `sigmoid(pre_z)`, in [0, 1].
    Z,
    /// The candidate, `tanh(pre_n)`, in [-1, 1].
    N,
    /// An RNN's `W_ih x + b_ih + W_hh h + b_hh`.
    Pre,
    /// An LSTM's `W_ii x + b_ii + W_hi h + b_hi`.
    PreI,
    /// `W_if x + b_if + W_hf h + b_hf`.
    PreF,
    /// `W_ig x + b_ig + W_hg h + b_hg`.
    PreG,
    /// `W_io x + b_io + W_ho h + b_ho`.
    PreO,
    /// The input gate, `sigmoid(pre_i)`, in [0, 1].
    I,
    /// The forget gate, `sigmoid(pre_f)`, in [0, 1].
    F,
    /// The cell gate, `tanh(pre_g)`, in [-1, 1].
    G,
    /// The output gate, `sigmoid(pre_o)`, in [0, 1].
    O,
    /// The cell state after the step, `f * c + i * g`.
    C,
    /// `tanh(c)`, in [-1, 1].
    TanhC,
    /// The hidden state after the step, before any projection.
    H,
}

impl Quantity {
    /// Those of a GRU, in a trace's order.
    pub const GRU: [Quantity; 9] = [
        Quantity::PreR,
        Quantity::PreZ,
        Quantity::PreN,
        Quantity::NInput,
        Quantity::NHidden,
        Quantity::R,
        Quantity::Z,
        Quantity::N,
        Quantity::H,
    ];

    /// Those of an RNN or LSTM of this mode, in a trace's order.
    pub fn of(mode: Mode) -> &'static [Quantity] {
        Equations::Of(mode).quantities()
    }

    /// The name within equations: `pre_r`, `z`.
    pub fn name(self) -> &'static str {
        match self {
            Quantity::PreR => "pre_r",
            Quantity::PreZ => "pre_z",
            Quantity::PreN => "pre_n",
            Quantity::NInput => "n_input",
            Quantity::NHidden => "n_hidden",
            Quantity::R => "r",
            Quantity::Z => "z",
            Quantity::N => "n",
            Quantity::Pre => "pre",
            Quantity::PreI => "pre_i",
            Quantity::PreF => "pre_f",
            Quantity::PreG => "pre_g",
            Quantity::PreO => "pre_o",
            Quantity::I => "i",
            Quantity::F => "f",
            Quantity::G => "g",
            Quantity::O => "o",
            Quantity::C => "c",
            Quantity::TanhC => "tanh_c",
            Quantity::H => "h",
        }
    }
}
