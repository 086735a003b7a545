//! Types, lint and unit tests of the page, and the built package in Node.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::counts::Counts;
use crate::process::{each_line, node, npm, package_script, succeeds};
use crate::{root, www};

pub fn types(rest: &[String]) -> Result<Counts> {
    script("types", rest)
}

pub fn lint(rest: &[String]) -> Result<Counts> {
    script("lint", rest)
}

/// A script of `www/package.json`.
fn script(name: &str, rest: &[String]) -> Result<Counts> {
    let mut command = npm();
    command.args(["run", "--silent", name, "--"]).args(rest);
    Ok(Counts::one(succeeds(&mut command, name)?))
}

pub fn unit(rest: &[String]) -> Result<Counts> {
    #[derive(Deserialize)]
    struct Report {
        #[serde(rename = "numPassedTests")]
        passed: u64,
        #[serde(rename = "numFailedTests")]
        failed: u64,
        #[serde(rename = "numPendingTests")]
        pending: u64,
        #[serde(rename = "numTodoTests")]
        todo: u64,
    }
    let report = www().join("node_modules/.xtask-unit.json");
    let _ = fs::remove_file(&report);
    let mut command = package_script("vitest/vitest.mjs");
    command
        .args(["run", "--reporter=default", "--reporter=json"])
        .arg("--outputFile")
        .arg(&report)
        .args(rest);
    let well = succeeds(&mut command, "vitest")?;
    // Without a report, vitest said why it made none.
    let Ok(text) = fs::read_to_string(&report) else { return Ok(Counts::default().ended(well)) };
    let report: Report = serde_json::from_str(&text).context("vitest's report")?;
    let counts =
        Counts { passed: report.passed, failed: report.failed, skipped: report.pending + report.todo };
    Ok(counts.ended(well))
}

pub fn node_tests(rest: &[String]) -> Result<Counts> {
    let mut tests: Vec<_> =
        fs::read_dir(root().join("tests/node"))?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    tests.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    tests.sort();
    let mut counts = Counts::default();
    let mut command = node();
    command.args(["--test", "--test-reporter=tap"]).args(rest).args(tests);
    let well = each_line(&mut command, "node --test", |line| {
        println!("{line}");
        counts.add_tap_line(line);
    })?;
    Ok(counts.ended(well))
}
