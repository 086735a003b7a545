//! Reads calls as JSON, one a line; prints for each the code and the diagnosis as JSON, one a line.
//!
//! `tests/golden/check_diagnostics.py` runs the code in real `PyTorch` and compares.

use std::io::{self, BufRead, Write};

use gru_playground::call::Call;
use gru_playground::diagnostic::diagnose;
use gru_playground::py;

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let call: Call = serde_json::from_str(&line?)?;
        let code: Vec<String> = py::code(&call, None).iter().map(py::CodeLine::text).collect();
        let answer =
            serde_json::json!({ "call": call, "code": code.join("\n"), "diagnosis": diagnose(&call) });
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
