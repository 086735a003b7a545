//! `cargo xtask weights FILE...`: what files of weights hold, a line of JSON each.

use std::fs;
use std::io::{Write, stdout};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use gru_playground::weights::{self, FileError, FoundModule, WeightFile};
use serde_json::{Value, json};

#[path = "../../../fuzz/entry.rs"]
#[allow(dead_code, reason = "shared with the fuzzers")]
mod entry;

/// Prints a line for each file; or, with `--mutate N`, reads N damaged copies of them.
pub fn run(args: &[String]) -> Result<ExitCode> {
    match args {
        [] => bail!("which files? cargo xtask weights FILE..."),
        [option, count, files @ ..] if option == "--mutate" => {
            mutate(count.parse().context("--mutate takes a number")?, files)
        }
        files => {
            for file in files {
                writeln!(stdout(), "{}", line(file))?;
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// What a file holds, or why it holds nothing that is read.
pub fn line(path: &str) -> Value {
    let name = Path::new(path).file_name().map_or(path.into(), |name| name.to_string_lossy());
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            return json!({ "file": name, "format": null, "found": [], "equations": null, "says": error.to_string() });
        }
    };
    match weights::open(&bytes) {
        Ok(file) => of_file(&name, &file),
        Err(error) => {
            let diagnostic = error.diagnostic();
            let code: Vec<&str> = diagnostic.help.iter().map(|fix| fix.code.as_str()).collect();
            let says = format!(
                "{}. {} In Python: {}",
                diagnostic.message,
                diagnostic.why,
                code.join("; ").replace('\n', "; ")
            );
            let format = match error {
                FileError::Script => json!("torchscript"),
                _ => Value::Null,
            };
            json!({ "file": name, "format": format, "found": [], "equations": null, "says": says })
        }
    }
}

fn of_file(name: &str, file: &WeightFile<'_>) -> Value {
    let survey = weights::survey(file);
    let found: Vec<Value> = survey.found.iter().map(module).collect();
    json!({
        "file": name,
        "format": file.format,
        "found": found,
        "equations": survey.equations,
        "says": survey.says,
    })
}

fn module(found: &FoundModule) -> Value {
    json!({
        "at": found.at,
        "module": found.module,
        "input_size": found.input_size,
        "hidden_size": found.hidden_size,
        "num_layers": found.num_layers,
        "bidirectional": found.bidirectional,
        "bias": found.bias,
    })
}

/// Reads damaged copies of files as the page does: whatever they are, nothing may panic.
fn mutate(count: u64, paths: &[String]) -> Result<ExitCode> {
    let files =
        paths.iter().map(|path| fs::read(path).with_context(|| path.clone())).collect::<Result<Vec<_>>>()?;
    if files.is_empty() {
        bail!("which files? cargo xtask weights --mutate N FILE...");
    }
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut read = 0_u64;
    for _ in 0..count {
        let mut bytes = files[random.below(files.len())].clone();
        for _ in 0..=random.below(4) {
            damage(&mut bytes, &mut random);
        }
        entry::file(&bytes);
        entry::report(&bytes);
        read += u64::from(weights::open(&bytes).is_ok());
    }
    println!(
        "{}",
        json!({ "mutations": count, "files": files.len(), "read": read, "refused": count - read })
    );
    Ok(ExitCode::SUCCESS)
}

/// One change of bytes, short so that what is around it still makes sense.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    if bytes.is_empty() {
        return;
    }
    let at = random.below(bytes.len());
    let end = (at + 1 + random.below(16)).min(bytes.len());
    match random.below(6) {
        0 => bytes[at] = random.next() as u8,
        1 => bytes[at] ^= 1 << random.below(8),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        4 => bytes.truncate(at),
        _ => {
            let new: Vec<u8> = (0..=random.below(6)).map(|_| random.next() as u8).collect();
            bytes.splice(at..at, new);
        }
    }
}

/// Marsaglia's xorshift: the same mutations on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_each_module_with_its_place_and_sizes_and_nothing_else() {
        let file = crate::root().expect("cargo runs tests").join("tests/golden/weights_cases/s04.pt");
        let line = line(&file.to_string_lossy());
        let module = |at: &str, num_layers: u64, bidirectional: bool| {
            json!({
                "at": at, "module": "GRU", "input_size": 4, "hidden_size": 3, "num_layers": num_layers,
                "bidirectional": bidirectional, "bias": true,
            })
        };
        let says = "nn.GRU(4, 3) at encoder. nn.GRU(4, 3, num_layers=2, bidirectional=True) at decoder.";
        let found = [module("encoder", 1, false), module("decoder", 2, true)];
        let due =
            json!({ "file": "s04.pt", "format": "pt", "found": found, "equations": null, "says": says });
        assert_eq!(line, due);
    }
}
