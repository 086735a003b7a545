//! The site in `dist/`, made by Vite.

use std::path::Path;

use anyhow::Result;

use crate::process;
use crate::stamp::{Digest, Stamp};
use crate::steps::Outcome;
use crate::{dist, www};

/// `vite build`, when anything in `www/` changed.
pub fn bundle() -> Result<Outcome> {
    let packages = www().join("node_modules");
    let inputs = Digest::default().with_files(&www(), &|path: &Path| path == packages)?;
    let stamp = Stamp::new(packages.join(".xtask-site"), dist(), &inputs);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    stamp.clear()?;
    process::run(process::package_script("vite/bin/vite.js").arg("build"), "vite build")?;
    embedding(&[])?;
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
