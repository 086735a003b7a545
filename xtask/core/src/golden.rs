//! `cargo xtask golden`: files of `PyTorch`'s answers, checked against ours.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::check::{Engine, Native, Report};
use crate::package::{BUILDS, Package};

/// `golden [--wasm] FILE...`
pub fn run(args: &[String]) -> Result<ExitCode> {
    let report = match args {
        [wasm, files @ ..] if wasm == "--wasm" => check_builds(files)?,
        files => {
            let mut report = Report::default();
            check_files(&mut report, &mut Native, files);
            report
        }
    };
    println!("{report}");
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Checks the files through every build of the package.
fn check_builds(files: &[impl AsRef<Path>]) -> Result<Report> {
    let mut report = Report::default();
    for build in BUILDS {
        check_files(&mut report, &mut Package::start(build)?, files);
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
