//! The npm packages of `www/`, as its lock file has them.

use std::env::consts::{ARCH, OS};

use anyhow::Result;

use crate::process;
use crate::stamp::{Digest, Stamp};
use crate::steps::Outcome;
use crate::www;

/// `npm ci`, when the lock file changed.
pub fn install() -> Result<Outcome> {
    let inputs = Digest::default()
        .with((OS, ARCH))
        .with_files(&www().join("package.json"), &|_| false)?
        .with_files(&www().join("package-lock.json"), &|_| false)?;
    // npm's own record of what it installed stands for the packages: they are too many to read each time.
    let installed = www().join("node_modules");
    let stamp = Stamp::new(installed.join(".xtask-packages"), installed.join(".package-lock.json"), &inputs);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    stamp.clear()?;
    process::run(process::npm().args(["ci", "--no-audit", "--no-fund"]), "npm ci")?;
    stamp.keep()?;
    Ok(Outcome::Done)
}
