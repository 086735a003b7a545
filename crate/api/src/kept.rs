//! A call that keeps the numbers of another when a layer is added or a size changes.

use serde::Serialize;

use crate::experiment::{DrawnModule, cost_of, drawn};
use crate::fault::Fault;
use crate::generator::Seed;
use gru_playground::call::Call;
use gru_playground::diagnostic::{RunPlan, diagnose};
use gru_playground::gru::keep::{keep_input, keep_parameters, keep_states, kept_parameters};
use gru_playground::gru::{Gru, GruConfig, ParameterSpec};
use gru_playground::py::{self, CodeLine};

/// What a call keeps of another, in code and in words.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct KeptView {
    /// The code that draws both and copies what both have a place for; it gives the numbers that a run gives.
    pub code: Vec<CodeLine>,
    /// What is kept and what is new.
    pub kept: String,
    /// What the seed alone would have changed, and why.
    pub why: String,
}

impl KeptView {
    /// Of a call that keeps the numbers of the call `before`.
    ///
    /// # Errors
    /// As `runPlan` of either call.
    pub fn of(before: &Call, call: &Call, Seed(seed): Seed) -> Result<KeptView, Fault> {
        let plan = |call| RunPlan::of(call, &diagnose(call));
        let (old, new) = (plan(before)?, plan(call)?);
        Ok(KeptView {
            code: py::kept_code((before, &old), (call, &new), Some(seed)),
            kept: kept_words(&old, &new),
            why: why(&old, &new, seed),
        })
    }

    /// The code as a file of Python that prints the numbers of `h_n`, too.
    pub fn program(&self) -> String {
        let lines = self.code.iter().map(CodeLine::text);
        lines.map(|line| line + "\n").collect::<String>() + "print(h_n.detach().flatten().tolist())\n"
    }
}

/// The module of a call that keeps the numbers of the call `before`.
///
/// # Errors
/// As `runPlan` of either call, `TooLargeError` beyond 512 MB.
pub(crate) fn kept_module(before: &Call, call: &Call, seed: Seed) -> Result<Gru<f32>, Fault> {
    let plan = |call| RunPlan::of(call, &diagnose(call));
    Ok(draw_kept(plan(before)?, plan(call)?, seed)?.gru)
}

/// Draws the module, input and `h_0` of one plan, then those of another, which keep every number that both have a place for.
///
/// # Errors
/// `ShapeError` for shapes that do not fit, `TooLargeError` beyond 512 MB.
pub(crate) fn draw_kept(before: RunPlan, plan: RunPlan, seed: Seed) -> Result<DrawnModule, Fault> {
    cost_of(&before)?;
    let mut stream = seed.stream();
    let old = drawn(before, &mut stream, None)?;
    let mut new = drawn(plan, &mut stream, None)?;
    keep_parameters(&old.gru, &mut new.gru);
    let (from, into) = (old.gru.config(), new.gru.config());
    keep_input(&old.input, from, &mut new.input, into)?;
    if let (Some(h_0), Some(kept)) = (&old.h_0, &mut new.h_0) {
        keep_states(h_0, from, kept, into);
    }
    Ok(new)
}

fn kept_words(before: &RunPlan, now: &RunPlan) -> String {
    let kept = kept_parameters(&before.config, &now.config);
    let all: u128 = now.config.parameters().map(|spec| spec.shape().into_iter().product::<u128>()).sum();
    match (kept == all, alike(before, now)) {
        (true, true) => format!("All {all} weights keep their numbers, and so does x."),
        (true, false) => {
            format!("All {all} weights keep their numbers, and x keeps those that it has a place for.")
        }
        (false, true) => {
            format!("{kept} of the {all} weights and all of x keep their numbers; the other weights are new.")
        }
        (false, false) => format!(
            "{kept} of the {all} weights keep their numbers, and x keeps those that it has a place for; the other weights are new."
        ),
    }
}

/// Whether two inputs have the same places.
fn alike(before: &RunPlan, now: &RunPlan) -> bool {
    before.input_shape == now.input_shape && before.config.batch_first == now.config.batch_first
}

/// What the seed alone gives: the tensors at the beginning that both modules draw alike are the same.
fn why(before: &RunPlan, now: &RunPlan, seed: i64) -> String {
    let (old, new) = (&before.config, &now.config);
    let same = drawn_alike(old, new);
    let staying: Vec<String> =
        new.parameters().filter(|spec| has(old, spec)).map(|spec| spec.name()).collect();
    let all =
        same.len() as u128 == new.parameter_tensors() && new.parameter_tensors() == old.parameter_tensors();
    if all && alike(before, now) {
        return format!(
            "torch.manual_seed({seed}) alone would give the same weights and the same x: nothing was changed before them."
        );
    }
    let weights = match same.as_slice() {
        [] => "no weight would stay as it was, and x would be another".to_owned(),
        _ if all => "the weights would stay as they were, but x would be another".to_owned(),
        _ if same.len() == staying.len() => {
            "the weights that stay would be the same, but x, which is drawn after all weights, would be another".to_owned()
        }
        [first, .., last] => format!("of the weights only {first} to {last} would stay as they were, and x would be another"),
        [only] => format!("of the weights only {only} would stay as it was, and x would be another"),
    };
    let bounds = if old.hidden_size == new.hidden_size {
        String::new()
    } else {
        format!(
            " Weights are drawn from \u{b1}1/sqrt(hidden_size), too: those that are kept are still from \u{b1}1/sqrt({}).",
            old.hidden_size
        )
    };
    format!(
        "With torch.manual_seed({seed}) alone {weights}: PyTorch takes all numbers in order from one row of random numbers.{bounds}"
    )
}

/// The names of the first parameters that two modules draw alike.
fn drawn_alike(old: &GruConfig, new: &GruConfig) -> Vec<String> {
    if old.hidden_size != new.hidden_size {
        return Vec::new();
    }
    let both = old.parameters().zip(new.parameters());
    both.take_while(|(old, new)| old == new).map(|(spec, _)| spec.name()).collect()
}

fn has(config: &GruConfig, spec: &ParameterSpec) -> bool {
    spec.layer < config.num_layers
        && (config.bidirectional || !spec.reverse)
        && (config.bias || spec.columns.is_some())
}
