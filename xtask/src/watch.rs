//! `cargo xtask serve --dev`: Vite follows `www/`, and this follows `crate/`.

use std::process::{Child, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use notify::{Event, RecursiveMode, Watcher};

use crate::build::{self, Goal};
use crate::steps::Steps;
use crate::wasm::Effort;
use crate::{process, root, wasm};

/// An editor writes a file in several movements; they count as one.
const SETTLE: Duration = Duration::from_millis(200);

/// How often Vite is looked after while nothing changes.
const LOOK: Duration = Duration::from_millis(500);

/// Builds the core, starts Vite on the port and rebuilds the core when its sources change, until Vite ends.
pub fn run(port: u16) -> Result<ExitCode> {
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // The receiver is gone only while the program ends.
        let _ = sender.send(event);
    })?;
    for (path, mode) in [
        ("crate", RecursiveMode::Recursive),
        ("Cargo.toml", RecursiveMode::NonRecursive),
        ("Cargo.lock", RecursiveMode::NonRecursive),
    ] {
        watcher.watch(&root().join(path), mode).with_context(|| format!("cannot watch {path}"))?;
    }
    build::reach(Goal::Wasm(Effort::Quick))?;
    let mut vite = process::package_script("vite/bin/vite.js")
        .args(["--strictPort", "--port", &port.to_string()])
        .stdin(Stdio::inherit())
        .spawn()
        .context("cannot start Vite")?;
    let ended = follow(&changes, &mut vite);
    if ended.is_err() {
        vite.kill()?;
    }
    ended
}

fn follow(changes: &Receiver<notify::Result<Event>>, vite: &mut Child) -> Result<ExitCode> {
    loop {
        if let Some(status) = vite.try_wait()? {
            return Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        let event = match changes.recv_timeout(LOOK) {
            Ok(event) => event?,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => bail!("the watcher of crate/ ended"),
        };
        if is_change(&event) {
            while changes.recv_timeout(SETTLE).is_ok() {}
            if let Err(error) = Steps::new(1).step("make the wasm modules", || wasm::make(Effort::Quick)) {
                eprintln!("error: {error:#}: waiting for the next change");
            }
        }
    }
}

fn is_change(event: &Event) -> bool {
    event.kind.is_create() || event.kind.is_modify() || event.kind.is_remove()
}
