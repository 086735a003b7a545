//! Reads calls as JSON, one a line; prints for each the code, the diagnosis and what its fixes lead to as JSON, one a
//! line.
//!
//! `tests/golden/check_diagnostics.py` runs the code in real `PyTorch` and compares.

use std::io::{self, BufRead, Write};

use gru_playground::call::Call;
use gru_playground::diagnostic::{Fix, Role, apply, diagnose};
use gru_playground::py;

/// A fix, and the shapes that the mended call prints.
fn mended(call: &Call, fix: &Fix) -> serde_json::Value {
    let trace = diagnose(&apply(call, fix)).trace;
    let tensors = trace.into_iter().flat_map(|trace| trace.tensors);
    let results = tensors.filter(|tensor| matches!(tensor.role, Role::Output | Role::HN));
    let printed: Vec<String> = results.map(|tensor| tensor.shape.torch_size()).collect();
    serde_json::json!({ "statement": fix.statement, "code": fix.code, "printed": printed })
}

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let call: Call = serde_json::from_str(&line?)?;
        let code: Vec<String> = py::code(&call, None).iter().map(py::CodeLine::text).collect();
        let diagnosis = diagnose(&call);
        let help = diagnosis.diagnostics.iter().flat_map(|diagnostic| &diagnostic.help);
        let fixes: Vec<_> = help.map(|fix| mended(&call, fix)).collect();
        let answer = serde_json::json!({ "call": call, "code": code.join("\n"), "diagnosis": diagnosis, "fixes": fixes });
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
