//! What makes one unit's state: its gates, what each does now in words, and what is left of earlier states.

use serde::Serialize;

use super::sums::{RowSum, TermOrigin};
use crate::cells::{Equations, Mode};
use crate::quantity::Quantity;

/// A gate of one unit: r, z or n of a GRU, i, f, g or o of an LSTM, the one sum of an RNN.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct GateArithmetic {
    /// `r`, `z`, `n`; `i`, `f`, `g`, `o`; `h` of an RNN, whose state it is.
    #[cfg_attr(feature = "types", ts(type = "'r' | 'z' | 'n' | 'i' | 'f' | 'g' | 'o' | 'h'"))]
    pub name: &'static str,
    /// What squeezes the sum: `σ`, `tanh` or `relu`.
    #[cfg_attr(feature = "types", ts(type = "'σ' | 'tanh' | 'relu'"))]
    pub activation: &'static str,
    /// What x says: a row of `W_i x + b_i`.
    pub input: RowSum,
    /// What `h_prev` says: a row of `W_h h_prev + b_h`.
    pub hidden: RowSum,
    /// What goes into the activation: `input + hidden`, for n `input + r * hidden`.
    pub sum: f32,
    /// What comes out of it.
    pub value: f32,
    /// What the unit does with it now.
    pub words: String,
}

/// How much of an earlier state is still in the state after a step, by what z, or f of an LSTM, kept alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryShare {
    /// The step after which the state was so; null for `h_0`, or `c_0` of an LSTM.
    pub step: Option<usize>,
    /// The product of all z, or f, since, in [0, 1].
    pub share: f32,
}

/// An LSTM's cell state after a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CellStateArithmetic {
    /// The cell state: `c = f * c_prev + i * g`.
    pub c: f32,
    /// What is shown of it: `tanh(c)`.
    pub tanh: f32,
    /// What the unit does with it now.
    pub words: String,
}

/// All that makes one unit's state at one step.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct UnitArithmetic {
    /// r, z and n; i, f, g and o; or the one sum of an RNN.
    pub gates: Vec<GateArithmetic>,
    /// The state before the step that the unit keeps or replaces: of `h_prev`, or of `c_prev` in an LSTM.
    pub before: f32,
    /// Where that is kept.
    pub before_from: TermOrigin,
    /// An LSTM's cell state; null of other modules.
    pub cell: Option<CellStateArithmetic>,
    /// The state after it: of a GRU `h = (1 - z) * n + z * h_prev`, of an LSTM `h = o * tanh(c)` before any projection.
    pub h: f32,
    /// What the unit does with its state now.
    pub words: String,
    /// The gate that says how much stays: `z`, or `f` of an LSTM; null of an RNN.
    #[cfg_attr(feature = "types", ts(type = "'z' | 'f' | null"))]
    pub keeper: Option<&'static str>,
    /// What of each earlier state is left, the nearest first; at most 16 steps, none without a gate that keeps.
    pub memory: Vec<MemoryShare>,
}

/// A gate as it is opened: what it is called, what squeezes its sum, and what a trace keeps of it.
pub(super) struct GateOpening {
    pub name: &'static str,
    pub activation: &'static str,
    pub pre: Quantity,
    pub post: Quantity,
}

const fn opening(name: &'static str, activation: &'static str, pre: Quantity, post: Quantity) -> GateOpening {
    GateOpening { name, activation, pre, post }
}

const GRU: [GateOpening; 3] = [
    opening("r", "σ", Quantity::PreR, Quantity::R),
    opening("z", "σ", Quantity::PreZ, Quantity::Z),
    opening("n", "tanh", Quantity::PreN, Quantity::N),
];
const LSTM: [GateOpening; 4] = [
    opening("i", "σ", Quantity::PreI, Quantity::I),
    opening("f", "σ", Quantity::PreF, Quantity::F),
    opening("g", "tanh", Quantity::PreG, Quantity::G),
    opening("o", "σ", Quantity::PreO, Quantity::O),
];
const TANH: [GateOpening; 1] = [opening("h", "tanh", Quantity::Pre, Quantity::H)];
const RELU: [GateOpening; 1] = [opening("h", "relu", Quantity::Pre, Quantity::H)];

/// The gates of a module in the order of their rows; none of a module whose arithmetic is not opened.
pub(super) fn openings(equations: Equations) -> Option<&'static [GateOpening]> {
    match equations {
        Equations::GRU => Some(&GRU),
        Equations::Of(Mode::Lstm) => Some(&LSTM),
        Equations::Of(Mode::Tanh) => Some(&TANH),
        Equations::Of(Mode::Relu) => Some(&RELU),
        Equations::Gru(_) | Equations::Of(Mode::MinGru) => None,
    }
}

/// The gate that says how much of the state before stays: its name and what a trace keeps of it.
pub(super) fn keeper(equations: Equations) -> Option<(&'static str, Quantity)> {
    match equations {
        Equations::Gru(_) => Some(("z", Quantity::Z)),
        Equations::Of(Mode::Lstm) => Some(("f", Quantity::F)),
        Equations::Of(_) => None,
    }
}

/// Two decimals, with a minus sign that is as wide as a plus.
fn written(value: f32) -> String {
    format!("{value:.2}").replace('-', "\u{2212}")
}

fn percent(share: f32) -> String {
    format!("{:.0}\u{202f}%", 100.0 * share)
}

/// What a unit does with a gate now.
pub(super) fn gate_words(name: &str, unit: usize, value: f32) -> String {
    let (share, rest, number) = (percent(value), percent(1.0 - value), written(value));
    match name {
        "r" => format!("Unit {unit} lets {share} of what h_prev says into the candidate n."),
        "z" => format!("Unit {unit} keeps {share} of h_prev and replaces {rest} with the candidate n."),
        "n" => format!("Unit {unit} would have {number} now if z were 0: n is the candidate."),
        "i" => format!("Unit {unit} adds {share} of the candidate g to its cell state c."),
        "f" => format!("Unit {unit} keeps {share} of c_prev, its cell state before."),
        "g" => format!("Unit {unit} would add {number} to its cell state c if i were 1: g is the candidate."),
        "o" => format!("Unit {unit} shows {share} of tanh(c) as its state h."),
        _ => format!("Unit {unit} has {number} now. It has no gate: it replaces all of h_prev."),
    }
}

/// What a GRU's unit does with its state now.
pub(super) fn gru_words(unit: usize, [before, z, n, h]: [f32; 4]) -> String {
    format!(
        "Unit {unit} had {}, keeps {} of it, replaces {} with the candidate n = {}, and has {} now.",
        written(before),
        percent(z),
        percent(1.0 - z),
        written(n),
        written(h)
    )
}

/// What an LSTM's unit does with its cell state now, and with its state.
pub(super) fn lstm_words(unit: usize, [before, f, i, g, c, o, h]: [f32; 7]) -> [String; 2] {
    [
        format!(
            "Unit {unit} had c_prev = {}, keeps {} of it, adds {} of the candidate g = {}, and has c = {} now.",
            written(before),
            percent(f),
            percent(i),
            written(g),
            written(c)
        ),
        format!(
            "Unit {unit} keeps c = {} to itself, and shows {} of tanh(c) as h = {}.",
            written(c),
            percent(o),
            written(h)
        ),
    ]
}
