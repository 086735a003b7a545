//! Programs whose answers real `PyTorch` gave (`tests/golden/make_snippets.py`), and what the runner must do by itself.

use std::path::Path;

use gru_playground_python::{Execution, run};
use serde_json::Value;

const STEPS: u64 = 50_000_000;

/// Runs on a stack of its own: calls of calls are calls here too.
fn outcome(code: &str) -> Execution {
    let code = code.to_owned();
    let thread = std::thread::Builder::new().stack_size(1 << 29).spawn(move || run(&code, STEPS));
    thread.expect("a thread").join().expect("the runner does not panic")
}

#[test]
fn programs_do_what_they_do_in_pytorch() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/snippets.jsonl");
    let text = std::fs::read_to_string(file).expect("the answers are committed");
    let mut differences = Vec::new();
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).expect("a record a line");
        let outcome = outcome(record["code"].as_str().expect("a program"));
        let raised = outcome.raised.as_ref();
        let same = outcome.refused.is_none()
            && outcome.stdout == record["stdout"].as_str().unwrap_or_default()
            && raised.map(|raised| raised.kind.as_str()) == record["exception_type"].as_str()
            && raised.map(|raised| raised.message.as_str()) == record["message"].as_str()
            && raised.map(|raised| u64::from(raised.line)) == record["error_line"].as_u64();
        if !same {
            differences.push(format!("{}: {outcome:?}", record["id"]));
        }
    }
    assert!(differences.is_empty(), "{} programs differ:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn what_is_not_supported_is_refused_by_name_and_line_and_cannot_be_caught() {
    for (code, what, line) in [
        ("x = 1\ntry:\n    eval('1')\nexcept BaseException:\n    print('caught')\n", "eval()", 3),
        ("import torch\n\ntorch.fft\n", "torch.fft", 3),
        ("import pandas\n", "the module pandas", 1),
        ("async def f():\n    pass\n", "async", 1),
    ] {
        let outcome = outcome(code);
        let refused = outcome.refused.expect(code);
        assert_eq!((refused.what.as_str(), refused.line), (what, line), "{code}");
        assert_eq!(outcome.stdout, "", "{code}");
    }
}

#[test]
fn a_program_without_end_stops_and_so_does_one_without_bounds() {
    for code in [
        "while True:\n    pass\n",
        "a = [0] * 10 ** 9\n",
        "import torch\ntorch.zeros(10 ** 6, 10 ** 6)\n",
        "while True:\n    print('x' * 1000)\n",
        "a = 'x'\nwhile True:\n    a = a + a\n",
        &format!("x = {}1{}\n", "(".repeat(10_000), ")".repeat(10_000)),
    ] {
        let ended = outcome(code);
        assert!(ended.stopped.is_some() || ended.refused.is_some(), "{}", &code[..code.len().min(60)]);
    }
}

#[test]
fn line_ends_and_marks_of_other_systems_are_read() {
    assert_eq!(outcome("\u{feff}x = 1\r\nprint(x)\r\n").stdout, "1\n");
}

#[test]
fn a_name_that_was_meant_is_proposed() {
    let text = outcome("total = 1\nprint(totl)\n").raised.expect("an exception").text;
    assert_eq!(text, "NameError: name 'totl' is not defined. Did you mean: 'total'?");
}
