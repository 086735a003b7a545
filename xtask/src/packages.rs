//! The npm packages of `www/`, and of the tests that have some of their own, as the lock files have them.

use std::env::consts::{ARCH, OS};
use std::path::Path;

use anyhow::Result;

use crate::process;
use crate::stamp::{Digest, Stamp};
use crate::steps::Outcome;
use crate::www;

/// The packages of `www/`.
pub fn install() -> Result<Outcome> {
    install_into(&www())
}

/// `npm ci` in a folder, when its lock file changed.
pub fn install_into(folder: &Path) -> Result<Outcome> {
    let inputs = Digest::default()
        .with((OS, ARCH))
        .with_files(&folder.join("package.json"), &|_| false)?
        .with_files(&folder.join("package-lock.json"), &|_| false)?;
    // npm's own record of what it installed stands for the packages: they are too many to read each time.
    let installed = folder.join("node_modules");
    let stamp = Stamp::new(installed.join(".xtask-packages"), installed.join(".package-lock.json"), &inputs);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    stamp.clear()?;
    process::run(process::npm().args(["ci", "--no-audit", "--no-fund"]).current_dir(folder), "npm ci")?;
    stamp.keep()?;
    Ok(Outcome::Done)
}
