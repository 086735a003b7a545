//! Keys, executed: what the core computes for a question's code, beside what its options state.

use super::compute;
use super::computed::shape;
use super::schema::{Choice, Question, Run};
use call::Call;
use call::diagnostic::{Diagnosis, diagnose};
use call::shape::{Dim, Shape};

/// What became of a question's key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum KeyStanding {
    /// The core computes what the right option states, and nothing that another one does.
    Holds,
    /// Nothing in it can be executed.
    Open,
    /// The core computes something else.
    Fails(Vec<Refuted>),
}

/// Something that a question states and the core refutes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refuted {
    /// The place of the option that states it, if it is not the question itself.
    pub(super) option: Option<usize>,
    /// Where that stands, if not at the field that the message names.
    pub(super) at: Option<String>,
    /// The field, and what is computed in its stead.
    pub(super) message: String,
}

/// What is asked of a call: a shape, or a count.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked {
    Shape(Shape),
    Count(i128),
}

impl Asked {
    fn stated_by(option: &Choice) -> Option<Asked> {
        let shape = |shape: &Vec<i64>| Asked::Shape(Shape::new(shape.iter().copied()));
        option.shape.as_ref().map(shape).or(option.count.map(|count| Asked::Count(count.into())))
    }

    fn text(&self) -> String {
        match self {
            Asked::Shape(shape) => shape.to_string(),
            Asked::Count(count) => count.to_string(),
        }
    }
}

/// Executes a question's code, its runs and the proofs of its options.
pub(super) fn judge(question: &Question) -> KeyStanding {
    let mut refuted: Vec<Refuted> = Vec::new();
    for (at, run) in question.runs.iter().enumerate() {
        refuted.extend(refuted_run("run", at, run));
    }
    for (place, option) in question.options.iter().enumerate() {
        for (at, proof) in option.proofs.iter().enumerate() {
            let found = refuted_run("proof", at, proof);
            refuted.extend(found.map(|refuted| Refuted { option: Some(place), ..refuted }));
        }
    }
    let is_executed = refute_key(question, &mut refuted);
    if !refuted.is_empty() {
        return KeyStanding::Fails(refuted);
    }
    if is_executed { KeyStanding::Holds } else { KeyStanding::Open }
}

/// Compares what the options state with what the code gives; false where they state nothing that is executed.
fn refute_key(question: &Question, refuted: &mut Vec<Refuted>) -> bool {
    let stated: Vec<Option<Asked>> = question.options.iter().map(Asked::stated_by).collect();
    let (Some(code), true) = (&question.code, stated.iter().any(Option::is_some)) else { return false };
    let diagnosis = diagnose(&Call::from(&code.call));
    if let Some(error) = diagnosis.error() {
        let message = format!("`code.call` raises, so that no option is right: {}", error.message);
        refuted.push(Refuted { option: None, at: None, message });
        return true;
    }
    let asks = question.asks.as_deref().unwrap_or("out");
    let Some(truth) = measured(&diagnosis, asks) else {
        refuted.push(Refuted {
            option: None,
            at: None,
            message: format!("`asks` is {asks:?}, which the call does not have"),
        });
        return true;
    };
    let computed = format!("`{asks}` is {}", truth.text());
    for (place, (option, stated)) in question.options.iter().zip(stated).enumerate() {
        let Some(stated) = stated else { continue };
        let field = if matches!(stated, Asked::Shape(_)) { "shape" } else { "count" };
        let message = match (option.id == question.answer, stated == truth) {
            (true, false) => {
                format!("`{field}` of the answer is {}, but the core computes: {computed}", stated.text())
            }
            (false, true) => format!("`{field}` of a wrong option is what the core computes: {computed}"),
            _ => continue,
        };
        refuted.push(Refuted { option: Some(place), at: None, message });
    }
    true
}

/// What a legal call has of what is asked for: a tensor's shape, `TENSOR.size(K)`, `TENSOR.numel()`, or `parameters`.
fn measured(diagnosis: &Diagnosis, asks: &str) -> Option<Asked> {
    let numel = |shape: &Shape| shape.0.iter().map(|Dim(size)| size).product::<i128>();
    if asks == "parameters" {
        let parameters = diagnosis.module.as_ref()?.parameters();
        let counts = parameters
            .map(|parameter| parameter.shape().into_iter().map(|size| size as i128).product::<i128>());
        return Some(Asked::Count(counts.sum()));
    }
    let Some((tensor, count)) = asks.split_once('.') else {
        return shape(diagnosis, asks).map(Asked::Shape);
    };
    let shape = shape(diagnosis, tensor)?;
    match count.strip_prefix("size(").and_then(|rest| rest.strip_suffix(')')) {
        Some(axis) => shape.0.get(axis.parse::<usize>().ok()?).map(|Dim(size)| Asked::Count(*size)),
        None => Some(Asked::Count(numel(&shape))),
    }
}

/// What a run, the one at a place of the list in `field`, states and the core refutes.
fn refuted_run(field: &str, place: usize, run: &Run) -> Option<Refuted> {
    let refuted = |of: &str, message: String| {
        let message = format!("`{field}` {:?} {message}", run.label);
        Some(Refuted { option: None, at: Some(format!("{field}.{place}.{of}")), message })
    };
    let computed = compute(run);
    match (&run.raises, &computed.error) {
        (None, Some(error)) => return refuted("call", format!("raises {error:?}")),
        (Some(stated), None) => return refuted("raises", format!("raises nothing, and not {stated:?}")),
        (Some(stated), Some(error)) if stated != error => {
            return refuted("raises", format!("raises {error:?}, and not {stated:?}"));
        }
        _ => {}
    }
    let diagnosis = diagnose(&computed.call);
    run.gives.iter().find_map(|gives| {
        let tensor = &gives.tensor;
        let stated = Shape::new(gives.shape.iter().copied());
        match shape(&diagnosis, tensor) {
            None => refuted("gives", format!("has no {tensor}")),
            Some(shape) if shape != stated => {
                refuted("gives", format!("gives {tensor} as {shape}, and not {stated}"))
            }
            Some(_) => None,
        }
    })
}
