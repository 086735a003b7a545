//! The arithmetic of one unit, and what one changed number changes: of the shown call, of a sentence that the small trained GRU
//! reads, of a module of the lab's.

mod call;
mod module;
mod sentence;

use serde::{Deserialize, Serialize};

use crate::experiment::{DrawnModule, RunValues, cost_of, draw};
use crate::fault::Fault;
use crate::generator::Seed;
use crate::kept::draw_kept;
use crate::tensor::TypedArray;
use call::OpenCall;
use gru_playground::cost::LIMIT_BYTES;
use gru_playground::diagnostic::RunPlan;
use gru_playground::inside::{UnitArithmetic, UnitPlace};
pub use module::{inside_module, module_values};
pub use sentence::{inside_sentence, sentence_values};

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
    /// `out`, `h_n`, or of a sentence `answer`, how likely each class is held to be.
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
    /// The number, as `PyTorch` indexes it: `weight_ih_l0[3, 1]`.
    pub name: String,
    /// What it was.
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
    let DrawnModule { gru, input, h_0 } = match from.into() {
        InsideOf::Seed => draw(plan, seed, None)?,
        InsideOf::Weights(weights) => draw(plan, seed, Some(weights))?,
        InsideOf::Kept(before) => draw_kept(before, plan, seed)?,
    };
    OpenCall { module: gru, input, h_0 }.look(at, edit, |_, _| Vec::new(), take)
}
