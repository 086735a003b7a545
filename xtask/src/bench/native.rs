//! The same calls without a browser: our core as a native program, and `PyTorch` where it is installed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::results::{Native, Samples};
use super::{folder, peers};
use crate::{process, root};

/// What criterion keeps of a call: how often it was done in each measurement, and how many nanoseconds that took.
#[derive(Deserialize)]
struct Sample {
    iters: Samples,
    times: Samples,
}

/// Our core, compiled for this very processor, as `PyTorch` chooses its code at run time.
pub fn core(calls: &[&str], rounds: usize) -> Result<Native> {
    let results = folder().join("criterion");
    let mut cargo = peers::cargo(&["run", "--package", "bench-native", "--config"]);
    cargo.arg(r#"build.rustflags=["-C", "target-cpu=native"]"#).arg("--");
    cargo.arg(folder().join("models")).arg(rounds.to_string()).arg(&results).args(calls);
    process::run(&mut cargo, "the native run")?;
    let measured = |&call: &&str| {
        let file = results.join(call).join("new/sample.json");
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let Sample { iters, times } = serde_json::from_str(&text).context("what criterion measured")?;
        let milliseconds = times.iter().zip(&iters).map(|(time, count)| time / count / 1e6).collect();
        Ok((call.to_owned(), milliseconds))
    };
    calls.iter().map(measured).collect()
}

/// `PyTorch` with one thread; none where this Python has no torch.
pub fn pytorch(python: &Path, calls: &[&str], rounds: usize) -> Result<Option<Native>> {
    if process::answer(python, &["-c", "import torch"]).is_none() {
        println!(
            "      {} has no torch: PyTorch is left out (--python PATH names another)",
            python.display()
        );
        return Ok(None);
    }
    let mut command = Command::new(python);
    command.arg(root().join("bench/native.py")).stdin(Stdio::null());
    command.arg(folder().join("models")).arg(rounds.to_string()).args(calls);
    let child = command.stdout(Stdio::piped()).spawn().context("PyTorch's run: cannot start")?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "PyTorch's run failed: see above");
    serde_json::from_slice(&output.stdout).context("what PyTorch's run measured").map(Some)
}
