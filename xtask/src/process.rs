//! Running other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{root, www};

/// Cargo as it runs us, with flags from `.cargo/config.toml` alone: inherited ones would change every build.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_RUSTFLAGS")
        .env_remove("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS")
        .stdin(Stdio::null())
        .current_dir(root());
    command
}

/// Node, in `www/`.
pub fn node() -> Command {
    let mut command = Command::new("node");
    command.stdin(Stdio::null()).current_dir(www());
    command
}

/// A program of an npm package, by its script below `www/node_modules/`: no shell and no `npx` between.
pub fn package_script(script: &str) -> Command {
    let mut command = node();
    command.arg(www().join("node_modules").join(script));
    command
}

/// npm, in `www/`.
pub fn npm() -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.stdin(Stdio::null()).current_dir(www());
    command
}

/// Runs to the end; anything but success is an error that names `what`.
pub fn run(command: &mut Command, what: &str) -> Result<()> {
    if !succeeds(command, what)? {
        bail!("{what} failed: see above");
    }
    Ok(())
}

/// Runs to the end and tells whether it went well.
pub fn succeeds(command: &mut Command, what: &str) -> Result<bool> {
    Ok(command.status().with_context(|| cannot_start(command, what))?.success())
}

/// The trimmed standard output of a quick question, if the program exists and answers.
pub fn answer(program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs to the end, handing each line of standard output to `line` as it comes.
pub fn each_line(command: &mut Command, what: &str, mut line: impl FnMut(&str)) -> Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| cannot_start(command, what))?;
    let stdout = child.stdout.take().context("standard output is piped")?;
    for bytes in BufReader::new(stdout).split(b'\n') {
        line(String::from_utf8_lossy(&bytes?).trim_end_matches('\r'));
    }
    Ok(child.wait()?.success())
}

fn cannot_start(command: &Command, what: &str) -> String {
    format!("{what}: cannot start `{}`", command.get_program().display())
}
