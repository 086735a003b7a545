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

pub fn tests(rest: &[String]) -> Result<Counts> {
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
    ok: bool,
    file: String,
    line: u64,
}

impl Report {
    fn counts(&self) -> Counts {
        let mut failures = Vec::new();
        self.suites.iter().for_each(|group| group.failed(&mut failures));
        let Stats { expected, unexpected, flaky, skipped } = self.stats;
        Counts { passed: expected, failed: unexpected + flaky, skipped, failures, ..Counts::default() }
    }
}

impl Group {
    fn failed(&self, names: &mut Vec<String>) {
        let failed = self.specs.iter().filter(|spec| !spec.ok);
        names.extend(failed.map(|Spec { title, file, line, .. }| format!("{file}:{line} {title}")));
        self.suites.iter().for_each(|group| group.failed(names));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_test_is_named_with_its_place_however_deep_it_stands() {
        let report: Report = serde_json::from_str(
            r#"{
                "stats": { "expected": 2, "unexpected": 1, "flaky": 0, "skipped": 0, "duration": 1.5 },
                "suites": [{
                    "title": "a.spec.ts",
                    "specs": [{ "title": "it opens", "ok": true, "file": "a.spec.ts", "line": 3 }],
                    "suites": [{
                        "title": "closed",
                        "specs": [
                            { "title": "it closes", "ok": false, "file": "a.spec.ts", "line": 9 },
                            { "title": "it stays", "ok": true, "file": "a.spec.ts", "line": 12 }
                        ]
                    }]
                }]
            }"#,
        )
        .unwrap();
        let failures = vec!["a.spec.ts:9 it closes".to_owned()];
        assert_eq!(report.counts(), Counts { passed: 2, failed: 1, failures, ..Counts::default() });
    }
}
