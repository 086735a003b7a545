//! What an engine weighs: every file of its own that a page loads for it.

use std::fs;

use anyhow::{Context, Result};

use super::results::Cold;
use super::server;
use crate::test::size::{brotlied, gzipped};

/// Weighs what each engine loaded.
pub fn weigh(cold: &mut [Cold]) -> Result<()> {
    for Cold { files, sizes, .. } in cold {
        files.retain(|path| server::file_of_engine(path).is_some());
        files.sort();
        files.dedup();
        let mut sum = [0, 0];
        for file in files.iter().filter_map(|path| server::file_of_engine(path)) {
            let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            sum[0] += gzipped(&bytes)?;
            sum[1] += brotlied(&bytes)?;
        }
        *sizes = Some(sum);
    }
    Ok(())
}
