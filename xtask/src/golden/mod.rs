//! `cargo xtask golden`: files of `PyTorch`'s answers, checked against ours.

mod package;

#[path = "../../../tests/golden/check/mod.rs"]
mod check;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use check::{Engine, Native, Report};
use package::Package;

use crate::build::{self, Goal};
use crate::root;
use crate::test::Counts;
use crate::wasm::{Effort, Flavour};

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

struct Options {
    files: Vec<OsString>,
    wasm: bool,
}

/// `cargo xtask golden FILE... [--wasm]`
pub fn run(args: &[String]) -> Result<ExitCode> {
    let Options { files, wasm } = parse(args)?;
    let report = if wasm {
        build::reach(Goal::Wasm(Effort::Full))?;
        check_builds(&files)?
    } else {
        let mut report = Report::default();
        check_files(&mut report, &mut Native, &files);
        report
    };
    println!("{report}");
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Checks our own files through the built package.
pub fn test_package(rest: &[String]) -> Result<Counts> {
    ensure!(rest.is_empty(), "this check takes no arguments: see `cargo xtask golden --wasm`");
    let report = check_builds(&PACKAGE_FILES.map(|file| root().join(file)))?;
    println!("{report}");
    Ok(Counts { passed: report.passed as u64, failed: report.failed as u64, ..Counts::default() })
}

fn parse(args: &[String]) -> Result<Options> {
    use lexopt::prelude::{Long, Value};
    let mut options = Options { files: Vec::new(), wasm: false };
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("wasm") => options.wasm = true,
            Value(file) => options.files.push(file),
            other => bail!("{}: see `cargo xtask help`", other.unexpected()),
        }
    }
    ensure!(!options.files.is_empty(), "name a file: cargo xtask golden tests/golden/forward.jsonl");
    Ok(options)
}

/// Checks the files through every build of the package.
fn check_builds(files: &[impl AsRef<Path>]) -> Result<Report> {
    let mut report = Report::default();
    for flavour in [Flavour::Simd128, Flavour::Relaxed] {
        check_files(&mut report, &mut Package::start(flavour)?, files);
    }
    Ok(report)
}

/// Checks every record of every file, and tells of each that does not agree.
fn check_files<E: Engine>(report: &mut Report, engine: &mut E, files: &[impl AsRef<Path>]) {
    for file in files {
        let told = report.failures.len();
        report.check_file(engine, file.as_ref());
        for failure in &report.failures[told..] {
            println!("{failure}");
        }
    }
}
