//! Whether a step's inputs changed since it last ran, by content: clocks and checkouts do not matter.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A digest of everything that a step's result depends on.
///
/// `DefaultHasher` may differ between Rust releases; the worst that comes of it is one rebuild.
#[derive(Default)]
pub struct Digest(DefaultHasher);

impl Digest {
    /// A version, an option, anything that is not a file.
    pub fn with(mut self, value: impl Hash) -> Self {
        value.hash(&mut self.0);
        self
    }

    /// A file, or all files below a folder except those that `skip` names; a missing one counts as missing.
    pub fn with_files(mut self, path: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<Self> {
        let mut files = Vec::new();
        collect(path, skip, &mut files).with_context(|| format!("cannot read {}", path.display()))?;
        files.sort();
        for file in files {
            file.strip_prefix(path).unwrap_or(&file).hash(&mut self.0);
            fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut self.0);
        }
        Ok(self)
    }

    pub fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

fn collect(path: &Path, skip: &dyn Fn(&Path) -> bool, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if skip(path) || !path.exists() {
        return Ok(());
    }
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), skip, files)?;
        }
    } else {
        files.push(path.to_owned());
    }
    Ok(())
}

/// What a step's inputs and outputs were when it last succeeded.
pub struct Stamp {
    path: PathBuf,
    output: PathBuf,
    inputs: String,
}

impl Stamp {
    /// The stamp at `path` of a step that makes `output` from `inputs`.
    pub fn new(path: PathBuf, output: PathBuf, inputs: &Digest) -> Self {
        Self { path, output, inputs: inputs.finish() }
    }

    /// The same inputs, and nobody touched the output.
    pub fn is_current(&self) -> bool {
        match (fs::read_to_string(&self.path), self.text()) {
            (Ok(kept), Ok(now)) => kept == now,
            _ => false,
        }
    }

    /// To be called before the work: a step that is broken off has no stamp.
    pub fn clear(&self) -> Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}", self.path.display()))
            }
            _ => Ok(()),
        }
    }

    /// To be called after the work.
    pub fn keep(&self) -> Result<()> {
        fs::write(&self.path, self.text()?).with_context(|| format!("cannot write {}", self.path.display()))
    }

    fn text(&self) -> Result<String> {
        let output = Digest::default().with_files(&self.output, &|path| path == self.path)?;
        Ok(format!("{} {}\n", self.inputs, output.finish()))
    }
}

#[cfg(test)]
mod tests;
