//! What the wasm modules, the first visit and the single file weigh; the first visit is held to `budgets.toml`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use flate2::write::GzEncoder;
use serde::Deserialize;

use super::counts::Counts;
use crate::serve::Server;
use crate::wasm::MODULES;
use crate::{dist, process, root, site, tools};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budgets {
    first_visit: Budget,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// Bytes after gzip.
    gzip: usize,
}

pub fn check(_: &[String]) -> Result<Counts> {
    let budgets = fs::read_to_string(root().join("budgets.toml")).context("budgets.toml")?;
    let budgets: Budgets = toml::from_str(&budgets).context("budgets.toml")?;
    for module in MODULES {
        let name = module.full_name();
        let bytes = fs::read(module.published()).with_context(|| format!("the built module {name}"))?;
        let gzip = gzipped(&bytes)?;
        println!("{name}: {} raw, {} gzip", kilobytes(bytes.len()), kilobytes(gzip));
    }
    let single = fs::read(site::single_file()).context("the single file")?;
    let gzip = gzipped(&single)?;
    println!("single_file: {} raw, {} gzip", kilobytes(single.len()), kilobytes(gzip));
    first_visit(&budgets.first_visit)
}

/// What a browser asks for on its first visit, by its own account.
fn first_visit(budget: &Budget) -> Result<Counts> {
    #[derive(Deserialize)]
    struct Requests {
        /// By the page.
        visit: Vec<String>,
        /// By the service worker, which stores the rest while the page is already in use.
        stored: Vec<String>,
    }
    // Browsers ask for these out of the sight of scripts.
    const UNSEEN: [&str; 2] = ["favicon.svg", "manifest.webmanifest"];
    let server = Server::of_site("/below")?;
    let mut script = process::node();
    script.arg("build/first-visit.mjs").arg(tools::browser()?).arg(format!("http://{}/", server.address));
    let mut requests = None;
    let well = process::each_line(&mut script, "the first visit", |line| {
        requests = serde_json::from_str::<Requests>(line).ok();
    })?;
    let requests = requests.filter(|_| well).context("the first visit ended badly: see above")?;
    let visit: BTreeSet<_> = requests.visit.iter().map(String::as_str).chain(UNSEEN).collect();
    let mut total = 0;
    for path in &visit {
        let bytes =
            fs::read(dist().join(path)).with_context(|| format!("{path}, which the page asked for"))?;
        // Servers leave alone what gzip makes no smaller.
        let gzip = gzipped(&bytes)?.min(bytes.len());
        println!("  {:>9}  {path}", kilobytes(gzip));
        total += gzip;
    }
    println!("first_visit: {} gzip in {} files", kilobytes(total), visit.len());
    let mut stored = 0;
    for path in &requests.stored {
        let bytes = fs::read(dist().join(path)).with_context(|| format!("{path}, which is to be stored"))?;
        stored += gzipped(&bytes)?.min(bytes.len());
    }
    println!(
        "then, for use without a network: {} gzip in {} files",
        kilobytes(stored),
        requests.stored.len()
    );
    let fits = total <= budget.gzip;
    let difference = kilobytes(total.abs_diff(budget.gzip));
    println!("first_visit: {difference} {} its budget", if fits { "below" } else { "over" });
    Ok(Counts::one(fits))
}

/// Bytes after gzip at its best.
fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

/// In KB, as people read it.
pub fn kilobytes(bytes: usize) -> String {
    format!("{:.1} KB", bytes as f64 / 1000.0)
}
