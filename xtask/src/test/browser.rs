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
    #[derive(Deserialize)]
    struct Report {
        stats: Stats,
    }
    #[derive(Deserialize)]
    struct Stats {
        expected: u64,
        unexpected: u64,
        flaky: u64,
        skipped: u64,
    }
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
    let Report { stats } = serde_json::from_str(&text).context("Playwright's report")?;
    let counts = Counts {
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky,
        skipped: stats.skipped,
        ..Counts::default()
    };
    Ok(counts.ended(well))
}
