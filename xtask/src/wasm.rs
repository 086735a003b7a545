//! The wasm package in `www/pkg/`: compiled by cargo, given its JavaScript by wasm-bindgen, shrunk by wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::process;
use crate::stamp::{Digest, Stamp};
use crate::steps::Outcome;
use crate::tools::WASM_TARGET;
use crate::{root, www};

const NAME: &str = "gru_playground";

/// What rustc may emit, by name: `--all-features` would let wasm-opt write what browsers refuse.
const OPTIMISE: &[&str] = &[
    "-O3",
    // rustc has inlined what pays; more of it here makes the module 10 KB gzip larger and no faster.
    "--always-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    // So has it removed common subexpressions: again, smaller without.
    "--skip-pass=local-cse",
    // Copies of one generic function side by side are within gzip's reach of each other.
    "--reorder-functions-by-name",
    "--converge",
    // The stack ends at address 0 and the data begins a megabyte above it: nothing lies in the first KB.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// How much work goes into the package.
#[derive(Clone, Copy, Hash, PartialEq, PartialOrd)]
pub enum Effort {
    /// Without wasm-opt, for the edit and reload of `serve --dev`.
    Quick,
    /// As it is published.
    Full,
}

/// `www/pkg/`.
pub fn folder() -> PathBuf {
    www().join("pkg")
}

/// The module that browsers load.
pub fn module() -> PathBuf {
    folder().join(format!("{NAME}_bg.wasm"))
}

/// Has cargo compile the core and returns where it put the module.
pub fn compile() -> Result<PathBuf> {
    let mut cargo = process::cargo();
    cargo
        .args(["build", "--release", "--lib", "--package", "gru-playground", "--target", WASM_TARGET])
        .args(["--message-format", "json-render-diagnostics"])
        .arg("--config")
        .arg(format!("target.{WASM_TARGET}.rustflags={}", serde_json::to_string(&remapped_paths())?));
    let mut module = None;
    let what = "compiling the core to WebAssembly";
    let ended_well = process::each_line(&mut cargo, what, |line| {
        if let Ok(Message { filenames, target: Some(target) }) = serde_json::from_str(line)
            && target.name == NAME
        {
            module = filenames.into_iter().find(|file| file.extension().is_some_and(|it| it == "wasm"));
        }
    })?;
    anyhow::ensure!(ended_well, "{what} failed: see above");
    module.context("cargo built the core but named no .wasm file")
}

/// One line of what cargo tells in JSON; only the finished library's has both fields.
#[derive(serde::Deserialize)]
struct Message {
    #[serde(default)]
    filenames: Vec<PathBuf>,
    target: Option<Target>,
}

#[derive(serde::Deserialize)]
struct Target {
    name: String,
}

/// Panic messages carry source paths: the same everywhere, they tell nothing about the machine that built.
fn remapped_paths() -> Vec<String> {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let sources = cargo_home.as_ref().map(|home| home.join("registry").join("src"));
    let sources = sources.and_then(|sources| fs::read_dir(sources).ok()).into_iter().flatten().flatten();
    let mut folders: Vec<_> = sources.map(|entry| entry.path()).collect();
    folders.sort();
    // rustc applies the last one that fits, so the wider ones come first.
    let wide = cargo_home.map(|home| (home, "/cargo"));
    let narrow = folders.into_iter().map(|folder| (folder, "/deps"));
    wide.into_iter()
        .chain(narrow)
        .chain([(root().to_owned(), "/gru")])
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .collect()
}

/// Makes `www/pkg/` of the compiled module.
pub fn package(compiled: &Path, effort: Effort) -> Result<Outcome> {
    let inputs = Digest::default()
        .with(effort)
        // How the package is made is an input too.
        .with(include_str!("wasm.rs"))
        .with_files(compiled, &|_| false)?
        .with_files(&root().join("Cargo.lock"), &|_| false)?
        .with_files(&www().join("node_modules/binaryen/package.json"), &|_| false)?;
    let stamp = Stamp::new(folder().join(".stamp"), folder(), &inputs);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    stamp.clear()?;
    Bindgen::new()
        .input_path(compiled)
        .out_name(NAME)
        .web(true)?
        .typescript(true)
        .remove_producers_section(true)
        // A page can renew the instance after a panic, which leaves it unusable, without a reload.
        .reset_state_function(true)
        .generate(folder())
        .context("wasm-bindgen failed")?;
    fs::write(folder().join("package.json"), manifest()?)?;
    if effort == Effort::Full {
        optimise()?;
    }
    stamp.keep()?;
    Ok(Outcome::Done)
}

fn optimise() -> Result<()> {
    let mut wasm_opt = process::package_script("binaryen/bin/wasm-opt");
    wasm_opt.args(OPTIMISE).arg(module()).arg("--output").arg(module());
    process::run(&mut wasm_opt, "wasm-opt")
}

/// The package as Node and bundlers see it.
fn manifest() -> Result<String> {
    let manifest = serde_json::json!({
        "name": "gru-playground",
        "version": env!("CARGO_PKG_VERSION"),
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "main": format!("{NAME}.js"),
        "types": format!("{NAME}.d.ts"),
        "sideEffects": false,
    });
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}
