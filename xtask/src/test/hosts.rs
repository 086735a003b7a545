//! Pages of others with our elements: built by the programs that people build courses with, driven in a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::browser::{self, Suite};
use super::counts::Counts;
use crate::serve::Server;
use crate::stamp::{Digest, Stamp};
use crate::{package, packages, process, root};

/// The site as the recipes name it; the tests put the built site's address there.
const SITE: &str = "https://gru-playground.example/";

/// A recipe of `tests/hosts/`, copied to where it is built.
struct Host {
    name: &'static str,
    folder: PathBuf,
    site: Server,
}

impl Host {
    /// Serves the site and copies the recipe, with the site's true address.
    fn new(name: &'static str) -> Result<Self> {
        let site = Server::of_site("/below")?;
        let folder = root().join("target/hosts").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        copy(&root().join("tests/hosts").join(name), &folder, &address_of(&site))?;
        Ok(Self { name, folder, site })
    }

    /// Drives the page that was built into `built`.
    fn drive(&self, built: &Path, page: &str, rest: &[String]) -> Result<Counts> {
        let others = Server::of_others(built)?;
        self.drive_at(&format!("{}{page}", address_of(&others)), rest, |_| ())
    }

    /// Drives the page at an address; `tell` says where others are.
    fn drive_at(&self, page: &str, rest: &[String], tell: impl FnOnce(&mut Command)) -> Result<Counts> {
        browser::run(&SUITE, rest, |playwright| {
            playwright
                .env("GRU_HOST", self.name)
                .env("GRU_HOST_PAGE", page)
                .env("GRU_SITE", address_of(&self.site));
            tell(playwright);
        })
    }

    /// Installs the package's tarball into the project; the frameworks lie in the folder above, where Node looks too.
    fn install_package(&self) -> Result<()> {
        npm_packages()?;
        let tarball = package::build()?;
        let mut install = process::npm();
        install
            .args(["install", "--no-audit", "--no-fund", "--offline"])
            .arg(tarball)
            .current_dir(&self.folder);
        process::run(&mut install, "npm install of the package")
    }

    /// A program of `tests/hosts/package.json`, in the project.
    fn program(&self, script: &str) -> Command {
        let mut node = process::node();
        node.arg(root().join("target/hosts/node_modules").join(script)).current_dir(&self.folder);
        node
    }

    fn run(&self, script: &str, args: &[&str]) -> Result<()> {
        process::run(self.program(script).args(args), &format!("{script} with the package"))
    }

    fn vite(&self) -> Command {
        self.program("vite/bin/vite.js")
    }

    /// Builds the project with Vite, and says where.
    fn build(&self) -> Result<PathBuf> {
        process::run(self.vite().args(["build", "--outDir", "built"]), "vite build with the package")?;
        Ok(self.folder.join("built"))
    }
}

const SUITE: Suite = Suite { config: "tests/hosts/playwright.config.ts", report: ".xtask-hosts.json" };

fn address_of(server: &Server) -> String {
    format!("http://{}/", server.address)
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

/// The package in a project that has nothing else: in Node, under Vite and webpack, and without a bundler.
pub fn npm(rest: &[String]) -> Result<Counts> {
    let host = Host::new("npm")?;
    host.install_package()?;
    host.run("typescript/bin/tsc", &["--project", "."])?;
    let built = Server::of_others(&host.build()?)?;
    process::run(process::node().arg("webpack.mjs").current_dir(&host.folder), "webpack with the package")?;
    let mut counts = Counts::default();
    let mut node = process::node();
    node.args(["--test", "--test-reporter=tap", "node.test.mjs", "readme.test.mjs"])
        .current_dir(&host.folder);
    let well = process::each_line(&mut node, "node --test", |line| {
        println!("{line}");
        counts.add_tap_line(line);
    })?;
    counts = counts.ended(well);
    let dev = Server::of_project(host.vite(), "dev")?;
    let plain = Server::of_others(&host.folder)?;
    counts += host.drive_at(&format!("{}index.html", address_of(&built)), rest, |playwright| {
        playwright.env("GRU_HOST_DEV", address_of(&dev)).env("GRU_HOST_PLAIN", address_of(&plain));
    })?;
    Ok(counts)
}

/// The elements in a project of React's.
pub fn react(rest: &[String]) -> Result<Counts> {
    let host = Host::new("react")?;
    host.install_package()?;
    host.run("typescript/bin/tsc", &["--project", "."])?;
    host.drive(&host.build()?, "index.html", rest)
}

/// The elements in a project of Vue's.
pub fn vue(rest: &[String]) -> Result<Counts> {
    let host = Host::new("vue")?;
    host.install_package()?;
    host.run("vue-tsc/bin/vue-tsc.js", &["--project", "."])?;
    host.drive(&host.build()?, "index.html", rest)
}

/// The elements and the core in a project whose pages come from a server.
pub fn sveltekit(rest: &[String]) -> Result<Counts> {
    let host = Host::new("sveltekit")?;
    host.install_package()?;
    host.run("@sveltejs/kit/svelte-kit.js", &["sync"])?;
    host.run("svelte-check/bin/svelte-check", &["--fail-on-warnings"])?;
    process::run(host.vite().arg("build"), "vite build with the package")?;
    let server = Server::of_project(host.vite(), "preview")?;
    host.drive_at(&address_of(&server), rest, |_| ())
}

/// Installs the packages of `tests/hosts/package.json` into `target/hosts/`, above the recipes that are built there.
fn npm_packages() -> Result<PathBuf> {
    let folder = root().join("target/hosts");
    fs::create_dir_all(&folder)?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(root().join("tests/hosts").join(file), folder.join(file))
            .with_context(|| format!("cannot copy {file}"))?;
    }
    packages::install_into(&folder)?;
    Ok(folder.join("node_modules"))
}

/// The package's manifest and types, as those see them who look for mistakes in packages.
pub fn tarball(_: &[String]) -> Result<Counts> {
    let packages = npm_packages()?;
    let tarball = package::build()?;
    let check = |name: &str, script: &str, args: &[&str]| -> Result<Counts> {
        let mut command = process::node();
        command.arg(packages.join(script)).args(args).arg(&tarball);
        Ok(Counts::one(process::succeeds(&mut command, name)?))
    };
    let mut counts = check("publint", "publint/src/cli.js", &["run", "--strict"])?;
    // It is a package of modules alone; its data and its bytes have no types, and what tells frameworks of the elements has
    // nothing but types, which their projects check.
    let attw = "@arethetypeswrong/cli/dist/index.js";
    let other = ["core.wasm", "custom-elements.json", "react", "svelte", "vue"];
    let mut args = vec![
        "--profile",
        "esm-only",
        "--no-emoji",
        "--no-color",
        "--no-definitely-typed",
        "--format",
        "ascii",
        "--exclude-entrypoints",
    ];
    args.extend(other);
    args.push("--");
    counts += check("attw", attw, &args)?;
    Ok(counts)
}

/// The site under the headers that docs/deploying.md has, embedded by a page of another origin.
pub fn deployed(rest: &[String]) -> Result<Counts> {
    let site = Server::of_site("/below")?;
    browser::run(&SUITE, rest, |playwright| {
        playwright.env("GRU_HOST", "deployed").env("GRU_SITE", address_of(&site));
    })
}
