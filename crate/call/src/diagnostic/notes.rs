//! Warnings, and notes on legal calls whose result may not be what was meant.

use super::fix::{immense_bytes, improvement};
use super::shared::candidate::{Candidate, batched_by_one, option, turned_input, without_option};
use super::shared::explanation::count;
use super::view::View;
use super::{Diagnostic, Label, Place, Severity};
use crate::call::{Release, Value};
use crate::shape::Shape;
use nn::cost::in_words;
use nn::words;

/// The warning of a dropout that has nowhere to be; raised before most checks of the constructor.
pub(super) fn dropout_warning(view: &View) -> Option<Diagnostic> {
    let (dropout, layers) = (view.value("dropout"), view.value("num_layers"));
    let is_idle = dropout.as_number().is_some_and(|dropout| dropout > 0.0) && layers.as_number() == Some(1.0);
    if !is_idle {
        return None;
    }
    let message = words::idle_dropout(dropout.without_numpy(), layers.without_numpy());
    let mut warning = note("dropout-one-layer", &message, "Dropout zeroes what one layer hands to the next. With one layer there is no next, so it does nothing.")
        .at_option("dropout", "does nothing")
        .at_option("num_layers", "one layer")
        .help(view, Candidate::new("set num_layers=2", [option("num_layers", 2)]))
        .help(view, Candidate::new("leave dropout out", [without_option("dropout")]))
        .0;
    warning.severity = Severity::Warning;
    warning.exception = Some("UserWarning".to_owned());
    Some(warning)
}

/// The notes on a legal call, the weightiest first.
pub(super) fn notes(view: &View) -> Vec<Diagnostic> {
    let notes = [
        immense(view),
        empty_batch(view),
        unbatched(view),
        batch_first_mix_up(view),
        reverse_last_step(view),
        h_n_layout(view),
        dropout_one(view),
        dropout_in_eval(view),
        size_true(view),
        device(view),
    ];
    notes.into_iter().flatten().map(|Note(diagnostic)| diagnostic).collect()
}

struct Note(Diagnostic);

fn note(code: &str, message: &str, why: &str) -> Note {
    Note(Diagnostic::new(code, Severity::Note, message, why))
}

impl Note {
    fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.0.labels.push(Label { place, text: text.into() });
        self
    }

    fn at_option(self, name: &str, text: impl Into<String>) -> Self {
        self.at(Place::Option { name: name.to_owned() }, text)
    }

    fn help(mut self, view: &View, candidate: Candidate) -> Self {
        self.0.help.extend(improvement(view.call, candidate));
        self
    }
}

/// L, N and whether there is a batch axis.
fn sizes(view: &View) -> Option<(i128, i128, bool)> {
    Some((view.steps()?, view.batch()?, view.rank() == Some(3)))
}

fn immense(view: &View) -> Option<Note> {
    let needs = in_words(immense_bytes(view.call)?);
    Some(note(
        "memory",
        &format!("this call needs {needs}"),
        "The shapes are right, but no machine holds that much: PyTorch would stop with an out-of-memory error.",
    ))
}

fn empty_batch(view: &View) -> Option<Note> {
    let (_, batch, _) = sizes(view)?;
    (batch == 0).then(|| {
        note(
            "empty-batch",
            "a batch of 0 sequences is legal and gives an empty output",
            "An empty batch usually comes from a filter or the end of a data set; nothing is computed and nothing is learnt from it.",
        )
        .at(Place::Input { axis: Some(view.batch_axis()) }, "N = 0")
    })
}

fn unbatched(view: &View) -> Option<Note> {
    let (steps, _, batched) = sizes(view)?;
    if batched {
        return None;
    }
    let turned = batched_by_one(view)?;
    let mut found = note(
        "unbatched",
        &format!("x has two axes: one sequence of {}, not a batch of {steps}", count(steps, "step")),
        "Since PyTorch 1.11 two axes are (L, H_in). The first axis is time: each row is a step of the same sequence, not a sample of its own.",
    )
    .at(Place::Input { axis: Some(0) }, format!("L = {steps}"));
    if view.h_0().is_none() {
        let statement = format!("insert a batch axis of 1: {}", turned.shape);
        found = found.help(view, Candidate::new(statement, [turned_input(&turned)]));
    }
    if view.is_true("batch_first") {
        found.0.notes.push("batch_first changes nothing for unbatched input".to_owned());
    }
    Some(found)
}

/// Sizes at which batches are usually made.
fn is_usual_batch(size: i128) -> bool {
    (8..=4096).contains(&size) && size & (size - 1) == 0
}

/// A guess from the sizes alone: where the sequence should be stands a size that batches usually
/// have, or there is a single step and several sequences.
fn batch_first_mix_up(view: &View) -> Option<Note> {
    let (steps, batch, batched) = sizes(view)?;
    let looks_swapped = batch > 1 && (is_usual_batch(steps) || steps == 1);
    if !batched || !looks_swapped {
        return None;
    }
    let batch_first = view.is_true("batch_first");
    let guess = if steps == 1 {
        format!("A single step of {batch} sequences is rare; one sequence of {batch} steps is common.")
    } else if is_usual_batch(batch) {
        format!("Which is the batch? The sizes do not tell: {steps} and {batch} are both usual batch sizes.")
    } else {
        format!("This is a guess: {steps} is a usual batch size, and {batch} is not.")
    };
    let layout = if batch_first {
        "with batch_first=True x is (N, L, H_in)"
    } else {
        "without batch_first x is (L, N, H_in)"
    };
    let statement = format!(
        "set batch_first={}: {batch} steps of {}",
        Value::Bool(!batch_first),
        count(steps, "sequence")
    );
    let given_h_0 = view.h_0().is_some();
    let found = note(
        "batch-first",
        &format!("{layout}: {} of {}", count(steps, "step"), count(batch, "sequence")),
        &format!(
            "Swapped axes raise no error: the GRU would run along the batch and mix the samples. {guess}"
        ),
    )
    .at(Place::Input { axis: Some(view.sequence_axis()) }, format!("L = {steps}"))
    .at(Place::Input { axis: Some(view.batch_axis()) }, format!("N = {batch}"))
    .at_option("batch_first", if batch_first { "True" } else { "False" });
    Some(if given_h_0 {
        found
    } else {
        found.help(view, Candidate::new(statement, [option("batch_first", !batch_first)]))
    })
}

fn reverse_last_step(view: &View) -> Option<Note> {
    let (steps, _, batched) = sizes(view)?;
    if view.directions() == 1 || steps < 2 {
        return None;
    }
    let hidden = view.int("hidden_size")?;
    let index = |step: &str| match (batched, view.batch_axis()) {
        (true, 0) => format!("out[:, {step}, {hidden}:]"),
        (true, _) => format!("out[{step}, :, {hidden}:]"),
        (false, _) => format!("out[{step}, {hidden}:]"),
    };
    Some(
        note(
            "reverse-last-step",
            &format!("the last step of the output is not the end of the reverse direction: {} is, {} is not", index("0"), index("-1")),
            "The reverse direction reads from the end: at the last step it has read one step, and only at step 0 all of them. h_n holds the end of both.",
        )
        .at_option("bidirectional", "two directions"),
    )
}

fn h_n_layout(view: &View) -> Option<Note> {
    let (_, batch, batched) = sizes(view)?;
    let (states, hidden) = (view.states(), view.int("hidden_size")?);
    if !batched || batch < 2 || !(view.is_true("batch_first") || view.directions() == 2) {
        return None;
    }
    let h_n = Shape::new([states, batch, hidden]);
    let message = if view.is_true("batch_first") {
        format!("h_n is {h_n} although batch_first is set: layers and directions first, then the batch")
    } else {
        format!("h_n is {h_n}: layers and directions first, then the batch")
    };
    let why = if states > 1 {
        format!(
            "h_n.view({batch}, -1) would mix the samples without an error; h_n.transpose(0, 1).reshape({batch}, -1) keeps one row for each."
        )
    } else {
        "batch_first is for x and the output only. h_n[-1] is the last layer's state of every sequence."
            .to_owned()
    };
    Some(note("h-n-layout", &message, &why))
}

fn dropout_one(view: &View) -> Option<Note> {
    let is_one = view.value("dropout").as_number() == Some(1.0) && view.int("num_layers")? > 1;
    is_one.then(|| {
        note(
            "dropout-one",
            "dropout=1 zeroes everything between the layers while training",
            "Every layer but the first then learns from zeros. A usual value lies between 0.1 and 0.5.",
        )
        .at_option("dropout", "all elements")
        .help(view, Candidate::new("set dropout=0.5", [option("dropout", 0.5)]))
    })
}

fn dropout_in_eval(view: &View) -> Option<Note> {
    let dropout = view.value("dropout").as_number()?;
    (dropout > 0.0 && dropout < 1.0 && view.int("num_layers")? > 1).then(|| {
        note(
            "dropout-eval",
            "dropout acts while training only; after gru.eval() it does nothing",
            "A new module trains, so the printed numbers change from call to call; the shapes never do. The numbers here are those after gru.eval().",
        )
        .at_option("dropout", "while training")
    })
}

fn size_true(view: &View) -> Option<Note> {
    let name = ["input_size", "hidden_size"].into_iter().find(|name| view.is_bool(name))?;
    let size = view.int(name)?;
    Some(
        note(
            "size-bool",
            &format!("{name}={} counts as {size}", view.value(name)),
            "To Python True is the int 1, so PyTorch takes it as a size.",
        )
        .at_option(name, format!("counts as {size}"))
        .help(view, Candidate::new(format!("set {name}={size}"), [option(name, size as i64)])),
    )
}

/// Where the tensors are does not change their shapes, so it is not looked at.
fn device(view: &View) -> Option<Note> {
    let device = view
        .option("device")
        .filter(|device| **device != Value::None && **device != Value::Str("cpu".to_owned()))?;
    (view.call.release >= Release::new(1, 9, 0)).then(|| {
        note(
            "device",
            &format!("device={device} is not looked at here"),
            "The shapes are the same on every device; whether PyTorch finds this one depends on the machine, and x must be on it too.",
        )
        .at_option("device", "not looked at")
    })
}
