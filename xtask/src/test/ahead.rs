//! The build of the site, begun before it is needed.

use std::env;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::Result;

use crate::{root, tools};

/// The build of the site as a program of its own beside the checks that do not need it: a wasm module is compiled as a whole, on
/// one core, and clippy and the tests leave the other one idle often enough.
pub struct Ahead {
    build: Child,
    log: PathBuf,
}

impl Ahead {
    /// Begins it.
    pub fn start() -> Result<Self> {
        // The checks beside it need the target too.
        tools::wasm_target()?;
        let log = root().join("target").join("build-ahead.log");
        let said = File::create(&log)?;
        let build = Command::new(env::current_exe()?)
            .arg("build")
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said)
            .spawn()?;
        println!("the site is built beside the first checks");
        Ok(Self { build, log })
    }

    /// Waits for its end, and says what it said.
    pub fn wait(mut self) -> Result<()> {
        self.build.wait()?;
        print!("{}", fs::read_to_string(&self.log)?);
        Ok(())
    }
}
