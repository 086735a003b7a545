//! The developer commands that ask the Rust core: a package of their own, so that a site is served before all of it is compiled for
//! this machine. `cargo xtask` calls them by their names.

mod bench_call;
mod bench_code;
mod golden;
mod lesson_weights;
mod package;
mod paste;
mod quiz;
mod snippet;
mod weights;

#[path = "../../../tests/golden/check/mod.rs"]
mod check;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

/// The top of the tree, as cargo tells it when it runs us.
fn root() -> Result<PathBuf> {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").context("cargo runs this: see `cargo xtask help`")?;
    Ok(Path::new(&own).ancestors().nth(2).context("this package lies two folders below the top")?.to_owned())
}

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run() -> Result<ExitCode> {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let Some((command, rest)) = args.split_first() else {
        bail!("name a command: see `cargo xtask help`");
    };
    match command.as_str() {
        "golden" => golden::run(rest),
        "lesson-weights" => lesson_weights::run(rest),
        "paste" => paste::run(rest),
        "quiz" => quiz::run(rest),
        "snippet" => snippet::run(rest),
        "weights" => weights::run(rest),
        "bench-call" => bench_call::run(rest),
        "bench-code" => bench_code::run(rest),
        other => bail!("there is no command '{other}': see `cargo xtask help`"),
    }
}
