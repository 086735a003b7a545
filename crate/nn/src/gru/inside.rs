//! The arithmetic of one unit at one step: every product that its gates add up, and where each factor comes from.

use ndarray::{ArrayView3, ArrayViewD};
use serde::{Deserialize, Serialize};

use super::{Gru, Quantity, RecurrentError, Trace, TracePlace};
use crate::cells::ParameterKind;
use crate::parameters::Options as _;
use crate::sequence::{Layout, Sequence, row_major, state_row};

/// So many products of a sum are listed: the largest, in the order of their indices.
pub const LISTED_TERMS: usize = 32;
/// A memory is followed back over so many steps.
const FOLLOWED_STEPS: usize = 16;

/// One unit at one step of a sample in a layer and direction, each counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct UnitPlace {
    /// The layer.
    pub layer: usize,
    /// Whether it is the reverse direction.
    pub reverse: bool,
    /// The sample; 0 for unbatched input.
    pub sample: usize,
    /// The step, as the input counts it.
    pub step: usize,
    /// The unit.
    pub unit: usize,
}

/// Where a number that a unit reads comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum TermOrigin {
    /// A feature of the input at this step.
    Input,
    /// A unit's state: of the layer below at this step, or of this one at the step before.
    State {
        /// Its layer.
        layer: usize,
        /// Whether it is of the reverse direction.
        reverse: bool,
        /// Its step.
        step: usize,
        /// The unit.
        unit: usize,
    },
    /// A unit's element of `h_0`.
    #[serde(rename = "h_0")]
    #[cfg_attr(feature = "types", ts(rename = "h_0"))]
    Initial,
}

/// One product of a sum: `weight * value`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ProductTerm {
    /// The column of the weight, and the element of what is read.
    pub index: usize,
    /// The weight.
    pub weight: f32,
    /// What it is multiplied by.
    pub value: f32,
    /// Their product.
    pub product: f32,
    /// Where the value comes from.
    pub from: TermOrigin,
}

/// A row of `W x + b`: the largest products, the sum of the others, the bias, and all of it together.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RowSum {
    /// The name of the weight in the state dict.
    pub weight: String,
    /// Its row.
    pub row: usize,
    /// The name of the bias; null where the module has none.
    pub bias_name: Option<String>,
    /// The bias; 0 where the module has none.
    pub bias: f32,
    /// At most 32 products, those of the largest size.
    pub terms: Vec<ProductTerm>,
    /// How many products there are.
    pub count: usize,
    /// The sum of the products that are not listed.
    pub rest: f32,
    /// The sum of all products and the bias.
    pub total: f32,
}

/// A gate of one unit: r, z or n.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct GateArithmetic {
    /// `r`, `z` or `n`.
    #[cfg_attr(feature = "types", ts(type = "'r' | 'z' | 'n'"))]
    pub name: &'static str,
    /// What x says: a row of `W_i x + b_i`.
    pub input: RowSum,
    /// What the old state says: a row of `W_h h + b_h`.
    pub hidden: RowSum,
    /// What goes into the activation: `input + hidden`, for n `input + r * hidden`.
    pub sum: f32,
    /// What comes out of it: `sigmoid(sum)`, for n `tanh(sum)`.
    pub value: f32,
    /// What the unit does with it now.
    pub words: String,
}

/// How much of an earlier state is still in the state after a step, by what z kept alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryShare {
    /// The step after which the state was so; null for `h_0`.
    pub step: Option<usize>,
    /// The product of all z since, in [0, 1].
    pub share: f32,
}

/// All that makes one unit's state at one step.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct UnitArithmetic {
    /// r, z and n.
    pub gates: [GateArithmetic; 3],
    /// The unit's state before the step.
    pub before: f32,
    /// Where that is kept.
    pub before_from: TermOrigin,
    /// The state after it: `h' = (1 - z) * n + z * h`.
    pub h: f32,
    /// What the unit does with its state now.
    pub words: String,
    /// What of each earlier state is left, the nearest first; at most 16 steps.
    pub memory: Vec<MemoryShare>,
}

/// Two decimals, with a minus sign that is as wide as a plus.
fn written(value: f32) -> String {
    format!("{value:.2}").replace('-', "\u{2212}")
}

fn percent(share: f32) -> String {
    format!("{:.0}\u{202f}%", 100.0 * share)
}

/// A step of a traced call, at a place that is there.
struct Step<'a> {
    trace: &'a Trace<f32>,
    layout: Layout,
    directions: usize,
    hidden: usize,
    at: UnitPlace,
}

/// Numbers that a unit reads, and where each comes from.
type Sources = (Vec<f32>, Vec<TermOrigin>);

impl Step<'_> {
    fn kept(
        &self,
        layer: usize,
        reverse: bool,
        quantity: Quantity,
    ) -> Result<ArrayView3<'_, f32>, RecurrentError> {
        self.trace.get(layer, reverse, quantity).ok_or(RecurrentError::NoPlace)
    }

    /// A number of the unit at its step.
    fn read(&self, quantity: Quantity) -> Result<f32, RecurrentError> {
        let UnitPlace { layer, reverse, sample, step, unit } = self.at;
        Ok(self.kept(layer, reverse, quantity)?[[step, sample, unit]])
    }

    /// The step before, in the order in which the direction reads.
    fn before(&self, step: usize) -> Option<usize> {
        if self.at.reverse { Some(step + 1).filter(|&t| t < self.layout.steps) } else { step.checked_sub(1) }
    }

    /// What the layer reads at the step: the input, or both directions of the layer below.
    fn x(&self, input: &ArrayViewD<'_, f32>, features: usize) -> Result<Sources, RecurrentError> {
        let UnitPlace { layer, sample, step, .. } = self.at;
        if layer == 0 {
            let input = Sequence::new(self.layout, features, row_major(input));
            return Ok((input.row(step, sample).to_vec(), vec![TermOrigin::Input; features]));
        }
        let (mut x, mut from) = (Vec::new(), Vec::new());
        for reverse in [false, true].into_iter().take(self.directions) {
            let below = self.kept(layer - 1, reverse, Quantity::H)?;
            for unit in 0..self.hidden {
                x.push(below[[step, sample, unit]]);
                from.push(TermOrigin::State { layer: layer - 1, reverse, step, unit });
            }
        }
        Ok((x, from))
    }

    /// The state before the step.
    fn h_prev(&self, h_0: Option<&ArrayViewD<'_, f32>>) -> Result<Sources, RecurrentError> {
        let UnitPlace { layer, reverse, sample, step, .. } = self.at;
        let units = 0..self.hidden;
        let Some(step) = self.before(step) else {
            let row = state_row(
                layer * self.directions + usize::from(reverse),
                sample,
                self.layout.batch,
                self.hidden,
            );
            let h = h_0.map_or_else(|| vec![0.0; self.hidden], |h_0| row_major(h_0)[row].to_vec());
            return Ok((h, vec![TermOrigin::Initial; self.hidden]));
        };
        let states = self.kept(layer, reverse, Quantity::H)?;
        let from = units.clone().map(|unit| TermOrigin::State { layer, reverse, step, unit });
        Ok((units.map(|unit| states[[step, sample, unit]]).collect(), from.collect()))
    }

    /// What of each earlier state is left, by z alone.
    fn memory(&self) -> Result<Vec<MemoryShare>, RecurrentError> {
        let UnitPlace { layer, reverse, sample, step, unit } = self.at;
        let z = self.kept(layer, reverse, Quantity::Z)?;
        let mut memory = Vec::new();
        let (mut share, mut next) = (1.0, Some(step));
        while let Some(t) = next.filter(|_| memory.len() < FOLLOWED_STEPS) {
            share *= z[[t, sample, unit]];
            next = self.before(t);
            memory.push(MemoryShare { step: next, share });
        }
        Ok(memory)
    }
}

/// The arithmetic of one unit at one step of a call that left this trace of every gate.
///
/// r = σ(`W_ir` x + `b_ir` + `W_hr` h + `b_hr`), z likewise, n = tanh(`W_in` x + `b_in` + r ∗ (`W_hn` h + `b_hn`)),
/// h' = (1 − z) ∗ n + z ∗ h.
///
/// # Errors
/// [`RecurrentError::NoPlace`] for a place that the call has not, or whose trace was not kept.
pub fn unit_arithmetic(
    gru: &Gru<f32>,
    input: &ArrayViewD<'_, f32>,
    h_0: Option<&ArrayViewD<'_, f32>>,
    trace: &Trace<f32>,
    at: UnitPlace,
) -> Result<UnitArithmetic, RecurrentError> {
    let plan = gru.config().plan();
    let layout = Layout::of_input(gru.config(), input.shape())?;
    let UnitPlace { layer, reverse, sample, step, unit } = at;
    let (hidden, directions) = (plan.hidden_size as usize, plan.directions as usize);
    let is_there = (layer as u64) < plan.num_layers && usize::from(reverse) < directions;
    let is_whole = trace.first() == TracePlace { layer: 0, reverse: false, sample: 0 };
    if !is_there || !is_whole || sample >= layout.batch || step >= layout.steps || unit >= hidden {
        return Err(RecurrentError::NoPlace);
    }
    let opened = Step { trace, layout, directions, hidden, at };
    let x = opened.x(input, plan.input_size as usize)?;
    let h_prev = opened.h_prev(h_0)?;

    let tensors: Vec<(ParameterKind, String, &[f32])> = plan
        .parameters()
        .zip(gru.elements())
        .filter(|(spec, _)| spec.layer == layer as u64 && spec.reverse == reverse)
        .map(|(spec, elements)| (spec.kind, plan.name(&spec), elements))
        .collect();
    let sum = |gate: usize, [weight, bias]: [ParameterKind; 2], read: &Sources| {
        let of = |kind| tensors.iter().find(|(found, ..)| *found == kind);
        of(weight).map(|weight| row_sum(weight, gate * hidden + unit, of(bias), read))
    };
    let gate = |place: usize, words: &dyn Fn(f32) -> String| {
        let input = sum(place, [ParameterKind::WeightIh, ParameterKind::BiasIh], &x);
        let of_state = sum(place, [ParameterKind::WeightHh, ParameterKind::BiasHh], &h_prev);
        let (name, pre, post) = [
            ("r", Quantity::PreR, Quantity::R),
            ("z", Quantity::PreZ, Quantity::Z),
            ("n", Quantity::PreN, Quantity::N),
        ][place];
        let (sum, value) = (opened.read(pre)?, opened.read(post)?);
        let (Some(input), Some(hidden)) = (input, of_state) else { return Err(RecurrentError::NoPlace) };
        Ok(GateArithmetic { name, input, hidden, sum, value, words: words(value) })
    };
    let gates = [
        gate(0, &|r| format!("Unit {unit} lets {} of what the old state says into n.", percent(r)))?,
        gate(1, &|z| {
            format!("Unit {unit} keeps {} of what it had, and takes {} of n.", percent(z), percent(1.0 - z))
        })?,
        gate(2, &|n| format!("Unit {unit} would have {} now if z were 0.", written(n)))?,
    ];
    let (before, before_from) = (h_prev.0[unit], h_prev.1[unit]);
    let (h, z, n) = (opened.read(Quantity::H)?, gates[1].value, gates[2].value);
    let words = format!(
        "Unit {unit} had {}, keeps {} of it, takes {} of n = {}, and has {} now.",
        written(before),
        percent(z),
        percent(1.0 - z),
        written(n),
        written(h)
    );
    Ok(UnitArithmetic { gates, before, before_from, h, words, memory: opened.memory()? })
}

/// One row of a weight times what is read, with the bias.
fn row_sum(
    (_, weight, elements): &(ParameterKind, String, &[f32]),
    row: usize,
    bias: Option<&(ParameterKind, String, &[f32])>,
    (x, from): &Sources,
) -> RowSum {
    let weights = &elements[row * x.len()..][..x.len()];
    let product = |index: usize| weights[index] * x[index];
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| product(b).abs().total_cmp(&product(a).abs()));
    let unlisted = order.split_off(order.len().min(LISTED_TERMS));
    order.sort_unstable();
    let terms = order.into_iter().map(|index| ProductTerm {
        index,
        weight: weights[index],
        value: x[index],
        product: product(index),
        from: from[index],
    });
    let of_row = bias.map_or(0.0, |(_, _, elements)| elements[row]);
    RowSum {
        weight: weight.clone(),
        row,
        bias_name: bias.map(|(_, name, _)| name.clone()),
        bias: of_row,
        terms: terms.collect(),
        count: x.len(),
        rest: unlisted.into_iter().map(product).sum(),
        total: num::dot(weights, x) + of_row,
    }
}
