//! `cargo xtask quiz check FILE...`: what is wrong with banks of questions, line by line.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use gru_playground::quiz::{BankCheck, FindingSeverity, check_bank};

pub fn run(args: &[String]) -> Result<ExitCode> {
    let [check, files @ ..] = args else { bail!("name what is to be done: check") };
    if check != "check" || files.is_empty() {
        bail!("cargo xtask quiz check FILE.toml...");
    }
    let mut is_sound = true;
    for file in files {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
        let report = check_bank(&text);
        is_sound &= report.is_sound();
        tell(file, &report);
    }
    Ok(if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints a line for each finding, as compilers do, and one that closes the file.
fn tell(file: &str, report: &BankCheck) {
    let BankCheck { questions, computed, findings } = report;
    for finding in findings {
        println!("{file}:{finding}");
    }
    let errors = findings.iter().filter(|finding| finding.severity == FindingSeverity::Error).count();
    println!("{file}: {questions} questions, {computed} keys computed, {errors} errors");
}
