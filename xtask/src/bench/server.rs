//! The bench's page, its engines and the calls, on 127.0.0.1.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;

use anyhow::{Context, Result};
use axum::Router;
use tower_http::services::ServeDir;

use super::{folder, peers};
use crate::{serve, wasm};

/// Where each path of the server lies on the disk.
fn places() -> [(&'static str, PathBuf); 4] {
    [
        ("/pkg", wasm::folder()),
        ("/peers", peers::modules()),
        ("/node_modules", peers::packages()),
        ("/models", folder().join("models")),
    ]
}

/// Serves from a thread of its own, uncompressed, so that a cold start is not that of a compressor.
pub fn in_background() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    let address = listener.local_addr()?;
    let router = places()
        .into_iter()
        .fold(Router::new(), |router, (path, folder)| router.nest_service(path, ServeDir::new(folder)));
    serve::from_thread(listener, router.fallback_service(ServeDir::new(peers::page())));
    Ok(address)
}

/// The file behind a path, if it belongs to an engine; the page and the calls are the bench's own.
pub fn file_of_engine(path: &str) -> Option<PathBuf> {
    let [engines @ .., _models] = places();
    engines
        .into_iter()
        .find_map(|(below, folder)| Some(folder.join(path.strip_prefix(below)?.trim_start_matches('/'))))
}
