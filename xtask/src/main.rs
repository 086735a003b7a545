//! Every developer command: `cargo xtask help` lists them.

mod bench;
mod build;
mod core;
mod entries;
mod goldens;
mod package;
mod packages;
mod process;
mod release;
mod serve;
mod site;
mod stamp;
mod steps;
mod test;
mod tools;
mod wasm;
mod watch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;

use anyhow::{Result, bail};

const HELP: &str = "\
GRU Playground: developer commands

  cargo xtask serve [--port P] [--no-build]
      Build the site and serve it on 127.0.0.1 (port 8080 or the next free one).
  cargo xtask serve --dev [--port P]
      Vite's dev server; the page follows www/, the core is rebuilt when crate/ changes.
  cargo xtask build
      The static site alone, into dist/: put it below any path of any host.
  cargo xtask build --single
      The page in one file that opens from a disk, dist-single/gru-playground.html.
  cargo xtask package
      The npm package as a tarball, into target/: the elements for course pages, and the core.
  cargo xtask release --dry-run
      All that a release consists of, with SHA-256 checksums: site, npm package, single file. Nothing is published.
  cargo xtask test [PART...] [-- ARGS]
      What CI runs on each change; a PART is rust, www, site, browser, hosts, longer or one check of these.
      ARGS go to the test program of a single check: cargo xtask test browser -- -g smoke
  cargo xtask test --all
      All of that, and the checks that take too long for each change: the rooms on other systems, the bench's peers.
  cargo xtask test --no-build [PART...]
      The same with what was built last, though its sources may have changed since.
  cargo xtask test --list
      The parts and their checks.
  cargo xtask golden [--wasm] FILE...
      Checks files of PyTorch's answers, one JSON record a line, against the core, or with --wasm
      against the built package in Node: cargo xtask golden tests/golden/forward.jsonl
  cargo xtask goldens [--python PYTHON] [NAME...]
      Asks a real PyTorch again for everything that the tests hold the core to, and lists what changed: the drill
      for a new release. PYTHON has torch, and numpy, safetensors, onnx and onnxruntime for some.
  cargo xtask lesson-weights [--check]
      Trains the small GRU that the page opens on and writes its weights, or says whether they are those that are stored.
  cargo xtask paste FILE
      Says of a pasted text, an error, a warning, a shape or code, what it is and what mends it, as a line of JSON.
  cargo xtask paste --corpus FILE.jsonl
      The same for each record with id and text of a file, a line each.
  cargo xtask quiz check FILE.toml...
      Checks banks of questions: their form, and their keys, which are executed; says where something is wrong.
  cargo xtask snippet FILE.py
      Runs a learner's program as the page does: what it prints, or the last lines of its traceback.
  cargo xtask snippet --corpus FILE.jsonl...
      Runs each program of a file and compares it with what real PyTorch did; FILE.jsonl.zlib is one that is packed.
  cargo xtask weights FILE...
      Says what files of weights hold, one line of JSON each; with --mutate N before the files it reads N
      damaged copies of them: none may panic.
  cargo xtask bench [--rounds N] [--calls S,M1,M2,L1,L2] [--train] [--native [--python PATH]]
      Times the forward pass in Chromium beside onnxruntime-web, tfjs, candle and plain ndarray; with
      --train a training step beside tfjs, with --native our core and PyTorch without a browser.
  cargo xtask bench --code [--rounds N] [--python PATH]
      Times a learner's programs natively: beside CPython, the lab's own trainer, and PyTorch where PATH has it.
  cargo xtask bench --felt [--against FOLDER]
      Times the built site in Chromium: from a key stroke on a slider to new shapes and heatmaps, from a click to
      each view and to the first curve of a training; beside another build of the site, whose folder is given, in turns.
  cargo xtask bench --growth
      Times the forward pass while one size grows, and draws docs/growth.svg.
";

/// The top of the tree, as cargo tells it when it runs us: a copied checkout brings a built xtask of the first one along.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let xtask =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        PathBuf::from(xtask).parent().map(Path::to_owned).unwrap_or_default()
    })
}

/// `www/`, the page's sources and packages.
pub fn www() -> PathBuf {
    root().join("www")
}

/// `dist/`, the built site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

fn main() -> ExitCode {
    if let Some(ended) = wasm::rustc_wrapper() {
        return ended.unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        });
    }
    let mut args: Vec<String> = Vec::new();
    for arg in std::env::args_os().skip(1) {
        match arg.into_string() {
            Ok(arg) => args.push(arg),
            Err(arg) => {
                eprintln!("error: an argument is not text: {}", arg.display());
                return ExitCode::FAILURE;
            }
        }
    }
    match run(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = args.split_first() else {
        print!("{HELP}");
        return Ok(ExitCode::FAILURE);
    };
    match command.as_str() {
        "serve" => serve::run(rest),
        "build" => build::run(rest),
        "package" => package::run(rest),
        "release" => release::run(rest),
        "test" => test::run(rest),
        "golden" => core::golden(rest),
        "goldens" => goldens::run(rest),
        "lesson-weights" => core::lesson_weights(rest),
        "paste" => core::paste(rest),
        "weights" => core::weights(rest),
        "bench" => bench::run(rest),
        "quiz" => core::quiz(rest),
        "snippet" => core::snippet(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("there is no command '{other}': see `cargo xtask help`"),
    }
}
