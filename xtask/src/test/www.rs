//! Types, lint and unit tests of the page, and the built package in Node.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::counts::Counts;
use crate::process::{each_line, node, package_script, succeeds};
use crate::{root, www};

/// The package's generated types, the page, the configuration and the browser tests: one test each.
pub fn types(rest: &[String]) -> Result<Counts> {
    let mut counts = Counts::default();
    for project in [
        "tsconfig.pkg.json",
        "tsconfig.json",
        "tsconfig.node.json",
        "../tests/browser/tsconfig.json",
        "../tests/hosts/tsconfig.json",
    ] {
        let mut tsc = package_script("typescript/bin/tsc");
        counts += Counts::one(succeeds(tsc.args(["--project", project]).args(rest), "tsc")?);
    }
    Ok(counts)
}

/// From the top of the tree, so that the tests beside `www/` are looked at too.
pub fn lint(rest: &[String]) -> Result<Counts> {
    let mut eslint = package_script("eslint/bin/eslint.js");
    eslint
        .current_dir(root())
        .args(["--config", "www/eslint.config.js", "--max-warnings", "0", "www", "tests", "bench"])
        .args(rest);
    Ok(Counts::one(succeeds(&mut eslint, "eslint")?))
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
        #[serde(rename = "testResults")]
        files: Vec<File>,
    }
    #[derive(Deserialize)]
    struct File {
        #[serde(rename = "assertionResults")]
        tests: Vec<Test>,
    }
    #[derive(Deserialize)]
    struct Test {
        #[serde(rename = "fullName")]
        name: String,
        status: String,
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
    let tests = report.files.into_iter().flat_map(|file| file.tests);
    let counts = Counts {
        passed: report.passed,
        failed: report.failed,
        skipped: report.pending + report.todo,
        failures: tests.filter(|test| test.status == "failed").map(|test| test.name).collect(),
        ..Counts::default()
    };
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
