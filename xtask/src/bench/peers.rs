//! What the bench measures against: the modules of `bench/peers/`, the npm packages of `bench/`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::folder;
use crate::stamp::{Digest, Stamp};
use crate::steps::Outcome;
use crate::tools::WASM_TARGET;
use crate::wasm::{self, Flavour};
use crate::{process, root};

/// The modules by crate, and the flavours that each is built in.
const MODULES: [(&str, &[Flavour]); 3] = [
    ("candle", &[Flavour::Simd128]),
    ("naive", &[Flavour::Simd128]),
    ("inside", &[Flavour::Simd128, Flavour::Relaxed]),
];

/// `bench/`.
fn sources() -> PathBuf {
    root().join("bench")
}

/// `bench/node_modules/`.
pub fn packages() -> PathBuf {
    sources().join("node_modules")
}

/// The page that the engines run in.
pub fn page() -> PathBuf {
    sources().join("page")
}

/// The built modules with their JavaScript.
pub fn modules() -> PathBuf {
    folder().join("peers")
}

/// `npm ci` in `bench/`, when its lock file changed.
pub fn install() -> Result<Outcome> {
    let inputs = Digest::default().with_files(&sources().join("package-lock.json"), &|_| false)?;
    let stamp =
        Stamp::new(packages().join(".xtask-packages"), packages().join(".package-lock.json"), &inputs);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    stamp.clear()?;
    let mut npm = process::npm();
    npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(sources());
    process::run(&mut npm, "npm ci in bench/")?;
    stamp.keep()?;
    Ok(Outcome::Done)
}

/// Compiles the modules and gives each its JavaScript; cargo knows what changed.
pub fn build() -> Result<Outcome> {
    fs::create_dir_all(modules())?;
    for (name, flavours) in MODULES {
        for &flavour in flavours {
            build_one(name, flavour)?;
        }
    }
    Ok(Outcome::Done)
}

fn build_one(name: &str, flavour: Flavour) -> Result<()> {
    let relaxed = flavour == Flavour::Relaxed;
    let mut cargo = cargo(&["build", "--target", WASM_TARGET, "--package", &format!("bench-{name}")]);
    if relaxed {
        // The core is measured in it: all that it is made of is compiled so.
        let flags = r#"["-C", "target-feature=+relaxed-simd"]"#;
        cargo.args(["--config", &format!("target.{WASM_TARGET}.rustflags={flags}")]);
    }
    process::run(&mut cargo, &format!("compiling {name} for the bench"))?;
    let library = format!("bench_{name}");
    let made = folder().join("cargo").join(WASM_TARGET).join("release").join(format!("{library}.wasm"));
    let suffix = if relaxed { "_relaxed" } else { "" };
    let apart = modules().join(format!("{name}{suffix}"));
    Bindgen::new()
        .input_path(made)
        .out_name(&library)
        .web(true)?
        .typescript(false)
        .generate(&apart)
        .with_context(|| format!("wasm-bindgen failed on {name}"))?;
    let published = modules().join(format!("{library}{suffix}_bg.wasm"));
    fs::copy(apart.join(format!("{library}_bg.wasm")), &published)?;
    wasm::quicken(&published, flavour)?;
    // The JavaScript is that of every flavour.
    fs::copy(apart.join(format!("{library}.js")), modules().join(format!("{library}.js")))?;
    Ok(())
}

/// Cargo on the bench's own workspace.
pub fn cargo(args: &[&str]) -> std::process::Command {
    let (command, options) = args.split_first().unwrap_or((&"build", &[]));
    let mut cargo = process::cargo();
    cargo
        .args([command, "--release", "--quiet", "--manifest-path"])
        .arg(sources().join("peers/Cargo.toml"))
        .arg("--target-dir")
        .arg(folder().join("cargo"))
        .args(options);
    cargo
}
