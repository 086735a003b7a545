//! Pages of others with our elements: built by the programs that people build courses with, driven in a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::browser::{self, Suite};
use super::counts::Counts;
use crate::stamp::{Digest, Stamp};
use crate::{dist, package, process, root, serve};

/// The site as the recipes name it; the tests put the built site's address there.
const SITE: &str = "https://gru-playground.example/";

/// A recipe of `tests/hosts/`, copied to where it is built.
struct Host {
    name: &'static str,
    folder: PathBuf,
    site: String,
}

impl Host {
    /// Serves the site and copies the recipe, with the site's true address.
    fn new(name: &'static str) -> Result<Self> {
        let site = format!("http://{}/", serve::in_background(&dist(), "/below")?);
        let folder = root().join("target/hosts").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        copy(&root().join("tests/hosts").join(name), &folder, &site)?;
        Ok(Self { name, folder, site })
    }

    /// Drives the page that was built into `built`.
    fn drive(&self, built: &Path, page: &str, rest: &[String]) -> Result<Counts> {
        let address = serve::as_built(built)?;
        browser::run(
            &Suite { config: "tests/hosts/playwright.config.ts", report: ".xtask-hosts.json" },
            rest,
            |playwright| {
                playwright
                    .env("GRU_HOST", self.name)
                    .env("GRU_HOST_PAGE", format!("http://{address}/{page}"))
                    .env("GRU_SITE", &self.site);
            },
        )
    }
}

/// Copies texts, with the address put in.
fn copy(from: &Path, to: &Path, site: &str) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("a name")?);
        if path.is_dir() {
            copy(&path, &target, site)?;
        } else {
            let text =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            fs::write(&target, text.replace(SITE, site))?;
        }
    }
    Ok(())
}

/// The Python packages of `tests/hosts/requirements.txt`, in an environment of their own; or why there is none.
fn environment() -> Result<std::result::Result<PathBuf, String>> {
    let folder = root().join("target/hosts-python");
    let requirements = root().join("tests/hosts/requirements.txt");
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let inputs = Digest::default().with_files(&requirements, &|_| false)?;
    let stamp = Stamp::new(folder.join(".stamp"), folder.join("pyvenv.cfg"), &inputs);
    if stamp.is_current() {
        return Ok(Ok(programs));
    }
    let python =
        ["python3", "python"].into_iter().find(|name| process::answer(name, &["--version"]).is_some());
    let Some(python) = python else { return Ok(Err("there is no Python to install it with".to_owned())) };
    let run =
        |command: &mut Command| command.stdin(Stdio::null()).status().is_ok_and(|status| status.success());
    if !run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&folder)) {
        return Ok(Err(format!("{python} cannot make an environment: on Debian install python3-venv")));
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    if !run(Command::new(programs.join("python")).args(pip).arg(&requirements)) {
        return Ok(Err("pip could not install tests/hosts/requirements.txt".to_owned()));
    }
    stamp.keep()?;
    Ok(Ok(programs))
}

/// Builds a recipe with a program of that environment, and drives its page.
fn built(name: &'static str, program: &str, args: &[&str], page: &str, rest: &[String]) -> Result<Counts> {
    let programs = match environment()? {
        Ok(programs) => programs,
        Err(why) => return Ok(Counts::left_out(name, &why)),
    };
    let host = Host::new(name)?;
    let mut command = Command::new(programs.join(program));
    command.args(args).stdin(Stdio::null()).current_dir(&host.folder);
    process::run(&mut command, program)?;
    host.drive(&host.folder.join("built"), page, rest)
}

pub fn mdbook(rest: &[String]) -> Result<Counts> {
    built("mdbook", "mdbook", &["build"], "week-3.html", rest)
}

pub fn sphinx(rest: &[String]) -> Result<Counts> {
    built("sphinx", "sphinx-build", &["-q", "-W", "-b", "html", ".", "built"], "week-3.html", rest)
}

pub fn mkdocs(rest: &[String]) -> Result<Counts> {
    built("mkdocs", "mkdocs", &["build", "--quiet", "--strict"], "week-3/index.html", rest)
}

/// Installs the package's tarball into a project that has nothing else, and builds that with Vite.
pub fn npm(rest: &[String]) -> Result<Counts> {
    let tarball = package::build()?;
    let host = Host::new("npm")?;
    let mut install = process::npm();
    install.args(["install", "--no-audit", "--no-fund", "--offline"]).arg(&tarball).current_dir(&host.folder);
    process::run(&mut install, "npm install of the package")?;
    let mut tsc = process::package_script("typescript/bin/tsc");
    process::run(tsc.args(["--project", "."]).current_dir(&host.folder), "the types of the package")?;
    let mut vite = process::package_script("vite/bin/vite.js");
    process::run(
        vite.args(["build", "--outDir", "built"]).current_dir(&host.folder),
        "vite build with the package",
    )?;
    host.drive(&host.folder.join("built"), "index.html", rest)
}
