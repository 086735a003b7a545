//! Real texts, each with what its answer must say.

use std::collections::BTreeSet;

use gru_playground_paste::{Answer, explain, kinds};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: String,
    /// The kind it is of; `not-known` where it is none.
    kind: String,
    text: String,
    /// Words that the cause must have: the sizes among them.
    cause: Vec<String>,
    /// Code that the mend must have.
    mend: Vec<String>,
    sizes: Map<String, Value>,
    call: Option<Map<String, Value>>,
}

fn corpus() -> Vec<Record> {
    let lines = include_str!("corpus.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// What an answer lacks of what is due.
fn lacks(due: &Record, answer: &Answer) -> Vec<String> {
    let mut lacks = Vec::new();
    if (answer.known, answer.kind.as_str()) != (due.kind != "not-known", due.kind.as_str()) {
        lacks.push(format!("the kind {}, not {}", due.kind, answer.kind));
    }
    let mend = answer.mend.clone().unwrap_or_default();
    lacks.extend(
        due.cause
            .iter()
            .filter(|words| !answer.cause.contains(*words))
            .map(|words| format!("'{words}' in: {}", answer.cause)),
    );
    lacks.extend(
        due.mend
            .iter()
            .filter(|words| !mend.contains(*words))
            .map(|words| format!("'{words}' in the mend: {mend}")),
    );
    let said = serde_json::to_value(answer).expect("an answer is JSON");
    lacks.extend(
        due.sizes
            .iter()
            .filter(|(name, size)| said["sizes"].get(name) != Some(size))
            .map(|(name, size)| format!("{name} = {size} in {}", said["sizes"])),
    );
    for (name, size) in due.call.iter().flatten() {
        let call = &said["call"];
        if call.get(name).or_else(|| call["config"].get(name)) != Some(size) {
            lacks.push(format!("{name} = {size} in the call {call}"));
        }
    }
    lacks
}

#[test]
fn every_text_gets_its_cause_its_sizes_and_its_mend() {
    let mut wrong = Vec::new();
    for text in corpus() {
        let lacks = lacks(&text, &explain(&text.text));
        if !lacks.is_empty() {
            wrong.push(format!("{}: {}", text.id, lacks.join("\n      ")));
        }
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn more_than_a_hundred_kinds_are_held_by_a_text() {
    let held: BTreeSet<String> = corpus().into_iter().map(|text| text.kind).collect();
    let known: Vec<&str> = kinds().map(|kind| kind.name).collect();
    let held = known.iter().filter(|name| held.contains(**name)).count();
    assert!(held > 100, "{held} of {} kinds", known.len());
}

#[test]
fn a_text_that_is_not_known_gets_no_mend() {
    for text in corpus().iter().filter(|text| text.kind == "not-known") {
        let answer = explain(&text.text);
        assert!(answer.mend.is_none() && answer.call.is_none(), "{}: {answer:?}", text.id);
    }
}

#[test]
fn a_text_is_known_again_between_lines_of_others_and_with_other_quotes() {
    let mut wrong = Vec::new();
    for text in corpus().iter().filter(|text| {
        !["not-known", "shape", "printed-model", "code", "nan-loss", "syntax"].contains(&text.kind.as_str())
    }) {
        let around = format!(
            "hi, since yesterday I get this:\n\n{}\n\nany idea? thanks\n",
            text.text.replace('\'', "\u{2019}").replace('\n', "\r\n")
        );
        let answer = explain(&around);
        if answer.kind != text.kind {
            wrong.push(format!("{}: {}, not {}", text.id, answer.kind, text.kind));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
