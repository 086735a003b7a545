//! The arithmetic of one unit, and what one changed number changes.

use ndarray::{ArrayD, ArrayViewD};
use serde::{Deserialize, Serialize};

use crate::experiment::{DrawnModule, RunValues, cost_of, draw};
use crate::fault::Fault;
use crate::generator::Seed;
use crate::kept::draw_kept;
use crate::tensor::TypedArray;
use gru_playground::cost::LIMIT_BYTES;
use gru_playground::diagnostic::RunPlan;
use gru_playground::gru::inside::{UnitArithmetic, UnitPlace, unit_arithmetic};
use gru_playground::gru::{CallOptions, Gru, Output};

/// The most multiply-adds of a call whose arithmetic is opened: some tenths of a second in a worker.
pub const OPENED_MULTIPLY_ADDS: u64 = 200_000_000;

/// One number put in another's place.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NumberEdit {
    /// `input`, `h_0`, or the name of a parameter in the state dict.
    pub tensor: String,
    /// The element, counted row-major.
    pub index: usize,
    /// What it becomes.
    pub value: f32,
}

/// How far a tensor has changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TensorChange {
    /// `out` or `h_n`.
    pub name: &'static str,
    /// How many of its numbers are others.
    pub changed: usize,
    /// How many it has.
    pub count: usize,
    /// By how much the one that changed most did; 0 where none did.
    pub largest: f32,
    /// The same in words.
    pub words: String,
}

/// What a call gives once a number is another.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct EditedRun<'a, A> {
    /// What the number was.
    pub was: f32,
    /// All values with the other number in its place, every gate kept.
    pub values: RunValues<'a, A>,
    /// What changed of the results.
    pub changes: Vec<TensorChange>,
}

/// The arithmetic of one unit.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct InsideView<'a, A> {
    /// How its state comes about, after the edit where there is one.
    pub arithmetic: UnitArithmetic,
    /// What the edit changes; null without one.
    pub edited: Option<EditedRun<'a, A>>,
}

/// Where the numbers of a call come from.
#[derive(Debug, Clone, PartialEq)]
pub enum InsideOf<'a> {
    /// The seed draws all of them.
    Seed,
    /// These weights replace those drawn, one tensor after the other in `PyTorch`'s order.
    Weights(&'a [f32]),
    /// Every number of this plan's call that has a place is kept.
    Kept(RunPlan),
}

impl<'a> From<Option<&'a [f32]>> for InsideOf<'a> {
    fn from(weights: Option<&'a [f32]>) -> Self {
        weights.map_or(InsideOf::Seed, InsideOf::Weights)
    }
}

/// Runs what the shown code does, with every gate kept, and opens one unit at one step; with an edit, once more with that
/// number in its place.
///
/// # Errors
/// `ArgumentError` for what is no place in the call or no number of it, `ShapeError` for weights that do not fit,
/// `TooLargeError` where this would take too long or too much memory.
pub fn inside<'w, A: TypedArray<f32>, R>(
    plan: RunPlan,
    seed: Seed,
    from: impl Into<InsideOf<'w>>,
    at: UnitPlace,
    edit: Option<&NumberEdit>,
    take: impl FnOnce(&InsideView<'_, A>) -> R,
) -> Result<R, Fault> {
    let cost = cost_of(&plan)?;
    let too_large =
        |why: &str| Fault::new("TooLargeError", &format_args!("The arithmetic is not opened: {why}."));
    if cost.multiply_adds.total().within(OPENED_MULTIPLY_ADDS).is_err() {
        return Err(too_large("the call takes more than 200 million multiply-adds"));
    }
    let traced = cost.traced_bytes().within(LIMIT_BYTES / 2);
    traced.map_err(|_| too_large("keeping every gate twice would take more memory than is allowed"))?;
    let mut drawn = match from.into() {
        InsideOf::Seed => draw(plan, seed, None)?,
        InsideOf::Weights(weights) => draw(plan, seed, Some(weights))?,
        InsideOf::Kept(before) => draw_kept(before, plan, seed)?,
    };
    let Some(edit) = edit else {
        let result = run(&drawn)?;
        let view = InsideView { arithmetic: open(&drawn, &result, at)?, edited: None };
        return Ok(take(&view));
    };
    let before = run(&drawn)?;
    let was = change(&mut drawn, edit)?;
    let after = run(&drawn)?;
    let changes = vec![
        changed("out", &before.output.view(), &after.output.view()),
        changed("h_n", &before.h_n.view(), &after.h_n.view()),
    ];
    let values = RunValues::of(&drawn.input, drawn.h_0.as_ref(), &after);
    let edited = Some(EditedRun { was, values, changes });
    Ok(take(&InsideView { arithmetic: open(&drawn, &after, at)?, edited }))
}

fn run(DrawnModule { gru, input, h_0 }: &DrawnModule) -> Result<Output<f32>, Fault> {
    let options = CallOptions::of(h_0.as_ref().map(|h_0| h_0.view())).traced();
    Ok(gru.call(input.view(), options)?)
}

fn open(
    DrawnModule { gru, input, h_0 }: &DrawnModule,
    result: &Output<f32>,
    at: UnitPlace,
) -> Result<UnitArithmetic, Fault> {
    let h_0 = h_0.as_ref().map(|h_0| h_0.view());
    let trace = result.trace.as_ref().ok_or_else(|| Fault::argument("at", "nothing was kept of the call"))?;
    Ok(unit_arithmetic(gru, &input.view(), h_0.as_ref(), trace, at)?)
}

/// Puts a number in its place, and gives what it was. An `h_0` that is left out is zero, until one of its numbers is not.
fn change(DrawnModule { gru, input, h_0 }: &mut DrawnModule, edit: &NumberEdit) -> Result<f32, Fault> {
    let elements = match edit.tensor.as_str() {
        "input" => input.as_slice_mut(),
        "h_0" => {
            let states = h_0.get_or_insert_with(|| ArrayD::zeros(state_shape(gru, input.shape())));
            states.as_slice_mut()
        }
        name => {
            let place = gru.state_dict().position(|(found, _)| found == name);
            place.and_then(|place| gru.parameters_mut().nth(place))
        }
    };
    let element = elements.and_then(|elements| elements.get_mut(edit.index));
    let element = element.ok_or_else(|| Fault::argument("edit", "the call has no such number"))?;
    Ok(std::mem::replace(element, edit.value))
}

/// (D*`num_layers`, N, H), without N where the input has none.
fn state_shape(gru: &Gru<f32>, input: &[usize]) -> Vec<usize> {
    let config = gru.config();
    let cells = config.num_layers as usize * if config.bidirectional { 2 } else { 1 };
    let hidden = config.hidden_size as usize;
    match *input {
        [first, second, _] => vec![cells, if config.batch_first { first } else { second }, hidden],
        _ => vec![cells, hidden],
    }
}

fn changed(name: &'static str, before: &ArrayViewD<'_, f32>, after: &ArrayViewD<'_, f32>) -> TensorChange {
    let pairs = before.iter().zip(after);
    let differences: Vec<f32> =
        pairs.filter(|(a, b)| a.to_bits() != b.to_bits()).map(|(a, b)| (b - a).abs()).collect();
    let (changed, count) = (differences.len(), before.len());
    let largest = differences.iter().fold(0.0, |largest: f32, &by| largest.max(by));
    let words = match changed {
        0 => format!("{name}: none of {count} numbers changed."),
        _ => format!("{name}: {changed} of {count} numbers changed; the largest by {}.", rounded(largest)),
    };
    TensorChange { name, changed, count, largest, words }
}

/// Two digits that say something.
fn rounded(by: f32) -> String {
    if by >= 0.01 { format!("{by:.2}") } else { format!("{by:.1e}") }
}
