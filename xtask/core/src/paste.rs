//! `cargo xtask paste`: what is said of a pasted text, as JSON.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use gru_playground::paste::{Answer, explain};
use serde::{Deserialize, Serialize};

/// One record of a corpus; what else it has is for those who judge it.
#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(flatten)]
    answer: Answer,
}

/// `cargo xtask paste FILE`, or `cargo xtask paste --corpus FILE.jsonl`
pub fn run(args: &[String]) -> Result<ExitCode> {
    match args {
        [flag, file] if flag == "--corpus" => corpus(Path::new(file))?,
        [file] => one(Path::new(file))?,
        _ => bail!("one file of a text, or --corpus FILE.jsonl: see `cargo xtask help`"),
    }
    Ok(ExitCode::SUCCESS)
}

fn one(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    // A log may hold bytes of another encoding: they are no part of a message.
    println!("{}", serde_json::to_string(&explain(&String::from_utf8_lossy(&bytes)))?);
    Ok(())
}

fn corpus(file: &Path) -> Result<()> {
    let records = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    for (number, line) in records.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let record: Record = serde_json::from_str(line)
            .with_context(|| format!("{}:{}: not a record with id and text", file.display(), number + 1))?;
        println!("{}", serde_json::to_string(&Line { id: &record.id, answer: explain(&record.text) })?);
    }
    Ok(())
}
