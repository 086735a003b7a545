//! Writes the exports that the tests hold the core to: `cargo run --example export_weights -- FOLDER`.

use std::path::PathBuf;
use std::{env, fs, io};

#[path = "../../tests/rust/weights_cases.rs"]
mod weights_cases;

fn main() -> io::Result<()> {
    let folder: PathBuf = env::args_os().nth(1).unwrap_or_else(|| "tests/golden/exports".into()).into();
    fs::create_dir_all(&folder)?;
    for case in weights_cases::cases() {
        fs::write(folder.join(format!("{}.onnx", case.name)), case.onnx())?;
        fs::write(folder.join(format!("{}.py.txt", case.name)), case.python())?;
    }
    Ok(())
}
