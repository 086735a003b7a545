//! Built folders on 127.0.0.1, by Vite's preview server; `www/build/preview-host.ts` makes it send what hosts send.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::build::{self, Goal};
use crate::wasm::Effort;
use crate::{dist, packages, process, watch};

const DEFAULT_PORT: u16 = 8080;

/// How many ports after a taken one are tried.
const NEIGHBOURS: u16 = 50;

struct Options {
    port: Option<u16>,
    dev: bool,
    build: bool,
}

/// `cargo xtask serve`
pub fn run(args: &[String]) -> Result<ExitCode> {
    let options = options(args)?;
    // A taken port is told before the minutes of a first build.
    let listener = listen(options.port)?;
    let port = listener.local_addr()?.port();
    if options.dev {
        drop(listener);
        return watch::run(port);
    }
    if options.build {
        build::reach(Goal::Site(Effort::Quick))?;
    }
    ensure!(dist().join("index.html").is_file(), "there is no built site: run `cargo xtask build`");
    packages::install()?;
    drop(listener);
    let mut server = Server::start(&dist(), &json!({ "headers": true, "compressed": true }), port)?;
    println!("GRU Playground is at http://{}/ (Ctrl-C stops it)", server.address);
    let status = server.vite.wait()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn options(args: &[String]) -> Result<Options> {
    use lexopt::prelude::{Long, Short, ValueExt};
    let mut options = Options { port: None, dev: false, build: true };
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Short('p') | Long("port") => {
                let value = parser.value()?.string()?;
                let port = value.parse();
                options.port =
                    Some(port.with_context(|| format!("'{value}' is not a port: give 1 to 65535"))?);
            }
            Long("dev") => options.dev = true,
            Long("no-build") => options.build = false,
            other => bail!("{}: see `cargo xtask help`", other.unexpected()),
        }
    }
    Ok(options)
}

/// A listener on the wanted port. Without one wanted, a taken default moves on to the next free port.
fn listen(wanted: Option<u16>) -> Result<TcpListener> {
    let port = wanted.unwrap_or(DEFAULT_PORT);
    let error = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(listener) => return Ok(listener),
        Err(error) => error,
    };
    if error.kind() != std::io::ErrorKind::AddrInUse {
        return Err(error).with_context(|| format!("cannot listen on port {port}"));
    }
    let free = (port..=port.saturating_add(NEIGHBOURS))
        .skip(1)
        .find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
        .with_context(|| {
            format!("port {port} is taken, and so are the {NEIGHBOURS} after it: choose one with --port")
        })?;
    let next = free.local_addr()?.port();
    if wanted.is_some() {
        bail!("port {port} is taken: port {next} is free, try `cargo xtask serve --port {next}`");
    }
    println!("port {port} is taken: using {next}");
    Ok(free)
}

/// A server that ends with this.
pub struct Server {
    vite: Child,
    pub address: SocketAddr,
}

impl Server {
    /// The built site as hosts send it, below `/` and below a longer path.
    pub fn of_site(below: &str) -> Result<Self> {
        let served = json!({ "headers": true, "compressed": true, "paths": { below: "" } });
        Self::start(&dist(), &served, free_port()?)
    }

    /// Another build of the site, as hosts send it.
    pub fn of_another_site(folder: &Path) -> Result<Self> {
        ensure!(folder.join("index.html").is_file(), "no built site lies in {}", folder.display());
        let served = json!({ "headers": true, "compressed": true, "paths": { "/below": "" } });
        Self::start(&std::path::absolute(folder)?, &served, free_port()?)
    }

    /// A page of others as it was built: under no policy of ours.
    pub fn of_others(folder: &Path) -> Result<Self> {
        Self::start(folder, &json!({ "compressed": true }), free_port()?)
    }

    /// A folder without compression, and where in it addresses lead that begin in some way.
    pub fn of_bench(folder: &Path, paths: &[(&str, String)]) -> Result<Self> {
        let paths: Value = paths.iter().map(|(from, to)| ((*from).to_owned(), json!(to))).collect();
        Self::start(folder, &json!({ "paths": paths }), free_port()?)
    }

    /// A project of others in its own Vite, by `vite dev` or `vite preview`.
    pub fn of_project(mut vite: Command, how: &str) -> Result<Self> {
        vite.args([how, "--host", "127.0.0.1", "--strictPort"]);
        Self::spawn(vite, free_port()?)
    }

    fn start(folder: &Path, served: &Value, port: u16) -> Result<Self> {
        let mut vite = process::package_script("vite/bin/vite.js");
        vite.args(["preview", "--config", "vite.preview.config.ts", "--outDir"]).arg(folder);
        vite.env("GRU_SERVED", served.to_string());
        Self::spawn(vite, port)
    }

    fn spawn(mut vite: Command, port: u16) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        vite.args(["--port", &port.to_string()])
            .args(["--logLevel", "error"])
            // Vite ends with its standard input, so it does where we are killed; it must not when CI is set to something.
            .env_remove("CI")
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        let mut server = Self { vite: vite.spawn().context("cannot start Vite")?, address };
        while TcpStream::connect(address).is_err() {
            ensure!(server.vite.try_wait()?.is_none(), "Vite's server stopped: see above");
            thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.vite.kill();
        let _ = self.vite.wait();
    }
}

/// A port that is free now, and so it is a moment later.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_and_a_free_one_offered() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let message = listen(Some(port)).unwrap_err().to_string();
        assert!(message.starts_with(&format!("port {port} is taken")), "{message}");
        assert!(message.contains("cargo xtask serve --port "), "{message}");
        assert!(!message.contains('\n'), "one line: {message}");
    }

    #[test]
    fn options_are_read_and_nonsense_is_refused() {
        let parse = |args: &[&str]| options(&args.iter().map(|&arg| arg.to_owned()).collect::<Vec<_>>());
        let read = parse(&["--port", "9000", "--dev"]).unwrap();
        assert_eq!((read.port, read.dev, read.build), (Some(9000), true, true));
        assert!(!parse(&["--no-build"]).unwrap().build);
        for bad in [&["--port", "70000"][..], &["--port", "x"], &["--port"], &["--nonsense"], &["extra"]] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }
}
