//! Format, lints and tests of the Rust code.

use anyhow::Result;

use super::counts::Counts;
use crate::process::{cargo, each_line, run, succeeds};
use crate::root;
use crate::tools::{self, WASM_TARGET};
use crate::wasm::Flavour;

pub fn fmt(rest: &[String]) -> Result<Counts> {
    one(&["fmt", "--all", "--check"], rest)
}

pub fn clippy(rest: &[String]) -> Result<Counts> {
    one(&["clippy", "--workspace", "--all-targets"], &deny_warnings(rest))
}

/// What only wasm compiles of the boundary; the rooms are linted natively.
pub fn clippy_wasm(rest: &[String]) -> Result<Counts> {
    tools::wasm_target()?;
    let mut counts = Counts::default();
    for flavour in [Flavour::Simd128, Flavour::Relaxed] {
        // Clippy has a wrapper of its own, so all crates are told.
        let config = format!("target.{WASM_TARGET}.rustflags={:?}", flavour.rustc_flags());
        let args =
            ["clippy", "--package", "gru-playground-wasm", "--target", WASM_TARGET, "--config", &config];
        counts += one(&args, &deny_warnings(rest))?;
    }
    // What a module does not export leaves nothing behind that is never used.
    for features in ["page", "quiz", "run", "lab", "code"] {
        let alone = ["--target", WASM_TARGET, "--no-default-features", "--features", features];
        counts += one(
            &[&["clippy", "--package", "gru-playground-wasm"], &alone[..]].concat(),
            &deny_warnings(rest),
        )?;
    }
    Ok(counts)
}

/// The documentation, whose links must lead somewhere.
pub fn doc(rest: &[String]) -> Result<Counts> {
    let mut command = cargo();
    command.args(["doc", "--workspace", "--no-deps"]).args(rest).env("RUSTDOCFLAGS", "-D warnings");
    Ok(Counts::one(succeeds(&mut command, "cargo doc")?))
}

/// Every crate as it would be published; its files alone, for the other checks have built it.
pub fn package(rest: &[String]) -> Result<Counts> {
    // The rooms that a crate depends on are packed with it. What is patched here is asked of the registry, for a published crate has
    // no patch: where nothing has asked for it before, it is not there.
    run(cargo().args(["fetch", "--locked"]), "cargo fetch")?;
    one(&["package", "--workspace", "--no-verify", "--allow-dirty", "--quiet"], rest)
}

pub fn tests(rest: &[String]) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]).args(rest);
    let well = each_line(&mut command, "cargo test", |line| {
        println!("{line}");
        counts.add_cargo_line(line);
    })?;
    Ok(counts.ended(well))
}

/// A million inputs for each part of the runner of programs: the parser, evaluation and the functions of tensors; and a tenth of
/// that for what recognises a pasted text, which goes over each with every form that it knows.
pub fn inputs(rest: &[String]) -> Result<Counts> {
    let mut counts = Counts::default();
    for (room, inputs) in [("gru-playground-python", "1000000"), ("gru-playground-paste", "100000")] {
        let mut command = cargo();
        command.args(["test", "--package", room, "--test", "robust"]).args(rest);
        counts += Counts::one(succeeds(command.env("GRU_INPUTS", inputs), "cargo test")?);
    }
    Ok(counts)
}

/// The tests that go over random files and calls, over many more of them; with the checks of overflows that tests have.
pub fn many(rest: &[String]) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut command = cargo();
    command.args(["test", "--package", "gru-playground", "--test", "it"]).args(rest);
    command.args(["--", "weights_fuzz", "diagnostic_many"]).env("GRU_LONGER", "1");
    let well = each_line(&mut command, "cargo test", |line| {
        println!("{line}");
        counts.add_cargo_line(line);
    })?;
    Ok(counts.ended(well))
}

/// The rooms compile for systems that nobody here has; `wasm` is for browsers alone, and xtask links C.
pub fn systems(rest: &[String]) -> Result<Counts> {
    let mut counts = Counts::default();
    for target in ["x86_64-pc-windows-gnu", "aarch64-apple-darwin"] {
        if let Err(why) = tools::rust_target(target) {
            counts += Counts::left_out(target, &format!("{why:#}"));
            continue;
        }
        let others = ["--exclude", "xtask", "--exclude", "gru-playground-wasm"];
        counts += one(&[&["check", "--workspace", "--target", target], &others[..]].concat(), rest)?;
    }
    Ok(counts)
}

/// What the bench compares us with has a workspace of its own, which no other check compiles.
pub fn peers(rest: &[String]) -> Result<Counts> {
    tools::wasm_target()?;
    let manifest = root().join("bench/peers/Cargo.toml");
    let manifest = manifest.to_string_lossy();
    let check = ["check", "--locked", "--manifest-path", &manifest];
    let for_browsers =
        ["-p", "bench-inside", "-p", "bench-naive", "-p", "bench-candle", "--target", WASM_TARGET];
    let mut counts = one(&[&check[..], &for_browsers].concat(), rest)?;
    counts += one(&[&check[..], &["-p", "bench-native"]].concat(), rest)?;
    Ok(counts)
}

fn deny_warnings(rest: &[String]) -> Vec<String> {
    ["--", "-D", "warnings"].into_iter().map(str::to_owned).chain(rest.iter().cloned()).collect()
}

fn one(args: &[&str], rest: &[String]) -> Result<Counts> {
    Ok(Counts::one(succeeds(cargo().args(args).args(rest), args[0])?))
}
