//! A bank checked whole: its form, what it states, and its keys, which are executed.

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;

use super::check::{Problem, check};
use super::keys::{KeyStanding, Refuted, judge};
use super::places::{BankPlaces, position};
use super::schema::Bank;

/// The longest text of a bank, in bytes.
pub const LONGEST_BANK: usize = 16_000_000;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum FindingSeverity {
    /// The bank cannot be used like this.
    Error,
    /// What cannot be judged here: it is taken on trust.
    Note,
}

/// One thing that is said of a bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BankFinding {
    /// How much it matters.
    pub severity: FindingSeverity,
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1, in characters.
    pub column: usize,
    /// The id of the question that it is about.
    pub question: Option<String>,
    /// The id of the option that it is about.
    pub option: Option<String>,
    /// The field, and what is wrong with it.
    pub message: String,
}

/// As compilers print it: `12:8: error: question "shapes", option "first": `text` is empty`.
impl fmt::Display for BankFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            FindingSeverity::Error => "error",
            FindingSeverity::Note => "note",
        };
        write!(f, "{}:{}: {severity}: ", self.line, self.column)?;
        match (&self.question, &self.option) {
            (Some(question), Some(option)) => write!(f, "question {question:?}, option {option:?}: ")?,
            (Some(question), None) => write!(f, "question {question:?}: ")?,
            _ => {}
        }
        f.write_str(&self.message)
    }
}

/// What is said of a bank, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BankCheck {
    /// How many questions it has.
    pub questions: usize,
    /// How many of their keys the core computes.
    pub computed: usize,
    /// What was found.
    pub findings: Vec<BankFinding>,
}

impl BankCheck {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity == FindingSeverity::Note)
    }
}

/// Checks the text of a bank; what is right in form has its keys, runs and proofs executed.
///
/// ```
/// use gru_playground_quiz::check_bank;
///
/// let report = check_bank("[challenge]\nseconds = 1");
/// assert!(!report.is_sound());
/// assert_eq!(report.findings[0].line, 1);
/// ```
pub fn check_bank(text: &str) -> BankCheck {
    let refused = |line, column, message: String| BankCheck {
        questions: 0,
        computed: 0,
        findings: vec![BankFinding {
            severity: FindingSeverity::Error,
            line,
            column,
            question: None,
            option: None,
            message,
        }],
    };
    if text.len() > LONGEST_BANK {
        return refused(1, 1, format!("{} bytes: a bank has at most {LONGEST_BANK}", text.len()));
    }
    let bank = match Bank::parse(text) {
        Ok(bank) => bank,
        Err(error) => {
            let (line, column) = position(text, error.span().map_or(0, |span| span.start));
            return refused(line, column, error.message().to_owned());
        }
    };
    let problems = check(&bank);
    let faulty: HashSet<usize> = problems.iter().filter_map(|problem| problem.question).collect();
    let mut found: Vec<(FindingSeverity, Problem)> =
        problems.into_iter().map(|problem| (FindingSeverity::Error, problem)).collect();
    let mut computed = 0;
    for (place, question) in bank.questions.iter().enumerate().filter(|(place, _)| !faulty.contains(place)) {
        match judge(question) {
            KeyStanding::Holds => computed += 1,
            KeyStanding::Open => found.push((
                FindingSeverity::Note,
                Problem {
                    question: Some(place),
                    option: None,
                    at: None,
                    message: "`answer` is taken on trust: no option states a `shape` or a `count` of `code`"
                        .to_owned(),
                },
            )),
            KeyStanding::Fails(refuted) => found.extend(refuted.into_iter().map(|refuted| {
                let Refuted { option, at, message } = refuted;
                (FindingSeverity::Error, Problem { question: Some(place), option, at, message })
            })),
        }
    }
    let places = BankPlaces::new(text);
    let finding = |(severity, problem): (FindingSeverity, Problem)| {
        let (line, column) = places.as_ref().map_or((1, 1), |places| places.find(&problem));
        let (question, option) = problem.ids(&bank);
        let (question, option) = (question.map(str::to_owned), option.map(str::to_owned));
        BankFinding { severity, line, column, question, option, message: problem.message }
    };
    let mut findings: Vec<BankFinding> = found.into_iter().map(finding).collect();
    findings.sort_by_key(|finding| (finding.line, finding.column));
    BankCheck { questions: bank.questions.len(), computed, findings }
}
