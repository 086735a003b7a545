//! All that a release consists of: the site, the npm package and the single file, with their checksums.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::build::{self, Goal};
use crate::wasm::Effort;
use crate::{dist, package, root, site};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `cargo xtask release --dry-run`
pub fn run(args: &[String]) -> Result<ExitCode> {
    if args != ["--dry-run"] {
        bail!(
            "a release is made here and published by hand: run `cargo xtask release --dry-run`, then see docs/deploying.md"
        );
    }
    let steps = build::reach(Goal::Site(Effort::Full))?;
    let folder = root().join("target").join(format!("gru-playground-{VERSION}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;
    let site = folder.join(format!("gru-playground-site-{VERSION}.tar.gz"));
    archive(&dist(), &site)?;
    let mut files = vec![site];
    for made in [package::build()?, site::single_file()] {
        let name = made.file_name().context("a file has a name")?;
        let kept = folder.join(name);
        fs::copy(&made, &kept).with_context(|| format!("cannot copy {}", made.display()))?;
        files.push(kept);
    }
    let sums = checksums(&files)?;
    fs::write(folder.join("SHA256SUMS"), &sums)?;
    print!("{sums}");
    steps
        .finish(&format!("the release is in {}; `sha256sum --check SHA256SUMS` checks it", folder.display()));
    Ok(ExitCode::SUCCESS)
}

/// Packs a folder's files, in order and without the machine's times and owners: the same files give the same bytes.
fn archive(folder: &Path, to: &Path) -> Result<()> {
    let mut archive = tar::Builder::new(GzEncoder::new(fs::File::create(to)?, flate2::Compression::best()));
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    for path in files {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path.strip_prefix(folder)?, bytes.as_slice())?;
    }
    archive.into_inner()?.finish()?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// As `sha256sum` writes them.
fn checksums(files: &[PathBuf]) -> Result<String> {
    let mut lines = String::new();
    for file in files {
        for byte in Sha256::digest(fs::read(file)?) {
            write!(lines, "{byte:02x}")?;
        }
        writeln!(lines, "  {}", file.file_name().unwrap_or_default().display())?;
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_sha256sum() {
        let file = std::env::temp_dir().join(format!("gru-xtask-sum-{}.txt", std::process::id()));
        fs::write(&file, "abc").unwrap();
        let name = file.file_name().unwrap().display().to_string();
        // The digest of FIPS 180-2, appendix B.1.
        let due = format!("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  {name}\n");
        assert_eq!(checksums(std::slice::from_ref(&file)).unwrap(), due);
        fs::remove_file(file).unwrap();
    }

    #[test]
    fn the_same_files_give_the_same_archive() {
        let folder = std::env::temp_dir().join(format!("gru-xtask-tar-{}", std::process::id()));
        fs::create_dir_all(folder.join("in/deep")).unwrap();
        fs::write(folder.join("in/b"), "2").unwrap();
        fs::write(folder.join("in/deep/a"), "1").unwrap();
        archive(&folder.join("in"), &folder.join("one")).unwrap();
        fs::write(folder.join("in/b"), "2").unwrap();
        archive(&folder.join("in"), &folder.join("two")).unwrap();
        assert_eq!(fs::read(folder.join("one")).unwrap(), fs::read(folder.join("two")).unwrap());
        fs::remove_dir_all(folder).unwrap();
    }
}
