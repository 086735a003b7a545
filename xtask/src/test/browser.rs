//! The built site in a real browser, by Playwright.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::counts::Counts;
use crate::process::{package_script, succeeds};
use crate::serve::Server;
use crate::{root, tools, www};

/// The site is served a second time below this path: its addresses must be relative.
const BELOW: &str = "/a/longer/path";

/// Some tests of Playwright's.
pub struct Suite {
    pub config: &'static str,
    /// The report's name below `www/node_modules/`.
    pub report: &'static str,
}

/// What a plain `cargo xtask test` leaves to `--all`, among the names of projects, files, tests and tags: what is marked so; on the
/// narrow screen all that is not about it alone; and on the wide one what is.
const LONGER: &str = r"@longer|\bphone (?!phone|opening|smoke|look)[\w-]+\.spec|\bdesktop phone\.spec";

/// The tests that are run for every change; with arguments, those that they choose.
pub fn tests(rest: &[String]) -> Result<Counts> {
    if rest.is_empty() { of_site(&["--grep-invert".to_owned(), LONGER.to_owned()]) } else { of_site(rest) }
}

/// The tests that others of their kind stand for in a plain run.
pub fn longer(rest: &[String]) -> Result<Counts> {
    let longer = ["--grep".to_owned(), LONGER.to_owned()];
    of_site(&[&longer, rest].concat())
}

fn of_site(rest: &[String]) -> Result<Counts> {
    let server = Server::of_site(BELOW)?;
    run(
        &Suite { config: "tests/browser/playwright.config.ts", report: ".xtask-browser.json" },
        rest,
        |playwright| {
            playwright
                .env("GRU_SITE", format!("http://{}/", server.address))
                .env("GRU_SITE_BELOW", format!("http://{}{BELOW}/", server.address));
        },
    )
}

/// Runs tests in the browser that is here; `tell` says where their pages are.
pub fn run(suite: &Suite, rest: &[String], tell: impl FnOnce(&mut Command)) -> Result<Counts> {
    let browser = tools::browser()?;
    let report = www().join("node_modules").join(suite.report);
    let _ = fs::remove_file(&report);
    let mut playwright = package_script("@playwright/test/cli.js");
    playwright
        .args(["test", "--reporter=list,json", "--config"])
        .arg(root().join(suite.config))
        .args(rest)
        .env("GRU_CHROMIUM", &browser)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    tell(&mut playwright);
    println!("{}", browser.display());
    let well = succeeds(&mut playwright, "playwright")?;
    // Without a report, Playwright said why it made none.
    let Ok(text) = fs::read_to_string(&report) else { return Ok(Counts::default().ended(well)) };
    let report: Report = serde_json::from_str(&text).context("Playwright's report")?;
    Ok(report.counts().ended(well))
}

/// What Playwright's JSON reporter writes.
#[derive(Deserialize)]
struct Report {
    stats: Stats,
    suites: Vec<Group>,
}

#[derive(Deserialize)]
struct Stats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

/// A file of tests, or a group within one.
#[derive(Deserialize)]
struct Group {
    #[serde(default)]
    suites: Vec<Group>,
    #[serde(default)]
    specs: Vec<Spec>,
}

#[derive(Deserialize)]
struct Spec {
    title: String,
    file: String,
    line: u64,
    tests: Vec<Test>,
}

/// A test in one of the projects.
#[derive(Deserialize)]
struct Test {
    status: Status,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Status {
    Expected,
    Unexpected,
    Flaky,
    Skipped,
}

impl Report {
    fn counts(&self) -> Counts {
        let Stats { expected, unexpected, flaky, skipped } = self.stats;
        let [failures, retried] = [Status::Unexpected, Status::Flaky].map(|status| {
            let mut names = Vec::new();
            self.suites.iter().for_each(|group| group.add_names(status, &mut names));
            names
        });
        Counts {
            passed: expected + flaky,
            failed: unexpected,
            skipped,
            failures,
            retried,
            ..Counts::default()
        }
    }
}

impl Group {
    /// Adds the places and names of the tests that ended so.
    fn add_names(&self, status: Status, names: &mut Vec<String>) {
        for Spec { title, file, line, tests } in &self.specs {
            let ended_so = tests.iter().filter(|test| test.status == status);
            names.extend(ended_so.map(|_| format!("{file}:{line} {title}")));
        }
        self.suites.iter().for_each(|group| group.add_names(status, names));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_failed_or_were_tried_again_are_named_with_their_place_however_deep_they_stand() {
        let report: Report = serde_json::from_str(
            r#"{
                "stats": { "expected": 2, "unexpected": 1, "flaky": 1, "skipped": 0, "duration": 1.5 },
                "suites": [{
                    "title": "a.spec.ts",
                    "specs": [{
                        "title": "it opens", "file": "a.spec.ts", "line": 3,
                        "tests": [{ "projectName": "desktop", "status": "expected" }, { "status": "flaky" }]
                    }],
                    "suites": [{
                        "title": "closed",
                        "specs": [
                            { "title": "it closes", "file": "a.spec.ts", "line": 9, "tests": [{ "status": "unexpected" }] },
                            { "title": "it stays", "file": "a.spec.ts", "line": 12, "tests": [{ "status": "expected" }] }
                        ]
                    }]
                }]
            }"#,
        )
        .unwrap();
        let failures = vec!["a.spec.ts:9 it closes".to_owned()];
        let retried = vec!["a.spec.ts:3 it opens".to_owned()];
        assert_eq!(report.counts(), Counts { passed: 3, failed: 1, failures, retried, ..Counts::default() });
    }
}
