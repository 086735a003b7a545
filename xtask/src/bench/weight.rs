//! What an engine weighs: every file of its own that a page loads for it.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::results::Cold;
use super::server;
use crate::{process, root};

/// Weighs what each engine loaded; Node's compressors are fast even where ours are built for debugging.
pub fn weigh(cold: &mut [Cold]) -> Result<()> {
    for Cold { files, sizes, .. } in cold {
        files.retain(|path| server::file_of_engine(path).is_some());
        files.sort();
        files.dedup();
        let mut node = process::node();
        node.arg(root().join("bench/weigh.mjs"))
            .args(files.iter().filter_map(|path| server::file_of_engine(path)))
            .stdout(Stdio::piped());
        let output = node.spawn().context("cannot start `node`")?.wait_with_output()?;
        ensure!(output.status.success(), "weighing an engine's files failed: see above");
        let weights: Vec<[usize; 2]> = serde_json::from_slice(&output.stdout).context("what they weigh")?;
        *sizes = Some(weights.iter().fold([0, 0], |[gzip, brotli], of| [gzip + of[0], brotli + of[1]]));
    }
    Ok(())
}
