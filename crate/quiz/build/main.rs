//! Compiles in, as Rust constants, the question bank, after checking `src/bank.toml`.

mod bank;
mod check;
#[path = "../src/constant.rs"]
mod constant;
#[allow(dead_code)]
#[path = "../../call/src/call/release.rs"]
mod release;
#[path = "../src/schema.rs"]
mod schema;

use std::path::Path;
use std::{env, fs, process};

const BANK: &str = "src/bank.toml";

fn main() {
    println!("cargo::rerun-if-changed={BANK}");
    if let Err(message) = compile() {
        for line in message.lines() {
            println!("cargo::error={line}");
        }
        process::exit(1);
    }
}

fn compile() -> Result<(), String> {
    let text = fs::read_to_string(BANK).map_err(|error| format!("crate/quiz/{BANK}: {error}"))?;
    let bank = bank::read(&text).map_err(|message| format!("crate/quiz/{BANK}: {message}"))?;
    // Proofs are for the tests, which are native.
    let bank = if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        bank::without_proofs(&bank)
    } else {
        bank
    };
    let directory = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let path = Path::new(&directory).join("bank.rs");
    fs::write(&path, bank::to_rust(&bank)).map_err(|error| format!("{}: {error}", path.display()))
}
