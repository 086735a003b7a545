//! Random programs whose answers real `PyTorch` gave (`tests/golden/make_random_programs.py`).

use std::path::Path;

use gru_playground_python::{Execution, Raised, run};
use serde_json::Value;

const STEPS: u64 = 50_000_000;

/// The programs that may be refused by name, instead of answered.
const MOST_REFUSED: usize = 65;

/// Those whose last bit is known to differ, in `tanh` and `exp`: how `PyTorch`'s library rounds one in a hundred is its
/// own. A sum of shares, which is 1 or the float beside it, is printed as `1.` or `1.0000`.
const OTHER_LAST_BIT: &[&str] = &["course/15-505", "course/15-707"];

#[test]
fn random_programs_do_what_they_do_in_pytorch() {
    let text = answers();
    // Calls of calls are calls here too; one thread keeps what the library compiles to.
    let judge = move || {
        let mut verdicts = Vec::new();
        for line in text.lines() {
            let record: Value = serde_json::from_str(line).expect("a record a line");
            let outcome = run(record["code"].as_str().expect("a program"), STEPS);
            verdicts.push((record["id"].as_str().expect("an id").to_owned(), verdict(&record, &outcome)));
        }
        verdicts
    };
    let thread = std::thread::Builder::new().stack_size(1 << 29).spawn(judge);
    let verdicts = thread.expect("a thread").join().expect("the runner does not panic");
    assert_eq!(verdicts.len(), 2000);
    let of = |wanted| {
        verdicts
            .iter()
            .filter(move |(_, verdict)| *verdict == wanted)
            .map(|(id, _)| id.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Verdict::Differs), [""; 0]);
    assert_eq!(of(Verdict::SameButForTheLastBit), OTHER_LAST_BIT);
    let refused = of(Verdict::Refused).len();
    assert!(refused <= MOST_REFUSED, "{refused} programs are refused");
}

fn answers() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/random_programs.jsonl.zlib");
    let packed = std::fs::read(file).expect("the answers are committed");
    let bytes =
        miniz_oxide::inflate::decompress_to_vec_zlib(&packed).expect("the answers are packed by zlib");
    String::from_utf8(bytes).expect("the answers are text")
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Verdict {
    Same,
    SameButForTheLastBit,
    Refused,
    Differs,
}

fn verdict(record: &Value, outcome: &Execution) -> Verdict {
    if outcome.refused.is_some() {
        return Verdict::Refused;
    }
    let raised = outcome.raised.as_ref();
    let has = |key: &str, of: fn(&Raised) -> Value| record[key] == raised.map_or(Value::Null, of);
    let steady = record["stable_across_cpu_capability"] != false;
    let theirs = record["stdout"].as_str().unwrap_or_default();
    let is_exact = outcome.stdout == theirs;
    let same = outcome.stopped.is_none()
        && (is_exact || is_close(&outcome.stdout, theirs))
        && has("exception_type", |raised| raised.kind.as_str().into())
        && has("message", |raised| raised.message.as_str().into())
        && has("error_line", |raised| raised.line.into());
    match (same, is_exact || !steady) {
        (true, true) => Verdict::Same,
        (true, false) => Verdict::SameButForTheLastBit,
        (false, _) => Verdict::Differs,
    }
}

/// Whether two outputs differ in numbers alone, and those by one in the last digit.
fn is_close(ours: &str, theirs: &str) -> bool {
    let (a, b) = (pieces(ours), pieces(theirs));
    a.len() == b.len()
        && a.iter().zip(&b).all(|(x, y)| {
            let digits = |text: &str| text.split_once('.').map(|(_, digits)| digits.len());
            x == y
                || matches!((x.parse::<f64>(), y.parse::<f64>(), digits(x).max(digits(y))), (Ok(x), Ok(y), Some(digits))
                    if (x - y).abs() <= 1.5 * 10_f64.powi(-(digits as i32)))
        })
}

/// A text in numbers and what stands between them.
fn pieces(text: &str) -> Vec<String> {
    let is_of_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut pieces: Vec<String> = Vec::new();
    for c in text.chars() {
        match pieces.last_mut() {
            Some(piece) if piece.ends_with(is_of_number) == is_of_number(c) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

#[test]
fn one_in_the_last_digit_is_close_and_two_are_not() {
    assert!(is_close("loss 0.1234", "loss 0.1235"));
    assert!(!is_close("loss 0.1234", "loss 0.1236"));
    assert!(!is_close("loss 0.1234", "less 0.1234"));
    assert!(is_close("sum 1.", "sum 1.0000"));
    assert!(!is_close("step 1", "step 2"));
}
