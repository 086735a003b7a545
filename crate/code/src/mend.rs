//! Why a program raised, and edits of it that were tried and get past the exception.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use python::{Execution, MadeTensor, MadeValue, Raised, Settings, Tracing, run_with};

use crate::candidates::{MendAttempt, candidates};
use crate::place::Places;
use crate::run::{Patience, ProgramDiagnosis, ProgramFix, SourceEdit, SourceLabel};
use crate::sketch::{Sketch, StatementPlace};

/// The fixes that are offered, at most.
const OFFERED: usize = 4;
/// The candidates that are tried, at most.
const TRIED: usize = 40;
/// The steps that all trials may take together.
const STEPS: u64 = 6_000_000;

/// A program at its exception.
pub(crate) struct Failure<'a> {
    pub(crate) sketch: Sketch,
    pub(crate) raised: &'a Raised,
    /// The statement that raised.
    pub(crate) statement: StatementPlace,
    /// The names of the innermost function, before those of the program.
    values: Vec<MadeValue>,
    /// What each line made, the last one first.
    lines: Vec<MadeValue>,
}

impl Failure<'_> {
    /// The last value of a name, or of an attribute such as `self.gru`.
    pub(crate) fn value(&self, name: &str) -> Option<&MadeValue> {
        self.values.iter().chain(&self.lines).find(|value| value.name == name)
    }

    pub(crate) fn tensor(&self, name: &str) -> Option<&MadeTensor> {
        self.value(name)?.tensor.as_ref()
    }

    pub(crate) fn text(&self, bytes: &Range<usize>) -> &str {
        self.sketch.text(bytes)
    }
}

/// Explains the exception of a program; `source` is as it is written.
pub(crate) fn diagnosis(source: &str, raised: &Raised, steps: u64, patience: &Patience) -> ProgramDiagnosis {
    let places = Places::of(source);
    let text = places.text().to_owned();
    let mut spent = 0;
    let mut trial = |text: &str, tracing: Tracing, limit: u64| {
        let done = run_with(text, Settings { steps: limit, watch: patience.after(spent), tracing });
        spent += done.steps;
        (done, spent)
    };
    let base = trial(&text, Tracing::Statements { inserted: Vec::new(), until: None }, steps.min(STEPS)).0;
    let same =
        base.raised.as_ref().is_some_and(|again| again.text == raised.text && again.line == raised.line);
    let failure = failure(&text, raised, &base);
    let (answer, notes) = cause(&text, raised, &base, failure.as_ref());
    let mut fixes = Vec::new();
    if same && base.steps < STEPS / 3 {
        let all = match &failure {
            Some(failure) => candidates(failure),
            None => crate::candidates::of_syntax(&text, raised),
        };
        for candidate in all.into_iter().take(TRIED) {
            if fixes.len() >= OFFERED || patience.is_over() {
                break;
            }
            let Some((changed, inserted)) = applied(&text, &candidate) else { continue };
            let line = failure
                .as_ref()
                .map_or(raised.line, |failure| failure.sketch.line(failure.statement.bytes.start));
            let ended = base.record.ended.get(&line).copied().unwrap_or(0);
            let now = line + inserted.iter().filter(|inserted| **inserted <= line).count() as u32;
            let until = Some((now, ended + 1));
            let limit = base.steps * 2 + 500_000;
            let (done, spent) = trial(&changed, Tracing::Statements { inserted, until }, limit);
            let assigned = failure.as_ref().map_or(&[][..], |failure| &failure.statement.assigns);
            if gets_past(raised, &done, now) && keeps(&base, &done, assigned) {
                fixes.push(fix(&places, &candidate));
            }
            if spent > STEPS {
                break;
            }
        }
    }
    let mut labels = Vec::new();
    let whole =
        failure.as_ref().map(|failure| failure.statement.clone()).filter(|statement| statement.is_simple);
    let range = whole.map(|statement| statement.bytes).or_else(|| line_bytes(&text, raised.line));
    if let Some(range) = range {
        labels.push(label(&places, &range, &format!("{} is raised here", raised.kind)));
    }
    if let Some(failure) = &failure {
        labels.extend(shapes(failure).into_iter().map(|(range, shape)| label(&places, &range, &shape)));
    }
    for frame in base.record.trail.iter().rev().skip(1).take(5) {
        if let Some(range) = line_bytes(&text, frame.line) {
            labels.push(label(&places, &range, "this line calls it"));
        }
    }
    ProgramDiagnosis { code: answer.kind, cause: answer.cause, vain: answer.vain, notes, labels, fixes }
}

fn failure<'a>(text: &str, raised: &'a Raised, base: &Execution) -> Option<Failure<'a>> {
    let sketch = Sketch::of(text)?;
    let statement = sketch.statement(raised.line)?.clone();
    let record = &base.record;
    let in_function = record.trail.last().is_some_and(|frame| frame.function != "<module>");
    let locals = record.locals.iter().filter(|_| in_function);
    let values = locals.chain(&record.names).cloned().collect();
    let lines = record.lines.iter().rev().flat_map(|line| &line.values).cloned().collect();
    Some(Failure { sketch, raised, statement, values, lines })
}

/// What is known of the message, with the frames that a notebook would show; of a recurrent call, with its real shapes.
fn cause(
    text: &str,
    raised: &Raised,
    base: &Execution,
    failure: Option<&Failure>,
) -> (paste::Answer, Vec<String>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut report = "Traceback (most recent call last):\n".to_owned();
    let line_of = |line: u32| lines.get(line as usize - 1).map_or("", |line| line.trim());
    let mut last = 0;
    for frame in &base.record.trail {
        let _ = write!(
            report,
            "  File \"program.py\", line {}, in {}\n    {}\n",
            frame.line,
            frame.function,
            line_of(frame.line)
        );
        last = frame.line;
    }
    if last != raised.line && raised.line > 0 {
        let _ = write!(
            report,
            "  File \"program.py\", line {}, in <module>\n    {}\n",
            raised.line,
            line_of(raised.line)
        );
    }
    report += &raised.text;
    let answer = paste::explain(&report);
    let mut notes = Vec::new();
    if let Some(failure) = failure
        && let Some((code, error)) = recurrent(failure)
    {
        notes = error.notes;
        if !answer.known || answer.kind == code || error.message == raised.message {
            let vain = if answer.kind == code { answer.vain } else { String::new() };
            return (paste::Answer { known: true, kind: code, cause: error.why, vain, ..answer }, notes);
        }
    }
    (answer, notes)
}

/// The rule of `nn.GRU` that a call of one breaks, with the shapes that it had.
fn recurrent(failure: &Failure) -> Option<(String, call::diagnostic::Diagnostic)> {
    let call = failure
        .sketch
        .calls_in(&failure.statement.bytes)
        .find(|call| failure.value(&call.callee).is_some_and(|module| module.class == "GRU"))?;
    let module = &failure.value(&call.callee)?.text;
    let shape = |place: usize| {
        let argument = call.arguments.get(place)?;
        Some(call::shape::Shape::new(
            failure.tensor(failure.text(&argument.value))?.shape.iter().map(|size| *size as i64),
        ))
    };
    let code = format!("gru = nn.{module}\nout, h_n = gru(torch.randn{})", shape(0)?);
    let mut rebuilt = paste::explain(&code).call?.call();
    rebuilt.h_0 = shape(1).map(|shape| call::Argument::Tensor(call::Tensor::new(shape)));
    let diagnosis = call::diagnostic::diagnose(&rebuilt);
    let error = diagnosis.error()?.clone();
    (error.message == failure.raised.message).then(|| (error.code.clone(), error))
}

/// The shapes of the names that the statement hands to calls and operators.
fn shapes(failure: &Failure) -> Vec<(Range<usize>, String)> {
    let within = &failure.statement.bytes;
    let arguments =
        failure.sketch.calls_in(within).flat_map(|call| call.arguments.iter().map(|it| it.value.clone()));
    let operators = failure.sketch.operators.iter().filter(|it| crate::sketch::holds(within, &it.left));
    let operands = operators.flat_map(|it| [it.left.clone(), it.right.clone()]);
    let mut found = BTreeMap::new();
    for range in arguments.chain(operands) {
        let name = failure.text(&range);
        if let Some(tensor) = failure.tensor(name) {
            let shape = call::shape::Shape::new(tensor.shape.iter().map(|size| *size as i64));
            found.insert(range.start, (range.clone(), format!("{name} is {shape}, {}", tensor.dtype)));
        }
    }
    found.into_values().take(6).collect()
}

/// The program after a candidate's edits, and the lines that are new.
fn applied(text: &str, candidate: &MendAttempt) -> Option<(String, Vec<u32>)> {
    let mut edits = candidate.edits.clone();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    if edits.is_empty() || edits.windows(2).any(|pair| pair[0].0.end > pair[1].0.start) {
        return None;
    }
    let mut changed = String::new();
    let mut inserted = Vec::new();
    let mut at = 0;
    for (range, insert) in &edits {
        changed.push_str(text.get(at..range.start)?);
        let line = changed.matches('\n').count() as u32 + 1;
        let more = insert.matches('\n').count() as u32;
        inserted.extend((0..more).map(|n| line + n));
        changed.push_str(insert);
        at = range.end;
    }
    changed.push_str(text.get(at..)?);
    (changed != text).then_some((changed, inserted))
}

/// Whether the statement ended once more than it did, or the program came to its end.
fn gets_past(raised: &Raised, done: &Execution, line: u32) -> bool {
    if done.refused.is_some() {
        return false;
    }
    if let Some(stopped) = &done.stopped {
        return stopped.why == python::Ceiling::Watch;
    }
    match &done.raised {
        None => true,
        Some(again) => again.line > line && again.text != raised.text && !again.text.contains("SyntaxError"),
    }
}

/// Whether every tensor that there was has the elements and the shape that it had.
fn keeps(base: &Execution, done: &Execution, assigned: &[String]) -> bool {
    let tensors = base.record.names.iter().filter(|value| !assigned.contains(&value.name));
    tensors.filter_map(|value| Some((value, value.tensor.as_ref()?))).all(|(value, tensor)| {
        let now = done.record.names.iter().find(|other| other.name == value.name);
        now.and_then(|now| now.tensor.as_ref()).is_some_and(|now| {
            now.shape == tensor.shape && same(now.values.as_deref(), tensor.values.as_deref())
        })
    })
}

fn same(a: Option<&[f64]>, b: Option<&[f64]>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()))
        }
        (None, None) => true,
        _ => false,
    }
}

fn fix(places: &Places, candidate: &MendAttempt) -> ProgramFix {
    let mut edits: Vec<SourceEdit> = candidate
        .edits
        .iter()
        .map(|(range, insert)| SourceEdit {
            from: places.utf16(range.start),
            to: places.utf16(range.end),
            insert: insert.clone(),
        })
        .collect();
    edits.sort_by_key(|edit| edit.from);
    ProgramFix { title: candidate.title.clone(), keeps_data: true, edits }
}

fn label(places: &Places, range: &Range<usize>, text: &str) -> SourceLabel {
    SourceLabel { from: places.utf16(range.start), to: places.utf16(range.end), text: text.to_owned() }
}

/// The text of a line, without what stands around it.
fn line_bytes(text: &str, line: u32) -> Option<Range<usize>> {
    let mut start = 0;
    for (number, line_text) in text.split('\n').enumerate() {
        if number as u32 + 1 == line {
            let indent = line_text.len() - line_text.trim_start().len();
            return Some(start + indent..start + line_text.trim_end().len().max(indent));
        }
        start += line_text.len() + 1;
    }
    None
}
