//! The wasm modules against `budgets.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use flate2::write::GzEncoder;
use serde::Deserialize;

use super::counts::Counts;
use crate::root;
use crate::wasm::MODULES;

/// By module.
type Budgets = BTreeMap<String, Budget>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// Bytes after gzip.
    gzip: usize,
}

pub fn check(_: &[String]) -> Result<Counts> {
    let budgets = fs::read_to_string(root().join("budgets.toml")).context("budgets.toml")?;
    let budgets: Budgets = toml::from_str(&budgets).context("budgets.toml")?;
    let mut counts = Counts::default();
    for module in MODULES {
        let name = module.full_name();
        let budget = budgets
            .get(module.name)
            .with_context(|| format!("budgets.toml has no bound for {}", module.name))?;
        let bytes = fs::read(module.published()).with_context(|| format!("the built module {name}"))?;
        let gzip = gzipped(&bytes)?;
        println!(
            "{name}: {} raw, {} gzip (budget {}), {} brotli",
            kilobytes(bytes.len()),
            kilobytes(gzip),
            kilobytes(budget.gzip),
            kilobytes(brotlied(&bytes)?),
        );
        if gzip > budget.gzip {
            println!("{name} is {} over its budget in budgets.toml", kilobytes(gzip - budget.gzip));
        }
        counts += Counts::one(gzip <= budget.gzip);
    }
    Ok(counts)
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotlied(bytes: &[u8]) -> Result<usize> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out.len())
}

/// In KB, as people read it.
pub fn kilobytes(bytes: usize) -> String {
    format!("{:.1} KB", bytes as f64 / 1000.0)
}
