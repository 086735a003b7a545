//! The built site under Lighthouse, and one way through it in every browser that is here.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::counts::Counts;
use crate::process::{self, each_line};
use crate::serve::Server;
use crate::{packages, root, tools};

/// Lighthouse's scores.
pub fn audit(rest: &[String]) -> Result<Counts> {
    let server = Server::of_site("/below")?;
    let mut script = node("tests/audit", "audit.mjs")?;
    counted(script.arg(tools::browser()?).arg(format!("http://{}/", server.address)).args(rest))
}

/// The journey, in each browser.
pub fn journey(rest: &[String]) -> Result<Counts> {
    let server = Server::of_site("/below")?;
    let mut script = node("tests/journey", "journey.mjs")?;
    script.arg(format!("http://{}/", server.address));
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
            Err(why) => counts += Counts::left_out(&format!("the journey in {name}"), &format!("{why:#}")),
        }
    }
    if any {
        counts += counted(&mut script)?;
    }
    Ok(counts)
}

/// A Chrome or Chromium with the driver of the same version.
fn chromium() -> Result<Vec<PathBuf>> {
    let driver = tools::program(&["chromedriver"], "chromium-driver")?;
    let wanted = major(&driver);
    let browsers = tools::browsers()?;
    let Some(browser) = browsers.iter().find(|browser| major(browser) == wanted) else {
        let version = wanted.map_or_else(|| "unknown".to_owned(), |version| version.to_string());
        bail!(
            "chromedriver is for version {version}, and no browser here has it: install both from one source"
        );
    };
    Ok(vec![browser.clone(), driver])
}

/// The first number of a version such as `ChromeDriver 140.0.7339.127 (...)`.
fn major(program: &Path) -> Option<u32> {
    major_of(&process::answer(program, &["--version"])?)
}

fn major_of(version: &str) -> Option<u32> {
    version.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

fn firefox() -> Result<Vec<PathBuf>> {
    let browser = tools::program(&["firefox-esr", "firefox"], "firefox-esr")?;
    Ok(vec![browser, tools::geckodriver()?])
}

fn webkit() -> Result<Vec<PathBuf>> {
    const PLACES: [&str; 3] = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];
    let driver = tools::program(&["WebKitWebDriver"], "webkit2gtk-driver")?;
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
        // GTK's own display, which needs no screen.
        programs.push(tools::program(&["broadwayd", "gtk3-broadwayd"], "libgtk-3-bin")?);
    }
    Ok(programs)
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

#[cfg(test)]
mod tests {
    use super::major_of;

    #[test]
    fn a_driver_and_a_browser_are_compared_by_their_first_number() {
        for version in [
            "ChromeDriver 140.0.7339.127 (a1b2-refs/branch-heads/7339@{#1})",
            "Chromium 140.0.1 built on Debian",
        ] {
            assert_eq!(major_of(version), Some(140));
        }
        assert_eq!(major_of("no version"), None);
    }
}
