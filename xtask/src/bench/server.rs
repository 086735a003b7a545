//! The bench's page, its engines and the calls, on 127.0.0.1.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{folder, peers};
use crate::serve::Server;
use crate::{root, wasm};

/// Where addresses of engines lie on the disk, then those of the calls and the page.
fn places() -> [(&'static str, PathBuf); 5] {
    [
        ("/pkg", wasm::folder()),
        ("/peers", peers::modules()),
        ("/node_modules", peers::packages()),
        ("/models", folder().join("models")),
        ("", peers::page()),
    ]
}

/// Serves them, uncompressed, so that a cold start is not that of a compressor.
pub fn start() -> Result<Server> {
    let mut paths = Vec::new();
    for (from, folder) in places() {
        let below = folder.strip_prefix(root()).context("the bench's files lie in the tree")?;
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        paths.push((from, format!("/{}", parts.join("/"))));
    }
    Server::of_bench(root(), &paths)
}

/// The file behind a path, if it belongs to an engine; the page and the calls are the bench's own.
pub fn file_of_engine(path: &str) -> Option<PathBuf> {
    let [engines @ .., _models, _page] = places();
    engines
        .into_iter()
        .find_map(|(below, folder)| Some(folder.join(path.strip_prefix(below)?.trim_start_matches('/'))))
}
