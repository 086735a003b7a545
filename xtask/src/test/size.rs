//! The wasm module against `budgets.toml`.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result, ensure};
use flate2::write::GzEncoder;
use serde::Deserialize;

use super::counts::Counts;
use crate::{root, wasm};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budgets {
    wasm: Budget,
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
    let module = fs::read(wasm::module()).context("the built module")?;
    let gzip = gzipped(&module)?;
    println!(
        "wasm: {} raw, {} gzip (budget {}), {} brotli",
        kilobytes(module.len()),
        kilobytes(gzip),
        kilobytes(budgets.wasm.gzip),
        kilobytes(brotlied(&module)?),
    );
    ensure!(
        gzip <= budgets.wasm.gzip,
        "the module is {} gzip, {} over its budget in budgets.toml",
        kilobytes(gzip),
        kilobytes(gzip - budgets.wasm.gzip)
    );
    Ok(Counts::one(true))
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

fn kilobytes(bytes: usize) -> String {
    format!("{:.1} KB", bytes as f64 / 1000.0)
}
