//! What real `PyTorch` 1.7 to 2.15 did, to the character.

use gru_playground::call::{Call, Release};
use gru_playground::diagnostic::{Diagnosis, Role, Severity, diagnose};
use serde::Deserialize;

#[derive(Deserialize)]
struct Facts {
    runs: Vec<String>,
    not_run: Vec<String>,
    records: Vec<Record>,
    excluded: Vec<Excluded>,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    call: Call,
    /// Whether the recorded code makes the module and never calls it.
    constructor_only: bool,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    from: Release,
    to: Release,
    exception: Option<String>,
    message: Option<String>,
    stdout: String,
    warnings: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Excluded {
    id: String,
    reason: String,
}

fn facts() -> Facts {
    serde_json::from_str(include_str!("../golden/facts.json")).expect("the facts are in order")
}

impl Facts {
    /// Every release that was run, and those between two that answered alike.
    fn releases(&self) -> Vec<Release> {
        self.runs
            .iter()
            .chain(&self.not_run)
            .map(|release| release.parse().expect("a known release"))
            .collect()
    }
}

/// The exception, as Python 3.10 and later spell it: 3.9 leaves the class out of a method's name.
fn expected(answer: &Answer) -> Option<(String, String)> {
    let message = answer.message.as_deref()?;
    let message =
        if message.starts_with("__init__()") { format!("RNNBase.{message}") } else { message.to_owned() };
    Some((answer.exception.clone()?, message))
}

fn said(diagnosis: &Diagnosis) -> Option<(String, String)> {
    let error = diagnosis.error()?;
    Some((error.exception.clone()?, error.message.clone()))
}

fn warnings(diagnosis: &Diagnosis) -> Vec<(String, String)> {
    let warnings = diagnosis.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning);
    warnings.map(|warning| (warning.exception.clone().unwrap_or_default(), warning.message.clone())).collect()
}

/// The shapes that a legal call prints.
fn printed(diagnosis: &Diagnosis) -> Vec<String> {
    let Some(trace) = &diagnosis.trace else { return Vec::new() };
    let results = trace.tensors.iter().filter(|tensor| matches!(tensor.role, Role::Output | Role::HN));
    results.map(|tensor| tensor.shape.torch_size()).collect()
}

/// The shapes in what was printed; the output's comes first.
fn shapes(stdout: &str) -> Vec<String> {
    let after = stdout.split("torch.Size([").skip(1);
    after
        .filter_map(|text| text.split_once("])"))
        .map(|(sizes, _)| format!("torch.Size([{sizes}])"))
        .collect()
}

#[test]
fn every_record_is_answered_to_the_character_in_every_release() {
    let facts = facts();
    let (mut compared, mut differing) = (0, Vec::new());
    for record in &facts.records {
        for answer in &record.answers {
            let in_range = |release: &Release| (answer.from..=answer.to).contains(release);
            for release in facts.releases().into_iter().filter(in_range) {
                let diagnosis = diagnose(&Call { release, ..record.call.clone() });
                let is_constructed = record.constructor_only && answer.exception.is_none();
                let agrees = if is_constructed {
                    diagnosis.module.is_some()
                } else {
                    said(&diagnosis) == expected(answer)
                };
                let agrees = agrees && warnings(&diagnosis) == answer.warnings;
                let agrees =
                    agrees && (is_constructed || printed(&diagnosis).starts_with(&shapes(&answer.stdout)));
                compared += 1;
                if !agrees {
                    differing.push(format!(
                        "{} in {release}: expected {:?}, said {:?}",
                        record.id,
                        expected(answer),
                        said(&diagnosis)
                    ));
                }
            }
        }
    }
    assert!(differing.is_empty(), "{} of {compared} differ:\n{}", differing.len(), differing.join("\n"));
    // 63 records in 42 releases, where a record tells of every one.
    assert!(compared > 2500, "only {compared} comparisons");
}

#[test]
fn what_is_not_compared_has_its_reason() {
    let facts = facts();
    assert_eq!((facts.records.len(), facts.excluded.len()), (63, 18));
    assert!(facts.excluded.iter().all(|excluded| !excluded.reason.is_empty()));
    let is_compared = |id: &str| facts.records.iter().any(|record| record.id == id);
    assert!(facts.excluded.iter().all(|excluded| !is_compared(&excluded.id)));
}
