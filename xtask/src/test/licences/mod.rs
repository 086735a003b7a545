//! What the project is made of: the licences of all packages, where they come from, and which stand twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use spdx::{Expression, ParseMode};

use super::counts::Counts;
use crate::process::cargo;
use crate::root;

/// Licences that let us pass the package on, or use it as a tool.
const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    // Tools of the build and of tests; nothing of them goes with the page.
    "MPL-2.0",
    // The typefaces.
    "OFL-1.1",
    "Python-2.0",
    "Unicode-3.0",
    // Unicode's data, by its licence's older name.
    "Unicode-DFS-2016",
    "Zlib",
];

/// Where a crate may come from, besides the workspace.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates that stand more than once, and why. None of them goes with the page in two versions.
const TWICE: [(&str, &str); 5] = [
    ("cpufeatures", "sha2 in xtask, and rand in tests"),
    ("hashbrown", "safetensors, and xtask's readers of wasm"),
    ("rand", "ruint offers three, none of which is compiled; proptest has the last"),
    ("rand_core", "follows rand"),
    ("syn", "derives change to the third at different times"),
];

const NPM_LOCKS: [&str; 5] = ["www", "bench", "tests/audit", "tests/hosts", "tests/journey"];

/// Packages of npm whose lock names no licence, and where it stands.
const UNNAMED: [(&str, &str); 1] =
    [("node_modules/parse-cache-control", "BSD, in an older field of its manifest; Lighthouse has it")];

pub fn check(_rest: &[String]) -> Result<Counts> {
    let output = cargo().args(["metadata", "--locked", "--format-version", "1"]).output()?;
    ensure!(output.status.success(), "`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr));
    let ResolvedPackages { packages } = serde_json::from_slice(&output.stdout)?;
    let mut faults = crate_faults(&packages);
    faults.extend(repetitions(&packages, &TWICE));
    for folder in NPM_LOCKS {
        let file = format!("{folder}/package-lock.json");
        let text = fs::read_to_string(root().join(&file)).context(file.clone())?;
        let lock: NpmLock = serde_json::from_str(&text).context(file.clone())?;
        faults.extend(lock.faults().map(|fault| format!("{file}: {fault}")));
    }
    for fault in &faults {
        println!("{fault}");
    }
    Ok(Counts::one(faults.is_empty()))
}

#[derive(Deserialize)]
struct ResolvedPackages {
    packages: Vec<ResolvedPackage>,
}

/// A crate, as cargo tells it.
#[derive(Deserialize)]
struct ResolvedPackage {
    name: String,
    version: String,
    license: Option<String>,
    /// None for what lies in the workspace.
    source: Option<String>,
}

fn crate_faults(packages: &[ResolvedPackage]) -> Vec<String> {
    let mut faults = Vec::new();
    for ResolvedPackage { name, version, license, source } in packages {
        if let Some(fault) = licence_fault(license.as_deref()) {
            faults.push(format!("{name} {version} {fault}"));
        }
        if source.as_ref().is_some_and(|source| source != REGISTRY) {
            faults.push(format!("{name} {version} comes from {}", source.as_deref().unwrap_or_default()));
        }
    }
    faults
}

/// Crates that stand more than once without a reason, and reasons that are no longer needed.
fn repetitions(packages: &[ResolvedPackage], reasons: &[(&str, &str)]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    let is_known = |name: &str| reasons.iter().any(|(known, _)| *known == name);
    let repeated = versions.iter().filter(|(_, versions)| versions.len() > 1);
    let mut faults: Vec<String> = repeated
        .filter(|(name, _)| !is_known(name))
        .map(|(name, versions)| {
            let versions: Vec<&str> = versions.iter().copied().collect();
            format!(
                "{name} stands {} times, {}: `cargo tree --duplicates` says why",
                versions.len(),
                versions.join(" and ")
            )
        })
        .collect();
    let stands_once = |name: &str| versions.get(name).is_none_or(|versions| versions.len() < 2);
    let idle = reasons.iter().filter(|(name, _)| stands_once(name));
    faults.extend(idle.map(|(name, _)| format!("{name} no longer stands twice: take it out of TWICE")));
    faults
}

/// What npm has locked.
#[derive(Deserialize)]
struct NpmLock {
    packages: BTreeMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    license: Option<String>,
    /// The hash of what npm's registry has; a package from elsewhere has none.
    integrity: Option<String>,
    resolved: Option<String>,
}

impl NpmLock {
    fn faults(&self) -> impl Iterator<Item = String> {
        self.packages.iter().flat_map(|(name, locked)| {
            // The lock's own folder has no name.
            let comes_from_registry = name.is_empty()
                || locked.integrity.is_some()
                    && locked
                        .resolved
                        .as_ref()
                        .is_none_or(|url| url.starts_with("https://registry.npmjs.org/"));
            let licence = licence_fault(locked.license.as_deref())
                .filter(|_| locked.license.is_some() || UNNAMED.iter().all(|(unnamed, _)| unnamed != name));
            let source =
                (!comes_from_registry).then(|| "comes from elsewhere than npm's registry".to_owned());
            licence.into_iter().chain(source).map(move |fault| format!("{name} {fault}"))
        })
    }
}

/// What is wrong with a licence, an SPDX expression.
fn licence_fault(licence: Option<&str>) -> Option<String> {
    let Some(licence) = licence else { return Some("names no licence".to_owned()) };
    // Older crates write `MIT/Apache-2.0`.
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
        return Some(format!("has a licence that is no SPDX expression: {licence}"));
    };
    // An exception only permits more.
    let is_allowed = expression
        .evaluate(|requirement| requirement.license.id().is_some_and(|id| ALLOWED.contains(&id.name)));
    (!is_allowed).then(|| format!("has a licence that is not allowed: {licence}"))
}

#[cfg(test)]
mod tests;
