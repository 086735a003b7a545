//! The way from sources to the site; what did not change is not done again.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::steps::Steps;
use crate::wasm::Effort;
use crate::{dist, packages, site, tools, wasm};

/// How far to go.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Goal {
    /// `www/pkg/`.
    Wasm(Effort),
    /// And `dist/`.
    Site,
}

/// `cargo xtask build`
pub fn run(args: &[String]) -> Result<ExitCode> {
    if let Some(arg) = args.first() {
        bail!("`cargo xtask build` takes no arguments, but got '{arg}'");
    }
    let steps = reach(Goal::Site)?;
    steps.finish(&format!("the site is in {}", dist().display()));
    Ok(ExitCode::SUCCESS)
}

/// Does what is needed to reach a goal.
pub fn reach(goal: Goal) -> Result<Steps> {
    let (count, effort) = match goal {
        Goal::Wasm(effort) => (4, effort),
        Goal::Site => (5, Effort::Full),
    };
    let mut steps = Steps::new(count);
    steps.step("check the tools", tools::check)?;
    steps.step("install the npm packages", packages::install)?;
    package_core(&mut steps, effort)?;
    if goal == Goal::Site {
        steps.step("build the site", site::bundle)?;
    }
    Ok(steps)
}

/// Compiles and packages the core: two steps.
pub fn package_core(steps: &mut Steps, effort: Effort) -> Result<()> {
    steps.step("compile the core to WebAssembly", wasm::compile)?;
    steps.step("give it its JavaScript and shrink it", || wasm::package(effort))
}
