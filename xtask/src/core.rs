//! Commands that ask the Rust core, which `xtask-core` does: it is compiled when the first of them runs.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::build::{self, Goal};
use crate::test::Counts;
use crate::wasm::Effort;
use crate::{process, root};

/// The files that the built package must answer as `PyTorch` does: every kind.
const PACKAGE_FILES: [&str; 9] = [
    "tests/golden/forward.jsonl",
    "tests/golden/backward.jsonl",
    "tests/golden/cells.jsonl",
    "tests/golden/dropout.jsonl",
    "tests/golden/packed.jsonl",
    "tests/golden/rng.jsonl",
    "tests/golden/rng_native.jsonl",
    "tests/golden/train.jsonl",
    "tests/golden/variants.jsonl",
];

/// A command of `xtask-core`, with files as the caller's folder sees them.
fn command(name: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.args(["run", "--quiet", "--package", "xtask-core", "--", name]);
    cargo
}

/// Runs a command, with its output as ours, and ends as it ends.
fn pass_on(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().context("cannot start cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `cargo xtask lesson-weights [--check]`
pub fn lesson_weights(args: &[String]) -> Result<ExitCode> {
    let mut cargo = process::cargo();
    // Unoptimised, the training takes many minutes.
    cargo.args(["run", "--quiet", "--profile", "test", "--package", "xtask-core", "--", "lesson-weights"]);
    pass_on(cargo.args(args))
}

/// `cargo xtask bench --code`
pub fn bench_code(folder: &Path, python: &Path, rounds: usize) -> Result<ExitCode> {
    let mut cargo = process::cargo();
    // What is timed is native and fast: of the wasm modules' profile, only the size is not wanted.
    cargo.args([
        "run",
        "--quiet",
        "--release",
        "--config",
        "profile.release.opt-level=3",
        "--package",
        "xtask-core",
        "--",
    ]);
    cargo.arg("bench-code").arg(folder).arg(python).arg(rounds.to_string());
    pass_on(&mut cargo)
}

/// Whether the training gives the bytes that are stored.
pub fn test_lesson_weights(rest: &[String]) -> Result<Counts> {
    let check = ["--check".to_owned()];
    let well = lesson_weights(&[&check, rest].concat())? == ExitCode::SUCCESS;
    Ok(Counts::one(well))
}

/// `cargo xtask quiz check FILE...`
pub fn quiz(args: &[String]) -> Result<ExitCode> {
    let Some((check, files)) =
        args.split_first().filter(|(check, files)| *check == "check" && !files.is_empty())
    else {
        bail!("name what is to be checked: cargo xtask quiz check FILE.toml");
    };
    let mut quiz = command("quiz");
    quiz.arg(check);
    for file in files {
        // Cargo runs at the top of the tree: a file is named as the caller's folder sees it.
        quiz.arg(std::path::absolute(file)?);
    }
    pass_on(&mut quiz)
}

/// `cargo xtask paste FILE`, or `cargo xtask paste --corpus FILE.jsonl`
pub fn paste(args: &[String]) -> Result<ExitCode> {
    let mut paste = command("paste");
    match args {
        [flag, file] if flag == "--corpus" => paste.arg(flag).arg(std::path::absolute(file)?),
        [file] if !file.starts_with('-') => paste.arg(std::path::absolute(file)?),
        _ => bail!("one file of a text, or --corpus FILE.jsonl: see `cargo xtask help`"),
    };
    pass_on(&mut paste)
}

/// `cargo xtask golden FILE... [--wasm]`
pub fn golden(args: &[String]) -> Result<ExitCode> {
    use lexopt::prelude::{Long, Value};
    let (mut files, mut wasm) = (Vec::new(), false);
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("wasm") => wasm = true,
            // The command runs at the top of the tree.
            Value(file) => files.push(std::path::absolute(file)?),
            other => bail!("{}: see `cargo xtask help`", other.unexpected()),
        }
    }
    ensure!(!files.is_empty(), "name a file: cargo xtask golden tests/golden/forward.jsonl");
    let mut golden = command("golden");
    if wasm {
        build::reach(Goal::Wasm(Effort::Full))?;
        golden.arg("--wasm");
    }
    pass_on(golden.args(files))
}

/// `cargo xtask snippet FILE.py` or `cargo xtask snippet --corpus FILE.jsonl... [--wasm]`
pub fn snippet(args: &[String]) -> Result<ExitCode> {
    use lexopt::prelude::{Long, Value};
    let (mut files, mut corpus, mut wasm) = (Vec::new(), false, false);
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("corpus") => corpus = true,
            Long("wasm") => wasm = true,
            Value(file) => files.push(std::path::absolute(file)?),
            other => bail!("{}: see `cargo xtask help`", other.unexpected()),
        }
    }
    let mut snippet = command("snippet");
    if corpus {
        snippet.arg("--corpus");
    }
    if wasm {
        build::reach(Goal::Wasm(Effort::Full))?;
        snippet.arg("--wasm");
    }
    pass_on(snippet.args(files))
}

/// `cargo xtask weights [--mutate N] FILE...`
pub fn weights(args: &[String]) -> Result<ExitCode> {
    let (options, files) =
        args.split_at(if args.first().is_some_and(|arg| arg == "--mutate") { 2.min(args.len()) } else { 0 });
    ensure!(!files.is_empty(), "which files? cargo xtask weights FILE...");
    // The command runs at the top of the tree.
    let files = files.iter().map(std::path::absolute).collect::<std::io::Result<Vec<_>>>()?;
    pass_on(command("weights").args(options).args(files))
}

/// Checks our own files through the built package.
pub fn test_package(rest: &[String]) -> Result<Counts> {
    ensure!(rest.is_empty(), "this check takes no arguments: see `cargo xtask golden --wasm`");
    let mut counts = Counts::default();
    let mut golden = command("golden");
    golden.arg("--wasm").args(PACKAGE_FILES.map(|file| root().join(file)));
    let ended_well = process::each_line(&mut golden, "PyTorch's answers through the package", |line| {
        println!("{line}");
        counts.add_totals(line);
    })?;
    Ok(counts.ended(ended_well))
}

/// Writes the files of a call that the bench measures.
pub fn write_call(folder: &Path, name: &str, sizes: &impl serde::Serialize) -> Result<()> {
    let mut call = command("bench-call");
    call.arg(folder).args([name, &serde_json::to_string(sizes)?]).stdin(Stdio::null());
    process::run(&mut call, "writing a call of the bench")
}
