//! The site in `dist/` and the page in one file, made by Vite.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;
use crate::stamp::{Digest, Stamp};
use crate::steps::Outcome;
use crate::{dist, root, www};

/// The page in one file, which opens from a disk; the site offers it too.
pub fn single_file() -> PathBuf {
    root().join("dist-single").join(SINGLE)
}

const SINGLE: &str = "gru-playground.html";

/// `vite build`, when anything in `www/` changed.
pub fn bundle() -> Result<Outcome> {
    let stamp = Stamp::new(packages().join(".xtask-site"), dist(), &inputs()?);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    stamp.clear()?;
    process::run(process::package_script("vite/bin/vite.js").arg("build"), "vite build")?;
    embedding(&[])?;
    let beside = dist().join(SINGLE);
    fs::copy(single_file(), &beside).with_context(|| format!("cannot write {}", beside.display()))?;
    stamp.keep()?;
    Ok(Outcome::Done)
}

/// What pages of others load, built into the site or, with `--mode package`, for the npm package.
pub fn embedding(args: &[&str]) -> Result<()> {
    let mut vite = process::package_script("vite/bin/vite.js");
    process::run(
        vite.args(["build", "--config", "vite.embed.config.ts"]).args(args),
        "vite build of the elements",
    )
}

/// The single file, when anything in `www/` changed.
pub fn bundle_single() -> Result<Outcome> {
    let stamp = Stamp::new(packages().join(".xtask-single"), single_file(), &inputs()?);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    stamp.clear()?;
    let mut vite = process::package_script("vite/bin/vite.js");
    vite.args(["build", "--config", "vite.single.config.ts", "--mode", "single"]);
    process::run(&mut vite, "vite build of the single file")?;
    stamp.keep()?;
    Ok(Outcome::Done)
}

fn packages() -> PathBuf {
    www().join("node_modules")
}

fn inputs() -> Result<Digest> {
    let packages = packages();
    Digest::default().with_files(&www(), &|path: &Path| path == packages)
}
