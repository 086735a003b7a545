//! Mends that real `PyTorch` has run (`tests/golden/make_paste.py`): the error was gone, and what the tensors held was kept.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use gru_playground_paste::{explain, kinds};
use serde::Deserialize;

#[derive(Deserialize)]
struct RunMend {
    id: String,
    kind: String,
    /// What Python printed of the program.
    text: String,
    mend: String,
}

/// The kinds whose mend nothing here can run, and why.
const NOT_RUN: &[(&str, &[&str])] = &[
    (
        "it takes a GPU",
        &[
            "not-contiguous",
            "cuda-numpy",
            "two-devices",
            "weight-type",
            "no-cuda",
            "cuda-memory",
            "device-assert",
            "cudnn-status",
            "kernel-image",
            "mps-double",
            "data-parallel-device",
            "eval-backward",
            "map-location",
            "replica",
            "gathered-scalars",
            "contiguous-chunk",
        ],
    ),
    (
        "it takes processes, files, packages or memory of the learner's",
        &[
            "worker-died",
            "bootstrapping",
            "cannot-pickle",
            "many-workers",
            "numpy-unavailable",
            "cpu-memory",
            "pickled-class",
            "broken-file",
            "no-module",
            "import-name",
            "onnx-batch",
            "onnx-dimensions",
            "tracer",
        ],
    ),
    (
        "only other releases say it",
        &["pack-long", "permute-old", "old-name", "load-warning", "verbose", "arguments"],
    ),
    (
        "its mend is a check, or code whose names only the learner can fill in",
        &[
            "empty-sequence",
            "batch-norm-one",
            "not-a-module",
            "collate-type",
            "no-samples",
            "no-length",
            "object-shape",
            "tensor-as-index",
            "stack-empty",
            "einsum",
            "negative-size",
            "broadcast-shapes",
            "in-place",
            "no-grad-view",
            "deepcopy",
            "optimizer-empty",
            "nan-gradient",
            "non-finite-norm",
            "unbound",
            "syntax",
            "list-index",
            "key",
            "fan-in",
            "reduction-names",
            "to-scalar",
            "checkpoint-grad",
        ],
    ),
];

fn records() -> Vec<RunMend> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/paste.jsonl");
    let text = fs::read_to_string(file).expect("the answers are committed");
    text.lines().map(|line| serde_json::from_str(line).expect("a record a line")).collect()
}

#[test]
fn mends_are_those_that_pytorch_has_run() {
    for RunMend { id, kind, text, mend } in records() {
        let answer = explain(&text);
        assert_eq!(answer.kind, kind, "{id}");
        assert_eq!(answer.mend.as_deref(), Some(mend.as_str()), "{id}");
    }
}

#[test]
fn every_kind_has_a_mend_that_was_run_or_a_reason_why_not() {
    let run: BTreeSet<String> = records().into_iter().map(|record| record.kind).collect();
    let not_run: BTreeSet<&str> = NOT_RUN.iter().flat_map(|(_, kinds)| kinds.iter().copied()).collect();
    let lacking: Vec<&str> = kinds()
        .map(|kind| kind.name)
        .filter(|name| !run.contains(*name) && !not_run.contains(name))
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    let both: Vec<&&str> = not_run.iter().filter(|name| run.contains(**name)).collect();
    assert!(both.is_empty(), "run all the same: {both:?}");
}
