//! `cargo xtask bench`: this project against what a user could take instead, in a real browser.

mod calls;
mod felt;
mod native;
mod peers;
mod plot;
mod results;
mod server;
mod table;
mod weight;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, bail, ensure};
use calls::CALLS;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::build::{self, Goal};
use crate::stamp::{Digest, Stamp};
use crate::steps::Outcome;
use crate::tools;
use crate::wasm::Effort;
use crate::{process, root};
use results::{Answer, Cold, Forward, Growth, Native, Train};

/// The engines as the bench's page names them; the first two are ours, the third is what ratios are to.
const ENGINES: [&str; 6] = [
    "this project, relaxed",
    "this project, simd128",
    "onnxruntime-web",
    "tfjs wasm",
    "candle",
    "naive ndarray",
];

/// How often a page is visited for its cold start.
const VISITS: usize = 5;

/// How many key strokes the feel of the page is measured with.
const STROKES: usize = 60;

/// How often each view is opened for the first time.
const OPENINGS: usize = 10;

// Each is a flag of the command.
#[allow(clippy::struct_excessive_bools)]
struct Options {
    rounds: usize,
    calls: Vec<&'static str>,
    train: bool,
    native: bool,
    growth: bool,
    felt: bool,
    code: bool,
    against: Option<PathBuf>,
    python: PathBuf,
}

/// Everything that one run measured.
#[derive(Serialize)]
struct Report {
    machine: String,
    browser: String,
    rounds: usize,
    forward: Vec<Forward>,
    cold: Vec<Cold>,
    #[serde(skip_serializing_if = "Option::is_none")]
    train: Option<Vec<Train>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    native: Option<Native>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pytorch: Option<Native>,
}

/// `target/bench/`.
fn folder() -> PathBuf {
    root().join("target").join("bench")
}

/// `cargo xtask bench`
pub fn run(args: &[String]) -> Result<ExitCode> {
    let options = parse(args)?;
    if options.code {
        return crate::core::bench_code(&folder().join("code"), &options.python, options.rounds);
    }
    let browser = tools::browser()?;
    if options.felt {
        let steps = build::reach(Goal::Site(Effort::Full))?;
        fs::create_dir_all(folder())?;
        println!("\n{}", felt::measure(&browser, STROKES, OPENINGS, options.against.as_deref())?);
        steps.finish(&format!("its numbers are in {}", folder().display()));
        return Ok(ExitCode::SUCCESS);
    }
    let mut steps = build::reach(Goal::Wasm(Effort::Full))?;
    steps.add(3);
    steps.step("install the bench's npm packages", peers::install)?;
    steps.step("compile what the bench measures beside the package", peers::build)?;
    steps.step("write the calls", write_calls)?;
    let server = server::start()?;
    let driver = Driver { address: format!("http://{}/", server.address), browser };
    if options.growth {
        steps.add(1);
        steps.step("measure how a pass grows", || grow(&driver, options.rounds))?;
        steps.finish(&format!("the plot is {}", plot::file().display()));
        return Ok(ExitCode::SUCCESS);
    }
    let mut report = None;
    steps.add(1);
    steps.step("measure", || {
        report = Some(measure(&driver, &options)?);
        Ok(Outcome::Done)
    })?;
    let report = report.context("nothing was measured")?;
    let table = table::markdown(&report);
    fs::write(folder().join("bench.json"), serde_json::to_string_pretty(&report)?)?;
    fs::write(folder().join("bench.md"), &table)?;
    println!("\n{table}");
    steps.finish(&format!("the table and its numbers are in {}", folder().display()));
    Ok(ExitCode::SUCCESS)
}

fn parse(args: &[String]) -> Result<Options> {
    use lexopt::prelude::{Long, ValueExt};
    let all = CALLS.map(|call| call.name).to_vec();
    let mut options = Options {
        rounds: 15,
        calls: all.clone(),
        train: false,
        native: false,
        growth: false,
        felt: false,
        code: false,
        against: None,
        python: "python3".into(),
    };
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("rounds") => options.rounds = parser.value()?.parse()?,
            Long("calls") => {
                let given = parser.value()?.string()?;
                let known = |name: &str| all.iter().copied().find(|&call| call == name);
                let chosen = given.split(',').map(|name| {
                    known(name)
                        .with_context(|| format!("there is no call '{name}': they are {}", all.join(", ")))
                });
                options.calls = chosen.collect::<Result<_>>()?;
            }
            Long("train") => options.train = true,
            Long("native") => options.native = true,
            Long("growth") => options.growth = true,
            Long("felt") => options.felt = true,
            Long("code") => options.code = true,
            Long("against") => options.against = Some(parser.value()?.into()),
            Long("python") => options.python = parser.value()?.into(),
            other => bail!("{}: see `cargo xtask help`", other.unexpected()),
        }
    }
    ensure!(
        options.against.is_none() || options.felt,
        "--against is another site, which --felt alone compares"
    );
    ensure!(options.rounds > 0, "no rounds, no medians: give --rounds 1 or more");
    Ok(options)
}

/// The numbers are the same however fast they are computed: they are written once.
fn write_calls() -> Result<Outcome> {
    let models = folder().join("models");
    let mut inputs = Digest::default().with(include_str!("calls.rs"));
    for room in ["rng", "weights"] {
        inputs = inputs.with_files(&root().join("crate").join(room), &|_| false)?;
    }
    let stamp = Stamp::new(models.join(".stamp"), models.clone(), &inputs);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    fs::create_dir_all(&models)?;
    stamp.clear()?;
    for call in CALLS {
        call.write(&models)?;
    }
    stamp.keep()?;
    Ok(Outcome::Done)
}

/// The script that drives the browser.
struct Driver {
    address: String,
    browser: PathBuf,
}

impl Driver {
    fn ask<T: DeserializeOwned>(&self, task: &str, options: &Value) -> Result<Answer<T>> {
        drive(&self.browser, "drive.mjs", task, &[&self.address, task, &options.to_string()])
    }
}

/// Runs a script of `bench/` that drives the browser, and keeps and reads what it measured.
fn drive<T: DeserializeOwned>(browser: &Path, script: &str, task: &str, args: &[&str]) -> Result<Answer<T>> {
    let mut node = process::node();
    node.arg(root().join("bench").join(script))
        .args(args)
        .env("GRU_CHROMIUM", browser)
        .stdout(Stdio::piped());
    let output = node.spawn().context("cannot start `node`")?.wait_with_output()?;
    ensure!(output.status.success(), "the bench in the browser failed: see above");
    fs::write(folder().join(format!("{task}.json")), &output.stdout)?;
    serde_json::from_slice(&output.stdout).context("what the bench measured")
}

fn measure(driver: &Driver, options: &Options) -> Result<Report> {
    let Options { rounds, calls, .. } = options;
    let over = json!({ "calls": calls, "rounds": rounds, "engines": ENGINES });
    let Answer { browser, report: forward } = driver.ask::<Vec<Forward>>("forward", &over)?;
    let (small, large) = ("S", calls.last().copied().unwrap_or("S"));
    let visits = json!({ "engines": ENGINES, "call": small, "large": large, "rounds": VISITS });
    let mut cold = driver.ask::<Vec<Cold>>("cold", &visits)?.report;
    weight::weigh(&mut cold)?;
    let train = options.train.then(|| driver.ask::<Vec<Train>>("train", &over)).transpose()?;
    let (native, pytorch) = if options.native {
        (Some(native::core(calls, *rounds)?), native::pytorch(&options.python, calls, *rounds)?)
    } else {
        (None, None)
    };
    Ok(Report {
        machine: machine(),
        browser,
        rounds: *rounds,
        forward,
        cold,
        train: train.map(|answer| answer.report),
        native,
        pytorch,
    })
}

fn grow(driver: &Driver, rounds: usize) -> Result<Outcome> {
    let answer =
        driver.ask::<Vec<Growth>>("growth", &json!({ "series": plot::series(), "rounds": rounds }))?;
    fs::write(plot::file(), plot::svg(&answer.report))?;
    Ok(Outcome::Done)
}

/// The processor's name, where the system tells it, and how many cores it has.
fn machine() -> String {
    let told = fs::read_to_string(Path::new("/proc/cpuinfo")).unwrap_or_default();
    let name = told.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let name = name.map_or(std::env::consts::ARCH, |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!("{name}, {cores} cores, {}", std::env::consts::OS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Options> {
        parse(&args.iter().map(|&arg| arg.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read_and_nonsense_is_refused() {
        let options = read(&["--rounds", "3", "--calls", "S,L2", "--train"]).unwrap();
        assert_eq!((options.rounds, options.calls, options.train), (3, vec!["S", "L2"], true));
        assert_eq!(read(&[]).unwrap().calls.len(), CALLS.len());
        let compared = read(&["--felt", "--against", "before"]).unwrap();
        assert_eq!((compared.felt, compared.against), (true, Some("before".into())));
        for bad in [
            &["--calls", "XL"][..],
            &["--against", "before"],
            &["--rounds", "0"],
            &["--rounds"],
            &["--nonsense"],
            &["extra"],
        ] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
