//! The same calls without a browser: our core as a native program, and `PyTorch` where it is installed.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::results::Native;
use super::{folder, peers};
use crate::process;
use crate::root;

/// Our core, compiled for this very processor, as `PyTorch` chooses its code at run time.
pub fn core(calls: &[&str], rounds: usize) -> Result<Native> {
    let mut cargo = peers::cargo(&["run", "--package", "bench-native", "--config"]);
    cargo.arg(r#"build.rustflags=["-C", "target-cpu=native"]"#).arg("--");
    ask(with_calls(&mut cargo, calls, rounds), "the native run")
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
    ask(with_calls(&mut command, calls, rounds), "PyTorch's run").map(Some)
}

fn with_calls<'a>(command: &'a mut Command, calls: &[&str], rounds: usize) -> &'a mut Command {
    command.arg(folder().join("models")).arg(rounds.to_string()).args(calls)
}

fn ask(command: &mut Command, what: &str) -> Result<Native> {
    let child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("{what}: cannot start"))?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{what} failed: see above");
    serde_json::from_slice(&output.stdout).with_context(|| format!("what {what} measured"))
}
