//! Fixes: edits, and how one that leaves another mistake is completed until the call is legal.

use std::collections::BTreeMap;

use super::rules::{self, ORDER};
use super::shared::candidate::{
    BATCH_AXIS, Candidate, EXAMPLE_HIDDEN_SIZE, EXAMPLE_INPUT_SIZE, FixStep, input, option, without_option,
};
use super::trace;
use super::view::{OPTIONS, View};
use super::{Edit, Fix};
use crate::call::{Argument, Call, Config, Device, Dtype, Tensor, Value};
use crate::py;
use crate::shape::Shape;
use nn::cost::{Cost, Count, in_words};

/// The most fixes offered for one diagnostic.
const MOST: usize = 5;

/// From how many bytes on a fix says what it needs, and gives way to the others.
const IMMENSE: u64 = 1_000_000_000_000;

/// Roughly what a tensor takes beside its numbers.
const STEP_BYTES: u64 = 64;

/// The call after a fix.
pub fn apply(call: &Call, fix: &Fix) -> Call {
    edited(call, &fix.edits)
}

pub(super) fn edited(call: &Call, edits: &[Edit]) -> Call {
    let mut call = call.clone();
    for edit in edits {
        apply_edit(&mut call, edit);
    }
    set_others(&mut call.config.other, edits);
    call
}

fn apply_edit(call: &mut Call, edit: &Edit) {
    let dtype = if call.config.dtype.is_differentiable() { call.config.dtype } else { Dtype::default() };
    match edit {
        Edit::SetOption { name, value } => {
            if let Some(field) = call.config.field_mut(name) {
                field.clone_from(value);
            }
        }
        Edit::SetInputShape { shape } => match &mut call.input {
            Argument::Tensor(tensor) => tensor.shape = shape.clone(),
            input => {
                let dtype = if let Argument::Array { dtype, .. } = input { *dtype } else { dtype };
                *input = Argument::Tensor(Tensor { shape: shape.clone(), dtype, device: None });
            }
        },
        Edit::SetInputDtype { dtype } => {
            if let Argument::Tensor(tensor) = &mut call.input {
                tensor.dtype = *dtype;
            }
        }
        Edit::SetH0Shape { shape: None } => call.h_0 = None,
        Edit::SetH0Shape { shape: Some(shape) } => match &mut call.h_0 {
            Some(Argument::Tensor(tensor)) => tensor.shape = shape.clone(),
            h_0 => {
                let dtype = if let Some(Argument::Array { dtype, .. }) = h_0 { *dtype } else { dtype };
                *h_0 = Some(Argument::Tensor(Tensor { shape: shape.clone(), dtype, device: None }));
            }
        },
        Edit::SetInputDevice { device } => {
            if let Argument::Tensor(tensor) = &mut call.input {
                tensor.device = Some(*device);
            }
        }
        Edit::SetH0Device { device } => {
            if let Some(Argument::Tensor(tensor)) = &mut call.h_0 {
                tensor.device = Some(*device);
            }
        }
        Edit::SetH0Dtype { dtype } => {
            if let Some(Argument::Tensor(tensor)) = &mut call.h_0 {
                tensor.dtype = *dtype;
            }
        }
        Edit::SetModuleDtype { dtype } => call.config.dtype = *dtype,
    }
}

/// Sets options in one pass over those that are there, however many: what is set goes from its place, and what
/// `nn.GRU` does not have is written last.
fn set_others(other: &mut Vec<(String, Value)>, edits: &[Edit]) {
    let set = || {
        edits.iter().enumerate().filter_map(|(at, edit)| match edit {
            Edit::SetOption { name, value } => Some((at, name.as_str(), value)),
            _ => None,
        })
    };
    // A name that is set twice has its last value, and stands where that was set.
    let last: BTreeMap<&str, usize> = set().map(|(at, name, _)| (name, at)).collect();
    if last.is_empty() {
        return;
    }
    other.retain(|(name, _)| {
        #[cfg(test)]
        super::testing::look();
        !last.contains_key(name.as_str())
    });
    let written = set().filter(|(at, name, _)| last[name] == *at && !Config::OPTIONS.contains(name));
    other.extend(written.filter_map(|(_, name, value)| Some((name.to_owned(), value.clone()?))));
}

/// How far `PyTorch` comes in its checks: the row that refuses, or past the last.
fn progress(call: &Call) -> usize {
    rules::first_index(&View::new(call)).unwrap_or(ORDER.len())
}

/// What may mend a call that the given row refuses.
fn candidates(call: &Call, refused_at: usize) -> Vec<Candidate> {
    let mut candidates = (ORDER[refused_at].rule.mistake.fixes)(&View::new(call));
    candidates.sort_by_key(|candidate| candidate.loses);
    candidates
}

/// The fixes for a call that the given row refuses, the likeliest first; never none.
pub(super) fn fixes(call: &Call, refused_at: usize) -> Vec<Fix> {
    let candidates = candidates(call, refused_at);
    let mut completed: Vec<(Call, Candidate)> = Vec::new();
    let candidates = candidates.into_iter().filter_map(|candidate| complete(call, candidate, refused_at));
    for (mended, candidate) in candidates {
        let is_new = completed
            .iter()
            .all(|(other, earlier)| *other != mended && earlier.statement != candidate.statement);
        if is_new {
            completed.push((mended, candidate));
        }
    }
    if completed.is_empty() {
        let candidate = start_again(call);
        completed.push((edited(call, &candidate.edits()), candidate));
    }
    completed.sort_by_key(|(_, candidate)| candidate.loses);
    // What no machine holds comes last, and says so.
    let (held, immense): (Vec<_>, Vec<_>) =
        completed.into_iter().partition(|(mended, _)| immense_bytes(mended).is_none());
    let ranked = held.into_iter().chain(immense).take(MOST);
    ranked.map(|(mended, candidate)| written_fix(call, &mended, candidate)).collect()
}

/// A fix for a call that is legal before: none unless it is legal afterwards, and another call.
pub(super) fn improvement(call: &Call, candidate: Candidate) -> Option<Fix> {
    let mended = edited(call, &candidate.edits());
    let is_fix = mended != *call && progress(&mended) == ORDER.len();
    is_fix.then(|| written_fix(call, &mended, candidate))
}

/// Adds the likeliest further edits until the call is legal; none if an edit leads no further.
fn complete(call: &Call, first: Candidate, refused_at: usize) -> Option<(Call, Candidate)> {
    let mut reached = refused_at;
    let mut whole = first;
    let mut mended = edited(call, &whole.edits());
    loop {
        // Each step must come further down the table than the last, so this ends.
        let next = progress(&mended);
        if next <= reached {
            return None;
        }
        if next == ORDER.len() {
            return Some((mended, whole));
        }
        reached = next;
        let further = candidates(&mended, next)
            .into_iter()
            .find(|candidate| progress(&edited(&mended, &candidate.edits())) > next)?;
        mended = edited(&mended, &further.edits());
        whole = whole.then(further);
    }
}

fn written_fix(call: &Call, mended: &Call, candidate: Candidate) -> Fix {
    let needs = immense_bytes(mended).map(|bytes| format!(" (needs {})", in_words(bytes)));
    Fix {
        code: changed_code(call, mended, &candidate.changes),
        edits: candidate.edits(),
        statement: candidate.statement + &needs.unwrap_or_default(),
    }
}

/// The lines of code that a fix writes: what it makes of a tensor that the learner has, and else the line anew.
fn changed_code(before: &Call, after: &Call, changes: &[FixStep]) -> String {
    let lines =
        |call: &Call| -> Vec<String> { py::statements(call).iter().map(py::CodeLine::statement).collect() };
    let old = lines(before);
    let changed = lines(after).into_iter().filter(|line| !old.contains(line));
    let batch_axis = View::new(after).batch_axis().to_string();
    let of_tensor = |line: String| {
        let name = ["x", "h_0"].into_iter().find(|name| line.starts_with(&format!("{name} = ")));
        let written = name.and_then(|name| Some(format!("{name} = {}", expression(name, changes)?)));
        written.map_or(line, |written| written.replace(BATCH_AXIS, &batch_axis))
    };
    changed.map(of_tensor).collect::<Vec<_>>().join("\n")
}

/// What changes make of the tensor of this name, where they all say how.
fn expression(name: &str, changes: &[FixStep]) -> Option<String> {
    let of_tensor = |change: &&FixStep| match change.edit {
        Edit::SetInputShape { .. } | Edit::SetInputDtype { .. } | Edit::SetInputDevice { .. } => name == "x",
        Edit::SetH0Shape { .. } | Edit::SetH0Dtype { .. } | Edit::SetH0Device { .. } => name == "h_0",
        Edit::SetOption { .. } | Edit::SetModuleDtype { .. } => false,
    };
    changes.iter().filter(of_tensor).try_fold(name.to_owned(), |so_far, FixStep { expression, .. }| {
        Some(expression.as_deref()?.replace("{}", &so_far))
    })
}

/// What a legal call needs in memory, where that is more than any machine gives.
pub(super) fn immense_bytes(call: &Call) -> Option<Count> {
    let view = View::new(call);
    let config = trace::module(&view)?;
    let size = |size: Option<i128>| size.and_then(|size| u64::try_from(size).ok());
    let (steps, batch) = (size(view.steps())?, size(view.batch())?);
    // PyTorch cuts the input into a tensor for each step, which takes memory even where it is empty.
    let cut = Count::from(steps) * Count::from(STEP_BYTES);
    let bytes = Cost::of(&config, steps, batch, view.weight_dtype().bytes()).forward_bytes() + cut;
    (bytes >= Count::from(IMMENSE)).then_some(bytes)
}

/// The last resort: the example's call in the call's own release.
fn start_again(call: &Call) -> Candidate {
    let other = call.config.other.iter().map(|(name, _)| name.as_str());
    let mut edits: Vec<Edit> = OPTIONS.into_iter().chain(other).map(without_option).collect();
    edits.extend([
        option("input_size", EXAMPLE_INPUT_SIZE),
        option("hidden_size", EXAMPLE_HIDDEN_SIZE),
        Edit::SetModuleDtype { dtype: Dtype::Float32 },
        input(Shape::new([5, 3, EXAMPLE_INPUT_SIZE])),
        Edit::SetInputDtype { dtype: Dtype::Float32 },
        Edit::SetH0Shape { shape: None },
    ]);
    if let Argument::Tensor(Tensor { device: Some(Device::Cuda), .. }) = call.input {
        edits.push(Edit::SetInputDevice { device: Device::Cpu });
    }
    Candidate::new("start again from nn.GRU(10, 20)", edits)
}

#[cfg(test)]
mod tests {
    use super::super::diagnose;
    use super::super::testing::{LOOKS, example};
    use super::*;

    fn set(name: &str, value: Option<i64>) -> Edit {
        Edit::SetOption { name: name.to_owned(), value: value.map(Value::Int) }
    }

    #[test]
    fn an_option_that_is_set_is_written_once_and_last() {
        let call = example().other("a", 1).other("b", 2).other("a", 3).other("bias", 4).call();
        let edits =
            [set("a", Some(5)), set("bias", Some(0)), set("c", Some(6)), set("c", None), set("a", Some(7))];
        let config = edited(&call, &edits).config;
        assert_eq!(config.other, [("b".to_owned(), Value::Int(2)), ("a".to_owned(), Value::Int(7))]);
        assert_eq!(config.bias, Some(Value::Int(0)));
        let config = edited(&call, &[set("b", Some(1)), set("c", Some(2)), set("b", Some(3))]).config;
        let names: Vec<&str> = config.other.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "a", "bias", "c", "b"]);
    }

    #[test]
    fn unknown_options_are_looked_at_as_often_whether_few_or_many() {
        // Of each option, over a diagnosis and its longest fix.
        let looks = |count: usize| {
            let misspelt = |index: usize| format!("num_layer{}", "_".repeat(index % 7) + &index.to_string());
            let written = (0..count).fold(example(), |example, index| example.other(&misspelt(index), 2));
            let call = written.call();
            LOOKS.set(0);
            let diagnosis = diagnose(&call);
            let fix = diagnosis.error().and_then(|error| error.help.iter().max_by_key(|fix| fix.edits.len()));
            let fix = fix.expect("a fix");
            assert!(fix.edits.len() >= count);
            assert!(diagnose(&apply(&call, fix)).is_legal());
            LOOKS.get() / count
        };
        let few = looks(100);
        assert!(few > 0 && looks(1000) <= few + 1, "{few}");
    }
}
