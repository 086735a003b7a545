//! The way from sources to the site; what did not change is not done again.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::steps::Steps;
use crate::wasm::Effort;
use crate::{dist, site, tools, wasm};

/// How far to go.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Goal {
    /// `www/pkg/`.
    Wasm(Effort),
    /// And the page in one file.
    Single,
    /// And `dist/`.
    Site(Effort),
}

/// `cargo xtask build`
pub fn run(args: &[String]) -> Result<ExitCode> {
    match args {
        [] => reach(Goal::Site(Effort::Full))?.finish(&format!("the site is in {}", dist().display())),
        [single] if single == "--single" => {
            reach(Goal::Single)?.finish(&format!("the page is in {}", site::single_file().display()));
        }
        _ => bail!("`cargo xtask build` takes --single or nothing, but got '{}'", args.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}

/// Does what is needed to reach a goal.
pub fn reach(goal: Goal) -> Result<Steps> {
    let (count, effort) = match goal {
        Goal::Wasm(effort) => (2, effort),
        Goal::Single => (3, Effort::Full),
        Goal::Site(effort) => (4, effort),
    };
    let mut steps = Steps::new(count);
    steps.step("check the tools", tools::check)?;
    steps.step("install the npm packages and make the wasm modules", || wasm::make(effort))?;
    if goal >= Goal::Single {
        steps.step("build the page as one file", site::bundle_single)?;
    }
    if goal > Goal::Single {
        steps.step("build the site", site::bundle)?;
    }
    Ok(steps)
}
