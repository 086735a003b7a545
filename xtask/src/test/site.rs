//! The built site under Lighthouse, and one way through it in every browser that is here.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::counts::Counts;
use crate::process::{self, each_line};
use crate::{dist, packages, root, serve, tools};

/// Lighthouse's scores.
pub fn audit(rest: &[String]) -> Result<Counts> {
    let address = serve::in_background(&dist(), "/below")?;
    let mut script = node("tests/audit", "audit.mjs")?;
    counted(script.arg(tools::browser()?).arg(format!("http://{address}/")).args(rest))
}

/// The journey, in each browser.
pub fn journey(rest: &[String]) -> Result<Counts> {
    let address = serve::in_background(&dist(), "/below")?;
    let mut script = node("tests/journey", "journey.mjs")?;
    script.arg(format!("http://{address}/"));
    let mut counts = Counts::default();
    let mut any = false;
    for (name, found) in [("chromium", chromium()), ("firefox", firefox()), ("webkit", webkit())] {
        if rest.iter().any(|wanted| wanted != name) {
            continue;
        }
        match found {
            Ok(programs) => {
                any = true;
                let programs: Vec<_> = programs.iter().map(|it| it.display().to_string()).collect();
                script.arg(format!("{name}={}", programs.join(",")));
            }
            Err(why) => counts += Counts::left_out(&format!("{name}: {why:#}")),
        }
    }
    if any {
        counts += counted(&mut script)?;
    }
    Ok(counts)
}

fn chromium() -> Result<Vec<PathBuf>> {
    Ok(vec![tools::browser()?, driver("chromedriver", "chromium-driver")?])
}

fn firefox() -> Result<Vec<PathBuf>> {
    let browser = tools::installed(&["firefox-esr", "firefox"])
        .context("there is no Firefox: install one, for example with `apt-get install firefox-esr`")?;
    Ok(vec![browser, tools::geckodriver()?])
}

fn webkit() -> Result<Vec<PathBuf>> {
    const PLACES: [&str; 3] = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];
    let driver = driver("WebKitWebDriver", "webkit2gtk-driver")?;
    let browser = PLACES
        .iter()
        .flat_map(|place| {
            [
                format!("/usr/lib/x86_64-linux-gnu/{place}"),
                format!("/usr/lib/aarch64-linux-gnu/{place}"),
                format!("/usr/libexec/{place}"),
            ]
        })
        .map(|folder| Path::new(&folder).join("MiniBrowser"))
        .find(|path| path.is_file())
        .context("WebKitWebDriver is here, but not its MiniBrowser")?;
    let mut programs = vec![browser, driver];
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        programs.push(driver_display()?);
    }
    Ok(programs)
}

/// GTK's own display, which needs no screen.
fn driver_display() -> Result<PathBuf> {
    tools::installed(&["broadwayd", "gtk3-broadwayd"])
        .context("there is no display, nor GTK's broadwayd in its place: `apt-get install libgtk-3-bin`")
}

fn driver(name: &str, package: &str) -> Result<PathBuf> {
    tools::installed(&[name]).with_context(|| {
        format!("there is no {name}: install it, for example with `apt-get install {package}`")
    })
}

/// A script of a folder whose packages are its own.
fn node(folder: &str, script: &str) -> Result<Command> {
    let folder = root().join(folder);
    packages::install_into(&folder)?;
    let mut node = process::node();
    node.arg(folder.join(script)).current_dir(&folder);
    Ok(node)
}

/// Runs what prints TAP's counts.
fn counted(script: &mut Command) -> Result<Counts> {
    let mut counts = Counts::default();
    let well = each_line(script, "node", |line| {
        println!("{line}");
        counts.add_tap_line(line);
    })?;
    if !well && counts.passed + counts.failed == 0 {
        bail!("it broke off: see above");
    }
    Ok(counts.ended(well))
}
