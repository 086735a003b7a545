//! The built site in a real browser, by Playwright.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::counts::Counts;
use crate::process::{package_script, succeeds};
use crate::{dist, root, serve, tools, www};

/// The site is served a second time below this path: its addresses must be relative.
const BELOW: &str = "/a/longer/path";

pub fn tests(rest: &[String]) -> Result<Counts> {
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
    let address = serve::in_background(&dist(), BELOW)?;
    let report = www().join("node_modules/.xtask-browser.json");
    let _ = fs::remove_file(&report);
    let mut playwright = package_script("@playwright/test/cli.js");
    playwright
        .args(["test", "--reporter=list,json", "--config"])
        .arg(root().join("tests/browser/playwright.config.ts"))
        .args(rest)
        .env("GRU_SITE", format!("http://{address}/"))
        .env("GRU_SITE_BELOW", format!("http://{address}{BELOW}/"))
        .env("GRU_CHROMIUM", &browser)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    println!("{} on http://{address}/", browser.display());
    let well = succeeds(&mut playwright, "playwright")?;
    // Without a report, Playwright said why it made none.
    let Ok(text) = fs::read_to_string(&report) else { return Ok(Counts::default().ended(well)) };
    let Report { stats } = serde_json::from_str(&text).context("Playwright's report")?;
    let counts =
        Counts { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
    Ok(counts.ended(well))
}
