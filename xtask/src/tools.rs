//! What must be installed, and for what is missing one line that says how to mend it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{self, answer};
use crate::steps::Outcome;

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What Vite runs on: this release of Node 20, or the second and whatever is newer.
const NODE_20: (u32, u32) = (20, 19);
const NODE_22: (u32, u32) = (22, 12);

/// Node, npm and the wasm target; the last is added where rustup can.
pub fn check() -> Result<Outcome> {
    check_node(answer("node", &["--version"]).as_deref())?;
    if !process::succeeds(process::npm().arg("--version").stdout(Stdio::null()).stderr(Stdio::null()), "npm")
        .unwrap_or(false)
    {
        bail!("npm is missing: install it, {}", install("npm", "node", "OpenJS.NodeJS"));
    }
    wasm_target()?;
    Ok(Outcome::Done)
}

fn check_node(version: Option<&str>) -> Result<()> {
    let wanted = format!("Node {}.{}, {}.{} or newer", NODE_20.0, NODE_20.1, NODE_22.0, NODE_22.1);
    let how = install("nodejs npm", "node", "OpenJS.NodeJS");
    let Some(version) = version else { bail!("Node is missing: install {wanted}, {how}") };
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
    let fits = match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => {
            (major == NODE_20.0 && minor >= NODE_20.1) || (major, minor) >= NODE_22
        }
        _ => false,
    };
    if !fits {
        bail!("Node {version} does not run Vite: install {wanted}, {how}");
    }
    Ok(())
}

/// The command that installs a package here.
fn install(apt: &str, brew: &str, winget: &str) -> String {
    if cfg!(target_os = "macos") {
        format!("for example with `brew install {brew}`")
    } else if cfg!(windows) {
        format!("for example with `winget install {winget}`")
    } else {
        format!("for example with `apt-get install {apt}`")
    }
}

/// Adds Rust's wasm target where it is missing.
pub fn wasm_target() -> Result<()> {
    rust_target(WASM_TARGET)
}

/// Rust's standard library for a target, which rustup adds where it is missing.
pub fn rust_target(target: &str) -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = answer(rustc, &["--print", "target-libdir", "--target", target]);
    if folder.is_some_and(|folder| Path::new(&folder).is_dir()) { Ok(()) } else { add_target(target) }
}

fn add_target(target: &str) -> Result<()> {
    if answer("rustup", &["--version"]).is_none() {
        bail!(
            "Rust's target {target} is missing and there is no rustup to add it: \
             install rustup, then run `rustup target add {target}`"
        );
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", target]).stdin(Stdio::null()).current_dir(crate::root());
    process::run(&mut rustup, &format!("`rustup target add {target}`"))
}

/// A Chrome or Chromium: the one that `CHROME` names, an installed one, or one that apt installs where we are root.
pub fn browser() -> Result<PathBuf> {
    browsers()?.into_iter().next().context("the list of browsers is never empty")
}

/// Every Chrome or Chromium here, the preferred one first, or only the one that `CHROME` names.
pub fn browsers() -> Result<Vec<PathBuf>> {
    if let Some(path) = std::env::var_os("CHROME").filter(|path| !path.is_empty()) {
        if answer(&path, &["--version"]).is_none() {
            bail!("CHROME names {}, which does not run: set it to a Chrome or Chromium", path.display());
        }
        return Ok(vec![path.into()]);
    }
    let mut found = installed_browsers();
    if found.is_empty() && apt_install("chromium")? {
        found = installed_browsers();
    }
    ensure!(
        !found.is_empty(),
        "the browser tests need Chrome or Chromium: install one, {}, or set CHROME to its path",
        install("chromium", "--cask chromium", "Google.Chrome")
    );
    Ok(found)
}

/// The first of some programs that is here, or that the Debian package brings where we are root.
pub fn program(names: &[&str], package: &str) -> Result<PathBuf> {
    let mut found = installed(names);
    if found.is_none() && apt_install(package)? {
        found = installed(names);
    }
    found.with_context(|| {
        format!("there is no {}: install it, for example with `apt-get install {package}`", names[0])
    })
}

/// Installs a Debian package where we are root and have apt; otherwise tells that it cannot.
fn apt_install(package: &str) -> Result<bool> {
    static UPDATED: OnceLock<()> = OnceLock::new();
    if answer("id", &["-u"]).as_deref() != Some("0") || answer("apt-get", &["--version"]).is_none() {
        return Ok(false);
    }
    println!("      installing Debian's {package}");
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
        process::run(&mut command, &format!("`apt-get {}`", args.join(" ")))
    };
    if UPDATED.get().is_none() {
        apt(&["update", "-q"])?;
        let _ = UPDATED.set(());
    }
    apt(&["install", "-q", "-y", "--no-install-recommends", package])?;
    Ok(true)
}

/// The first of some programs that is on the path.
fn installed(names: &[&str]) -> Option<PathBuf> {
    all_installed(names).into_iter().next()
}

/// Every one of some programs that is on the path.
fn all_installed(names: &[&str]) -> Vec<PathBuf> {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&on_path).collect::<Vec<_>>();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .filter(|path| path.is_file())
        .collect()
}

/// Firefox's driver: the one that is here, or else Mozilla's own, compiled once; Debian and npm have no program of it.
pub fn geckodriver() -> Result<PathBuf> {
    const VERSION: &str = "0.37.1";
    if let Some(found) = installed(&["geckodriver"]) {
        return Ok(found);
    }
    let tools = crate::root().join("target/tools");
    let made = tools.join("bin").join(format!("geckodriver{}", std::env::consts::EXE_SUFFIX));
    if !made.is_file() {
        println!("      no geckodriver here: compiling version {VERSION}, once");
        let mut cargo = process::cargo();
        cargo
            .args(["install", "--quiet", "--locked", "--version", VERSION, "--root"])
            .arg(&tools)
            .arg("geckodriver");
        // It is not of our workspace, and its speed does not count.
        cargo
            .current_dir(std::env::temp_dir())
            .args(["--profile", "dev"])
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        process::run(&mut cargo, "`cargo install geckodriver`")?;
    }
    Ok(made)
}

fn installed_browsers() -> Vec<PathBuf> {
    const NAMES: [&str; 4] = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"];
    const PLACES: [&str; 4] = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ];
    all_installed(&NAMES)
        .into_iter()
        .chain(PLACES.iter().map(PathBuf::from).filter(|path| path.is_file()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check_node;

    #[test]
    fn node_is_judged_by_its_version() {
        for good in ["v20.19.0", "v20.20.2", "v22.12.0", "v23.0.0", "v101.1.0"] {
            check_node(Some(good)).unwrap();
        }
        for bad in ["v20.18.9", "v18.20.0", "v4.99.0", "v21.7.0", "v22.11.0", "", "nonsense"] {
            let message = check_node(Some(bad)).unwrap_err().to_string();
            assert!(
                message.contains("does not run Vite") && message.contains("install Node 20.19"),
                "{message}"
            );
        }
        let message = check_node(None).unwrap_err().to_string();
        assert!(message.starts_with("Node is missing"), "{message}");
        assert!(!message.contains('\n'), "one line: {message}");
    }
}
