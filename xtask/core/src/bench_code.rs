//! `cargo xtask bench --code`: a learner's programs by `crate/python`, beside `CPython`, `PyTorch` and the lab's own trainer.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use gru_playground::py::CodeLine;
use gru_playground::train::{Lesson, Setup, training_script};

/// More than any of the programs takes.
const STEPS: u64 = 1 << 40;

/// 10^7 additions.
const ADDITIONS: &str = "total = 0\nfor i in range(10_000_000):\n    total += i\nprint(total)\n";

/// What a learner's page shows first.
const SNIPPET: &str = "import torch\nimport torch.nn as nn\n\ngru = nn.GRU(4, 8, batch_first=True)\nout, h = gru(torch.randn(2, 5, 4))\nprint(out.shape, h.shape)\n";

/// `bench-code FOLDER PYTHON ROUNDS`
pub fn run(args: &[String]) -> Result<ExitCode> {
    let [folder, python, rounds] = args else { bail!("bench-code takes a folder, a Python and rounds") };
    let (folder, python, rounds) = (Path::new(folder), Path::new(python), rounds.parse()?);
    fs::create_dir_all(folder)?;
    let setup = Setup { steps: 200, ..Setup::default() };
    let script: String = training_script(&setup).iter().map(|line| CodeLine::text(line) + "\n").collect();
    let (additions_py, script_py) = (folder.join("additions.py"), folder.join("training.py"));
    fs::write(&additions_py, ADDITIONS)?;
    fs::write(&script_py, &script)?;

    // All take turns: what else the machine does reaches each of them.
    let mut times = Times::default();
    for _ in 0..rounds {
        times.additions.push(program(ADDITIONS)?);
        times.python.extend(asked(python, &additions_py, 1)?);
        times.script.push(program(&script)?);
        times.lesson.push(lesson(&setup)?);
        program(SNIPPET)?;
        times.warm.push(program(SNIPPET)?);
    }
    let has_torch =
        Command::new(python).args(["-c", "import torch"]).output().is_ok_and(|tried| tried.status.success());
    let mut torch = if has_torch { asked(python, &script_py, rounds)? } else { Vec::new() };
    let (additions, script) = (median(&mut times.additions), median(&mut times.script));
    let (cpython, lesson) = (median(&mut times.python), median(&mut times.lesson));
    println!(
        "10^7 additions: {additions:.0} ms; CPython {cpython:.0} ms; {:.2} times, at most 3",
        additions / cpython
    );
    println!(
        "200 steps of the lab as a script: {script:.1} ms; the lab {lesson:.1} ms; {:.2} times, at most 1.3",
        script / lesson
    );
    if has_torch {
        let torch = median(&mut torch);
        println!(
            "the same script in PyTorch, one thread: {torch:.1} ms; {:.2} times, below 1",
            script / torch
        );
    } else {
        println!("{} has no torch: PyTorch is left out (--python PATH names another)", python.display());
    }
    println!("a warm snippet: {:.1} ms, at most 30", median(&mut times.warm));
    Ok(ExitCode::SUCCESS)
}

/// Milliseconds of each round.
#[derive(Default)]
struct Times {
    additions: Vec<f64>,
    python: Vec<f64>,
    script: Vec<f64>,
    lesson: Vec<f64>,
    warm: Vec<f64>,
}

fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, f64)> {
    let began = Instant::now();
    let made = work()?;
    Ok((made, began.elapsed().as_secs_f64() * 1000.0))
}

/// The milliseconds of a program, which must come to its end; what the library compiles to is kept by the thread.
fn program(code: &str) -> Result<f64> {
    let (outcome, time) = timed(|| Ok(python::run(code, STEPS)))?;
    ensure!(
        outcome.raised.is_none() && outcome.refused.is_none() && outcome.stopped.is_none(),
        "the program did not come to its end: {outcome:?}"
    );
    Ok(time)
}

/// The milliseconds of the lab's own trainer, with all that its script asks for.
fn lesson(setup: &Setup) -> Result<f64> {
    let train = || {
        let mut lesson = Lesson::new(setup)?;
        for _ in 0..setup.steps {
            black_box(lesson.step()?);
            if lesson.validates() {
                black_box(lesson.validate()?);
            }
        }
        Ok(())
    };
    timed(train).map(|((), time)| time)
}

/// The milliseconds that a Python says of a program.
fn asked(python: &Path, file: &Path, rounds: usize) -> Result<Vec<f64>> {
    let mut command = Command::new(python);
    command.arg(crate::root()?.join("bench/code.py")).arg(file).arg(rounds.to_string());
    let output =
        command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().context("cannot start Python")?;
    ensure!(output.status.success(), "Python's run failed: see above");
    serde_json::from_slice(&output.stdout).context("what Python's run measured")
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
