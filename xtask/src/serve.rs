//! The built site on 127.0.0.1, with the headers of a careful host.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use axum::Router;
use axum::http::{HeaderValue, header};
use tower_http::compression::CompressionLayer;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::build::{self, Goal};
use crate::{dist, watch};

/// The policy that the page also carries as a meta tag.
const CONTENT_SECURITY_POLICY: &str = include_str!("../../www/csp.txt");

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
    let address = listener.local_addr()?;
    if options.dev {
        drop(listener);
        return watch::run(address.port());
    }
    if options.build {
        build::reach(Goal::Site)?;
    }
    ensure!(dist().join("index.html").is_file(), "there is no built site: run `cargo xtask build`");
    println!("GRU Playground is at http://{address}/ (Ctrl-C stops it)");
    serve(listener, site(&dist()))?;
    Ok(ExitCode::SUCCESS)
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

/// The page in one file has a policy of its own, which names its scripts by their hashes: ours would block them.
const SINGLE_FILE: &str = "/gru-playground.html";

/// Serves the folder from a thread of its own, below `/` and below a longer path, and returns the address.
pub fn in_background(folder: &Path, below: &str) -> Result<SocketAddr> {
    let router = headers(Router::new().nest_service(below, files(folder)).fallback_service(files(folder)));
    on_a_thread(with_single_file(folder, router))
}

/// Serves a page of others from a thread of its own, as it was built: under no policy of ours.
pub fn as_built(folder: &Path) -> Result<SocketAddr> {
    on_a_thread(Router::new().fallback_service(files(folder)))
}

fn on_a_thread(router: Router) -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    let address = listener.local_addr()?;
    from_thread(listener, router);
    Ok(address)
}

/// Serves from a thread of its own for as long as the program runs.
pub fn from_thread(listener: TcpListener, router: Router) {
    std::thread::spawn(move || {
        if let Err(error) = serve(listener, router) {
            eprintln!("error: the server stopped: {error:#}");
        }
    });
}

fn site(folder: &Path) -> Router {
    with_single_file(folder, headers(Router::new().fallback_service(files(folder))))
}

fn with_single_file(folder: &Path, router: Router) -> Router {
    router.route_service(SINGLE_FILE, ServeFile::new(folder.join(SINGLE_FILE.trim_start_matches('/'))))
}

fn files(folder: &Path) -> ServeDir {
    ServeDir::new(folder)
}

fn headers(router: Router) -> Router {
    let set = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    router
        .layer(CompressionLayer::new())
        .layer(set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY.trim_ascii()))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // Course pages load the elements from here, and so do frames without an origin.
        .layer(set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
        // Rebuilt sites are seen at once; unchanged files still answer 304.
        .layer(set(header::CACHE_CONTROL, "no-cache"))
}

fn serve(listener: TcpListener, router: Router) -> Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_io().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router).await?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    fn get(address: SocketAddr, path: &str, accept: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {accept}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let split = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        (String::from_utf8(answer[..split].to_ascii_lowercase()).unwrap(), answer[split + 4..].to_vec())
    }

    #[test]
    fn files_come_with_their_type_compressed_and_under_the_policy() {
        let folder = std::env::temp_dir().join(format!("gru-xtask-serve-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), "<!doctype html>".repeat(100)).unwrap();
        fs::write(folder.join("core.wasm"), [0; 4096]).unwrap();
        fs::write(folder.join("page.js"), "export {};".repeat(100)).unwrap();
        let address = in_background(&folder, "/a/b").unwrap();

        for below in ["", "/a/b"] {
            let (head, body) = get(address, &format!("{below}/"), "identity");
            assert!(head.starts_with("http/1.1 200"), "{head}");
            assert!(head.contains("content-type: text/html"), "{head}");
            assert!(
                head.contains(
                    "content-security-policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
                ),
                "{head}"
            );
            assert!(head.contains("x-content-type-options: nosniff"), "{head}");
            assert!(head.contains("referrer-policy: no-referrer"), "{head}");
            assert_eq!(body.len(), 1500);

            let (head, body) = get(address, &format!("{below}/core.wasm"), "br");
            assert!(head.contains("content-type: application/wasm"), "{head}");
            assert!(head.contains("content-encoding: br"), "{head}");
            assert!(body.len() < 1000, "{} bytes", body.len());

            let (head, _) = get(address, &format!("{below}/page.js"), "gzip");
            assert!(head.contains("content-type: text/javascript"), "{head}");
            assert!(head.contains("content-encoding: gzip"), "{head}");

            let (head, _) = get(address, &format!("{below}/absent.js"), "identity");
            assert!(head.starts_with("http/1.1 404"), "{head}");
            let (head, _) = get(address, &format!("{below}/../Cargo.toml"), "identity");
            assert!(head.starts_with("http/1.1 404"), "{head}");
        }
        fs::remove_dir_all(folder).unwrap();
    }

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
