//! The arithmetic of one unit at one step of `nn.GRU`, `nn.RNN` or `nn.LSTM`: every product that its gates add up, and where
//! each factor comes from.

mod sums;
mod unit;

use ndarray::{ArrayView3, ArrayViewD};
use serde::Deserialize;

use crate::cells::ParameterKind;
use crate::error::RecurrentError;
use crate::module::Recurrent;
use crate::parameters::{Options, Plan};
use crate::quantity::Quantity;
use crate::sequence::{Layout, Sequence, row_major, state_row};
use crate::trace::{Trace, TracePlace};
use sums::{NamedElements, Sources, row_sum};
pub use sums::{ProductTerm, RowSum, TermOrigin};
pub use unit::{CellStateArithmetic, GateArithmetic, MemoryShare, UnitArithmetic};
use unit::{GateOpening, gate_words, gru_words, keeper, lstm_words, openings};

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

/// A call that left a trace of every gate: its input, and the states that it was given; an absent state is zero.
#[derive(Debug, Clone, Copy)]
pub struct TracedCall<'a> {
    /// The input.
    pub input: &'a ArrayViewD<'a, f32>,
    /// `h_0`.
    pub h_0: Option<&'a ArrayViewD<'a, f32>>,
    /// An LSTM's `c_0`.
    pub c_0: Option<&'a ArrayViewD<'a, f32>>,
    /// The trace.
    pub trace: &'a Trace<f32>,
}

/// A step of a traced call, at a place that is there.
struct OpenedStep<'a> {
    call: TracedCall<'a>,
    plan: Plan,
    layout: Layout,
    at: UnitPlace,
}

impl OpenedStep<'_> {
    fn kept(
        &self,
        layer: usize,
        reverse: bool,
        quantity: Quantity,
    ) -> Result<ArrayView3<'_, f32>, RecurrentError> {
        self.call.trace.get(layer, reverse, quantity).ok_or(RecurrentError::NoPlace)
    }

    /// The states that a layer and direction handed on.
    fn states(&self, layer: usize, reverse: bool) -> Result<ArrayView3<'_, f32>, RecurrentError> {
        match self.call.trace.projected(layer, reverse) {
            Some(projected) => Ok(projected),
            None => self.kept(layer, reverse, Quantity::H),
        }
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
    fn x(&self) -> Result<Sources, RecurrentError> {
        let UnitPlace { layer, sample, step, .. } = self.at;
        if layer == 0 {
            let features = self.plan.input_size as usize;
            let input = Sequence::new(self.layout, features, row_major(self.call.input));
            return Ok((input.row(step, sample).to_vec(), vec![TermOrigin::Input; features]));
        }
        let (mut x, mut from) = (Vec::new(), Vec::new());
        for reverse in [false, true].into_iter().take(self.plan.directions as usize) {
            let below = self.states(layer - 1, reverse)?;
            for unit in 0..self.plan.state_size as usize {
                x.push(below[[step, sample, unit]]);
                from.push(TermOrigin::State { layer: layer - 1, reverse, step, unit });
            }
        }
        Ok((x, from))
    }

    /// The numbers of a state that was given for the first step; zeros where none was.
    fn initial(&self, given: Option<&ArrayViewD<'_, f32>>, features: usize) -> Vec<f32> {
        let UnitPlace { layer, reverse, sample, .. } = self.at;
        let cell = layer * self.plan.directions as usize + usize::from(reverse);
        let row = state_row(cell, sample, self.layout.batch, features);
        given.map_or_else(|| vec![0.0; features], |state| row_major(state)[row].to_vec())
    }

    /// The state before the step.
    fn h_prev(&self) -> Result<Sources, RecurrentError> {
        let UnitPlace { layer, reverse, sample, step, .. } = self.at;
        let features = self.plan.state_size as usize;
        let Some(step) = self.before(step) else {
            return Ok((self.initial(self.call.h_0, features), vec![TermOrigin::Initial; features]));
        };
        let states = self.states(layer, reverse)?;
        let from = (0..features).map(|unit| TermOrigin::State { layer, reverse, step, unit });
        Ok(((0..features).map(|unit| states[[step, sample, unit]]).collect(), from.collect()))
    }

    /// The unit's cell state before the step, and where it is kept.
    fn c_prev(&self) -> Result<(f32, TermOrigin), RecurrentError> {
        let UnitPlace { layer, reverse, sample, step, unit } = self.at;
        let Some(step) = self.before(step) else {
            let initial = self.initial(self.call.c_0, self.plan.hidden_size as usize);
            return Ok((initial[unit], TermOrigin::Initial));
        };
        let c = self.kept(layer, reverse, Quantity::C)?[[step, sample, unit]];
        Ok((c, TermOrigin::State { layer, reverse, step, unit }))
    }

    /// What of each earlier state is left, by a gate alone.
    fn memory(&self, gate: Quantity) -> Result<Vec<MemoryShare>, RecurrentError> {
        let UnitPlace { layer, reverse, sample, step, unit } = self.at;
        let kept = self.kept(layer, reverse, gate)?;
        let mut memory = Vec::new();
        let (mut share, mut next) = (1.0, Some(step));
        while let Some(t) = next.filter(|_| memory.len() < FOLLOWED_STEPS) {
            share *= kept[[t, sample, unit]];
            next = self.before(t);
            memory.push(MemoryShare { step: next, share });
        }
        Ok(memory)
    }

    /// What becomes of the gates' values: the state before, the cell state of an LSTM, and both in words.
    fn state(
        &self,
        gates: &[GateArithmetic],
        h_prev: &Sources,
    ) -> Result<(f32, TermOrigin, Option<CellStateArithmetic>, String), RecurrentError> {
        let unit = self.at.unit;
        let h = self.read(Quantity::H)?;
        if let [i, f, g, o] = gates {
            let (before, from) = self.c_prev()?;
            let (c, tanh) = (self.read(Quantity::C)?, self.read(Quantity::TanhC)?);
            let [of_c, of_h] = lstm_words(unit, [before, f.value, i.value, g.value, c, o.value, h]);
            return Ok((before, from, Some(CellStateArithmetic { c, tanh, words: of_c }), of_h));
        }
        let (before, from) = (h_prev.0[unit], h_prev.1[unit]);
        let words = match gates {
            [_, z, n] => gru_words(unit, [before, z.value, n.value, h]),
            _ => gate_words("h", unit, h),
        };
        Ok((before, from, None, words))
    }
}

/// The arithmetic of one unit at one step of a call that left this trace of every gate.
///
/// | module | equations |
/// |---|---|
/// | GRU | r = σ(`W_ir` x + `b_ir` + `W_hr` `h_prev` + `b_hr`), z likewise, n = tanh(`W_in` x + `b_in` + r ∗ (`W_hn` `h_prev` + `b_hn`)), h = (1 − z) ∗ n + z ∗ `h_prev` |
/// | LSTM | i, f, o = σ(...), g = tanh(...), c = f ∗ `c_prev` + i ∗ g, h = o ∗ tanh(c) |
/// | RNN | h = tanh(`W_ih` x + `b_ih` + `W_hh` `h_prev` + `b_hh`), or relu |
///
/// # Errors
/// [`RecurrentError::NoPlace`] for a place that the call has not, whose trace was not kept, or a module of other equations.
pub fn unit_arithmetic<C: Options>(
    module: &Recurrent<f32, C>,
    call: TracedCall<'_>,
    at: UnitPlace,
) -> Result<UnitArithmetic, RecurrentError> {
    let plan = module.config().plan();
    let layout = Layout::of_plan(&plan, call.input.shape())?;
    let UnitPlace { layer, reverse, sample, step, unit } = at;
    let hidden = plan.hidden_size as usize;
    let is_there = (layer as u64) < plan.num_layers && u64::from(reverse) < plan.directions;
    let is_whole = call.trace.first() == TracePlace { layer: 0, reverse: false, sample: 0 };
    if !is_there || !is_whole || sample >= layout.batch || step >= layout.steps || unit >= hidden {
        return Err(RecurrentError::NoPlace);
    }
    let openings = openings(module.equations()).ok_or(RecurrentError::NoPlace)?;
    let opened = OpenedStep { call, plan, layout, at };
    let (x, h_prev) = (opened.x()?, opened.h_prev()?);

    let tensors: Vec<(ParameterKind, NamedElements<'_>)> = plan
        .parameters()
        .zip(module.elements())
        .filter(|(spec, _)| spec.layer == layer as u64 && spec.reverse == reverse)
        .map(|(spec, elements)| (spec.kind, (plan.name(&spec), elements)))
        .collect();
    let sum = |gate: usize, [weight, bias]: [ParameterKind; 2], read: &Sources| {
        let of = |kind| tensors.iter().find(|(found, _)| *found == kind).map(|(_, named)| named);
        let weight = of(weight).ok_or(RecurrentError::NoPlace)?;
        Ok::<_, RecurrentError>(row_sum(weight, gate * hidden + unit, of(bias), read))
    };
    let gate = |(place, &GateOpening { name, activation, pre, post }): (usize, &GateOpening)| {
        let input = sum(place, [ParameterKind::WeightIh, ParameterKind::BiasIh], &x)?;
        let hidden = sum(place, [ParameterKind::WeightHh, ParameterKind::BiasHh], &h_prev)?;
        let (sum, value) = (opened.read(pre)?, opened.read(post)?);
        Ok(GateArithmetic {
            name,
            activation,
            input,
            hidden,
            sum,
            value,
            words: gate_words(name, unit, value),
        })
    };
    let gates = openings.iter().enumerate().map(gate).collect::<Result<Vec<_>, RecurrentError>>()?;
    let (before, before_from, cell, words) = opened.state(&gates, &h_prev)?;
    let keeps = keeper(module.equations());
    let memory = keeps.map_or(Ok(Vec::new()), |(_, gate)| opened.memory(gate))?;
    let (h, keeper) = (opened.read(Quantity::H)?, keeps.map(|(name, _)| name));
    Ok(UnitArithmetic { gates, before, before_from, cell, h, words, keeper, memory })
}
