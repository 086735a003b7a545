//! `cargo xtask lesson-weights`: trains the small GRU that the page opens on, and writes or compares its weights.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use sentence::{SEED, STEPS, train_model, weights_file};

/// `cargo xtask lesson-weights [--check]`
pub fn run(args: &[String]) -> Result<ExitCode> {
    let checks = match args {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => bail!("nothing, or --check: see `cargo xtask help`"),
    };
    let began = Instant::now();
    let bytes = weights_file(&train_model(SEED, STEPS)?);
    println!("{STEPS} steps from seed {SEED} took {:.0} s", began.elapsed().as_secs_f64());
    let file = crate::root()?.join("crate/sentence/weights.safetensors");
    if checks {
        let stored = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        ensure!(stored == bytes, "the training gives other bytes than {}", file.display());
        println!("the bytes are those of {}", file.display());
    } else {
        std::fs::write(&file, &bytes).with_context(|| format!("cannot write {}", file.display()))?;
        println!("{} bytes in {}", bytes.len(), file.display());
    }
    Ok(ExitCode::SUCCESS)
}
