//! Runs one program, or a file of programs, a line of JSON each: `cargo run -p gru-playground-python --example run -- FILE`.
//! It builds in seconds; `cargo xtask snippet` compares as well.

use std::error::Error;

use gru_playground_python::{Execution, run};
use serde_json::{Value, json};

const STEPS: u64 = 50_000_000;

/// Runs on a stack of its own: calls of calls are calls here too.
fn outcome(code: String) -> Option<Execution> {
    let thread = std::thread::Builder::new().stack_size(1 << 29).spawn(move || run(&code, STEPS));
    thread.ok()?.join().ok()
}

fn told(id: &Value, outcome: Option<Execution>) -> Value {
    let Some(outcome) = outcome else { return json!({ "id": id, "refused": "it panicked" }) };
    let raised = outcome.raised.as_ref();
    json!({
        "id": id,
        "stdout": outcome.stdout,
        "exception_type": raised.map(|raised| &raised.kind),
        "message": raised.map(|raised| &raised.message),
        "last_line": raised.and_then(|raised| raised.text.lines().last()),
        "error_line": raised.map(|raised| raised.line),
        "refused": outcome.refused.map(|refused| format!("{} (line {})", refused.what, refused.line)),
        "warnings": outcome.warnings.iter().map(|warning| json!({ "category": warning.category, "message": warning.message })).collect::<Vec<_>>(),
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a file")?;
    let text = std::fs::read_to_string(&file)?;
    if file.ends_with(".jsonl") {
        for line in text.lines() {
            let record: Value = serde_json::from_str(line)?;
            let code = record["code"].as_str().ok_or("a record without code")?;
            println!("{}", told(&record["id"], outcome(code.to_owned())));
        }
    } else {
        let outcome = outcome(text);
        if let Some(outcome) = &outcome {
            print!("{}", outcome.stdout);
        }
        eprintln!("{}", told(&Value::from(file), outcome));
    }
    Ok(())
}
