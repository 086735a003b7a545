//! `cargo xtask snippet`: a learner's program run by `crate/python`, or a file of programs and what real `PyTorch` did.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use anyhow::{Context, Result, anyhow, bail, ensure};
use python::{Execution, Raised, Unsupported};
use serde::Deserialize;
use serde_json::{Value, json};

/// What one program may do, as on the page.
const STEPS: u64 = 50_000_000;

/// A program and what came of it.
#[derive(Deserialize)]
struct Record {
    id: String,
    code: String,
    stdout: String,
    exception_type: Option<String>,
    message: Option<String>,
    last_line: Option<String>,
    error_line: Option<u32>,
    #[serde(default = "stable")]
    stable_across_cpu_capability: bool,
}

fn stable() -> bool {
    true
}

/// `cargo xtask snippet FILE.py` or `cargo xtask snippet --corpus FILE.jsonl [--wasm]`; `FILE.jsonl.zlib` is one that is packed
pub fn run(args: &[String]) -> Result<ExitCode> {
    match args {
        [file] if !file.starts_with('-') => one(Path::new(file)),
        [flag, wasm, files @ ..] if flag == "--corpus" && wasm == "--wasm" && !files.is_empty() => {
            let mut module = Module::start()?;
            corpus(files, |code| module.outcome(&code))
        }
        [flag, files @ ..] if flag == "--corpus" && !files.is_empty() => corpus(files, outcome),
        _ => bail!(
            "name a program or a corpus: cargo xtask snippet FILE.py, cargo xtask snippet --corpus FILE.jsonl [--wasm]"
        ),
    }
}

/// Runs on a stack of its own: calls of calls are calls here too.
fn outcome(code: String) -> Result<Execution> {
    let thread = std::thread::Builder::new().stack_size(1 << 29).spawn(move || python::run(&code, STEPS))?;
    thread.join().map_err(|_| anyhow!("the runner panicked"))
}

/// The built module in Node: `tests/node/snippet.mjs`.
struct Module {
    programs: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What the module says of a program.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    stdout: String,
    raised: Option<AnswerRaised>,
    refused: Option<AnswerRefused>,
    stopped: Option<String>,
    crashed: Option<String>,
}

#[derive(Deserialize)]
struct AnswerRaised {
    kind: String,
    message: String,
    text: String,
    line: u32,
}

#[derive(Deserialize)]
struct AnswerRefused {
    what: String,
    line: u32,
}

impl Module {
    fn start() -> Result<Self> {
        let mut command = Command::new("node");
        command
            .arg(crate::root()?.join("tests/node/snippet.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut node = command.spawn().context("cannot start `node`")?;
        let programs = node.stdin.take().context("standard input is piped")?;
        let answers = BufReader::new(node.stdout.take().context("standard output is piped")?);
        Ok(Module { programs, answers })
    }

    fn outcome(&mut self, code: &str) -> Result<Execution> {
        writeln!(self.programs, "{}", json!({ "code": code, "steps": STEPS }))?;
        self.programs.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let answer: Answer = serde_json::from_str(&line).context("its answer is not JSON")?;
        if let Some(crash) = answer.crashed.or(answer.stopped) {
            bail!("the module ended: {crash}");
        }
        let raised = answer.raised.map(|AnswerRaised { kind, message, text, line }| Raised {
            kind,
            message,
            text,
            line,
        });
        let refused = answer.refused.map(|AnswerRefused { what, line }| Unsupported { what, line });
        Ok(Execution { stdout: answer.stdout, raised, refused, ..Execution::default() })
    }
}

fn one(file: &Path) -> Result<ExitCode> {
    let code = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let outcome = outcome(code)?;
    print!("{}", outcome.stdout);
    for warning in &outcome.warnings {
        eprintln!("{}: {}", warning.category, warning.message);
    }
    if let Some(stopped) = &outcome.stopped {
        eprintln!("stopped: {} (line {})", stopped.what, stopped.line);
        return Ok(ExitCode::from(2));
    }
    if let Some(refused) = &outcome.refused {
        eprintln!("not supported here: {} (line {})", refused.what, refused.line);
        return Ok(ExitCode::from(2));
    }
    match &outcome.raised {
        None => Ok(ExitCode::SUCCESS),
        Some(raised) => {
            eprintln!("{}", raised.text);
            Ok(ExitCode::FAILURE)
        }
    }
}

fn corpus(files: &[String], mut outcome: impl FnMut(String) -> Result<Execution>) -> Result<ExitCode> {
    let (mut passed, mut failed) = (0, 0);
    for file in files {
        for record in records(Path::new(file))? {
            let id = record.id.clone();
            let difference = match outcome(record.code.clone()) {
                Ok(outcome) => difference(&record, &outcome),
                Err(error) => Some(error.to_string()),
            };
            match difference {
                None => passed += 1,
                Some(difference) => {
                    failed += 1;
                    println!("{id}: {difference}");
                }
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The text of a corpus: `.zlib` ends the name of one that is packed.
fn text_of(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let bytes = if file.extension().is_some_and(|ending| ending == "zlib") {
        miniz_oxide::inflate::decompress_to_vec_zlib(&bytes)
            .map_err(|error| anyhow!("{} cannot be unpacked: {error}", file.display()))?
    } else {
        bytes
    };
    String::from_utf8(bytes).with_context(|| format!("{} is no text", file.display()))
}

/// One record a line, or a file that holds them in a list.
fn records(file: &Path) -> Result<Vec<Record>> {
    let text = text_of(file)?;
    if let Ok(Value::Object(whole)) = serde_json::from_str::<Value>(&text)
        && let Some(list) = whole.into_iter().map(|(_, value)| value).find(Value::is_array)
    {
        return Ok(serde_json::from_value(list)?);
    }
    let records: Vec<Record> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    ensure!(!records.is_empty(), "{} has no records", file.display());
    Ok(records)
}

/// Where an outcome is not what the record has, in a line.
fn difference(record: &Record, outcome: &Execution) -> Option<String> {
    if let Some(stopped) = &outcome.stopped {
        return Some(format!("stopped: {} (line {})", stopped.what, stopped.line));
    }
    if let Some(refused) = &outcome.refused {
        return Some(format!("refused: {} (line {})", refused.what, refused.line));
    }
    let stdout = same_text(&outcome.stdout, &record.stdout, record.stable_across_cpu_capability);
    let raised = outcome.raised.as_ref();
    let kind = raised.map(|raised| raised.kind.as_str());
    if kind != record.exception_type.as_deref() {
        let shown = raised.map_or("nothing", |raised| &raised.text);
        return Some(format!(
            "raised {shown:?} and not {:?}",
            record.last_line.as_deref().unwrap_or("nothing")
        ));
    }
    if let Some(difference) = stdout {
        return Some(difference);
    }
    let Raised { message, text, line, .. } = raised?;
    if record.message.as_ref().is_some_and(|expected| expected != message) {
        return Some(format!("said {message:?} and not {:?}", record.message));
    }
    // Pythons before 3.12 do not propose a name in what a corpus keeps.
    let last = text.lines().last().unwrap_or_default();
    if let Some(expected) = &record.last_line
        && last != expected
        && !last.strip_prefix(expected.as_str()).is_some_and(|hint| hint.starts_with(". Did you "))
    {
        return Some(format!("ended with {text:?} and not {expected:?}"));
    }
    if record.error_line.is_some_and(|expected| expected != *line) {
        return Some(format!("at line {line} and not {:?}", record.error_line));
    }
    None
}

/// The first line that differs; where last digits may, numbers are compared within one in the last.
fn same_text(ours: &str, theirs: &str, exact: bool) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (ours.lines().collect(), theirs.lines().collect());
    for i in 0..a.len().max(b.len()) {
        let (x, y) = (a.get(i).copied().unwrap_or("nothing"), b.get(i).copied().unwrap_or("nothing"));
        if x != y && (exact || !close(x, y)) {
            return Some(format!("line {} of the output is {x:?} and not {y:?}", i + 1));
        }
    }
    if exact { Some("the ends of the output differ".to_owned()) } else { None }
}

/// Whether two lines differ in the last digits of numbers alone.
fn close(x: &str, y: &str) -> bool {
    let split = |text: &str| -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for c in text.chars() {
            let is_number = c.is_ascii_digit() || c == '.';
            match parts.last_mut() {
                Some(part)
                    if part.ends_with(|last: char| last.is_ascii_digit() || last == '.') == is_number =>
                {
                    part.push(c);
                }
                _ => parts.push(c.to_string()),
            }
        }
        parts
    };
    let (x, y) = (split(x), split(y));
    x.len() == y.len()
        && x.iter().zip(&y).all(|(x, y)| {
            x == y
                || match (x.parse::<f64>(), y.parse::<f64>()) {
                    (Ok(a), Ok(b)) => {
                        let digits = y.split_once('.').map_or(0, |(_, digits)| digits.len());
                        (a - b).abs() <= 1.5 * 10f64.powi(-(digits as i32))
                    }
                    _ => false,
                }
        })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{close, records, same_text};

    const CORPUS: &str = concat!(
        r#"{"id": "a", "code": "print(1)", "stdout": "1\n", "#,
        r#""exception_type": null, "message": null, "last_line": null, "error_line": null}"#,
        "\n",
    );

    #[test]
    fn a_packed_corpus_is_read_as_its_text_is() {
        let folder = std::env::temp_dir().join(format!("snippet-corpus-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let (plain, packed) = (folder.join("corpus.jsonl"), folder.join("corpus.jsonl.zlib"));
        fs::write(&plain, CORPUS).expect("written");
        fs::write(&packed, miniz_oxide::deflate::compress_to_vec_zlib(CORPUS.as_bytes(), 6))
            .expect("written");
        let codes = |file| records(file).map(|all| all.into_iter().map(|one| one.code).collect::<Vec<_>>());
        let (from_text, from_packed) = (codes(&plain), codes(&packed));
        fs::write(&packed, CORPUS).expect("written");
        let broken = codes(&packed);
        fs::remove_dir_all(&folder).expect("removed");
        assert_eq!(from_text.expect("a corpus"), ["print(1)"]);
        assert_eq!(from_packed.expect("a packed corpus"), ["print(1)"]);
        assert!(broken.expect_err("it is not packed").to_string().contains("cannot be unpacked"));
    }

    #[test]
    fn one_in_the_last_digit_is_close_and_two_are_not() {
        assert!(close("loss 0.1234", "loss 0.1235"));
        assert!(!close("loss 0.1234", "loss 0.1236"));
        assert!(!close("loss 0.1234", "less 0.1234"));
        assert!(same_text("a 1.0\n", "a 1.1\n", true).is_some());
        assert!(same_text("a 1.0\n", "a 1.1\n", false).is_none());
    }
}
