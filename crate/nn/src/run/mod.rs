//! The one driver of all cells: through layers, directions and steps, forward and backward, in pieces.

mod backward;
mod forward;

use ndarray::{ArrayD, ArrayViewD};
use num::Real;
use serde::Serialize;

use crate::cost::{Cost, LIMIT_BYTES};
use crate::dropout::DropoutMask;
use crate::error::RecurrentError;
use crate::parameters::{Plan, StepStage};
use crate::sequence::Layout;
use crate::trace::{Keep, Trace};
use crate::walk::Walk;
pub use backward::{BackwardRun, Gradients, Upstream};
pub use forward::ForwardRun;

/// What a call is given beside its input. With nothing given, states are zero and nothing is kept.
#[derive(Debug, Clone)]
pub struct CallOptions<'a, T> {
    /// `h_0`; zero if absent.
    pub h_0: Option<ArrayViewD<'a, T>>,
    /// An LSTM's `c_0`; zero if absent.
    pub c_0: Option<ArrayViewD<'a, T>>,
    /// What is kept of all that happens within; a backward pass needs every gate.
    pub keep: Keep,
    /// In training mode, what every layer but the last has its output multiplied by.
    pub mask: Option<&'a DropoutMask<T>>,
    /// How many steps each sample has, at least 1 and at most L, in the input's order; all of them if absent.
    pub lengths: Option<Vec<usize>>,
}

impl<'a, T> CallOptions<'a, T> {
    /// A call with an `h_0`, if one is given.
    pub fn of(h_0: Option<ArrayViewD<'a, T>>) -> Self {
        CallOptions { h_0, ..CallOptions::default() }
    }

    /// The same keeping every gate.
    #[must_use]
    pub fn traced(self) -> Self {
        CallOptions { keep: Keep::Every, ..self }
    }

    /// The same in training mode.
    #[must_use]
    pub fn training(self, mask: &'a DropoutMask<T>) -> Self {
        CallOptions { mask: Some(mask), ..self }
    }
}

impl<T> Default for CallOptions<'_, T> {
    fn default() -> Self {
        CallOptions { h_0: None, c_0: None, keep: Keep::Nothing, mask: None, lengths: None }
    }
}

/// What a call of a module gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Output<T> {
    /// The last layer's hidden state after every step, both directions side by side: (L, N, D*`H_out`),
    /// (N, L, D*`H_out`) or (L, D*`H_out`); contiguous.
    pub output: ArrayD<T>,
    /// Every layer's and direction's last hidden state: (D*`num_layers`, N, `H_out`) or
    /// (D*`num_layers`, `H_out`); contiguous. The reverse direction's last is that of step 0.
    pub h_n: ArrayD<T>,
    /// The last cell states of an LSTM: (D*`num_layers`, N, H) or (D*`num_layers`, H); contiguous.
    pub c_n: Option<ArrayD<T>>,
    /// Every gate, if asked for.
    pub trace: Option<Trace<T>>,
}

/// How far a run is, in multiply-adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "RunProgress"))]
pub struct Progress {
    /// Those that are done.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub done: u64,
    /// All of them.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub total: u64,
}

impl Progress {
    /// Whether nothing is left to do.
    pub fn is_complete(&self) -> bool {
        self.done == self.total
    }
}

/// What a call comes to, if it fits the module.
struct Checked {
    layout: Layout,
    /// That of at least one sample: an empty batch costs nothing, but its other axes must be addressable all the same.
    cost: Cost,
    /// Multiply-adds of the forward pass.
    multiply_adds: u64,
}

fn check<T: Real>(
    plan: &Plan,
    input: &[usize],
    options: &CallOptions<'_, T>,
) -> Result<Checked, RecurrentError> {
    let given = [&options.h_0, &options.c_0].map(|state| state.as_ref().map(ArrayViewD::shape));
    let layout = Layout::of_call(plan, input, given)?;
    if let Some(lengths) = &options.lengths
        && (lengths.len() != layout.batch
            || lengths.iter().any(|length| !(1..=layout.steps).contains(length)))
    {
        return Err(RecurrentError::Lengths { steps: layout.steps, batch: layout.batch });
    }
    let cost = Cost::of_plan(plan, layout.steps as u64, layout.batch.max(1) as u64, T::BYTES);
    let multiply_adds = match layout.batch {
        0 => 0,
        _ => cost.multiply_adds.total().to_u64().unwrap_or(u64::MAX),
    };
    Ok(Checked { layout, cost, multiply_adds })
}

/// Whether a mask is one of such a call, and fits beside what is needed.
fn check_mask<T: Real>(
    mask: Option<&DropoutMask<T>>,
    plan: &Plan,
    Checked { layout, cost, .. }: &Checked,
    needed: crate::cost::Count,
) -> Result<crate::cost::Count, RecurrentError> {
    needed.within(LIMIT_BYTES)?;
    let Some(mask) = mask else { return Ok(needed) };
    let needed = needed + cost.dropout_bytes();
    needed.within(LIMIT_BYTES)?;
    mask.check(plan, *layout)?;
    Ok(needed)
}

/// The units of a step that come next, of one stage: about so many multiply-adds, but one unit at least; and how many
/// multiply-adds they are.
fn next_units(
    walk: &Walk,
    stages: impl IntoIterator<Item = (StepStage, usize, usize)>,
    batch: usize,
    multiply_adds: u64,
) -> (StepStage, std::ops::Range<usize>, u64) {
    let mut start = walk.units_done;
    for (stage, units, of_unit) in stages {
        let Some(left) = units.checked_sub(start).filter(|&left| left > 0) else {
            start -= units;
            continue;
        };
        let of_unit = (of_unit * batch) as u64;
        let wanted = usize::try_from(multiply_adds / of_unit.max(1)).unwrap_or(left).clamp(1, left);
        return (stage, start..start + wanted, of_unit * wanted as u64);
    }
    unreachable!("a step that is over is left")
}

/// Multiplies elements by what a mask says of each.
fn multiply<T: Real>(elements: &mut [T], mask: &[T]) {
    for (element, &factor) in elements.iter_mut().zip(mask) {
        *element *= factor;
    }
}

/// Multiplies what a layer wrote, or what reaches it, by its mask.
fn drop_out<T: Real>(
    sequence: &mut crate::sequence::Sequence<T>,
    mask: Option<&DropoutMask<T>>,
    layout: Layout,
    layer: usize,
) {
    let Some(mask) = mask else { return };
    for t in 0..layout.steps {
        for b in 0..layout.batch {
            multiply(sequence.row_mut(t, b), mask.row(layer, t, b));
        }
    }
}
