//! The form of a question bank: what `bank.toml` holds, field by field.
//!
//! This one file serves both the build script, which reads and checks the bank, and the library,
//! into which the bank is compiled. `docs/quiz.md` tells it to teachers.

use serde::Deserialize;

use super::constant::{List, Text};

/// A bank: the challenge, its badge and its questions in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    /// 16 hexadecimal digits that change with the bank's content; filled in by the build.
    #[serde(skip)]
    pub hash: Text,
    /// What holds for every question.
    pub challenge: Challenge,
    /// What is earned.
    pub badge: Badge,
    /// The questions.
    #[serde(rename = "question")]
    pub questions: List<Question>,
}

/// What holds for every question.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    /// Seconds of an attempt in the standard mode, 10 to 3600.
    pub seconds: u32,
    /// Attempts per question, fewer than any question has options.
    pub attempts: u32,
    /// What the learner reads before a run.
    pub about: Text,
}

/// What is earned by solving every question.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Badge {
    /// Its name.
    pub title: Text,
    /// The lines under its name.
    pub lines: List<Text>,
    /// Says who vouches for it.
    pub about: Text,
    /// The call whose `h_n` makes its pattern.
    pub call: PlainCall,
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its stable name: small letters, digits and hyphens.
    pub id: Text,
    /// What kind of problem it is: `Predict Output`.
    pub kind: Text,
    /// How hard it is.
    pub level: Level,
    /// Its title.
    pub title: Text,
    /// What is asked.
    pub text: Text,
    /// The code asked about.
    pub code: Option<Code>,
    /// The loss curves asked about.
    pub curves: Option<Curves>,
    /// What the hint says.
    pub hint: Text,
    /// What the options state: the shape of `out` (if absent), `h_n` or a parameter such as `weight_ih_l0`; or a
    /// count, as `h_n.size(0)`, `out.numel()` or `parameters`, the number of all parameters.
    pub asks: Option<Text>,
    /// The id of the right option.
    pub answer: Text,
    /// The options, shuffled in every run.
    #[serde(rename = "option")]
    pub options: List<Choice>,
    /// Why the answer is right.
    pub explanation: Text,
    /// What the core runs for the explanation.
    #[serde(rename = "run", default)]
    pub runs: List<Run>,
    /// What to read again when it went wrong.
    pub again: Again,
}

/// How hard a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// For a first hour with GRUs.
    Beginner,
    /// Needs the shapes.
    Intermediate,
    /// Needs the ideas behind the options.
    Advanced,
    /// Needs experience.
    Expert,
}

/// Code that a question shows.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The Python as shown, with exactly one `nn.GRU(...)` in it.
    pub text: Text,
    /// The same as a call; must state the same numbers.
    pub call: PlainCall,
}

/// A call of `nn.GRU` as written; an absent option has `PyTorch`'s default.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainCall {
    /// The option `input_size`.
    pub input_size: i64,
    /// The option `hidden_size`.
    pub hidden_size: i64,
    /// The option `num_layers`.
    pub num_layers: Option<i64>,
    /// The option `bias`.
    pub bias: Option<bool>,
    /// The option `batch_first`.
    pub batch_first: Option<bool>,
    /// The option `dropout`.
    pub dropout: Option<f64>,
    /// The option `bidirectional`.
    pub bidirectional: Option<bool>,
    /// The input's shape.
    pub input: List<i64>,
    /// The initial state's shape, where one is given.
    pub h_0: Option<List<i64>>,
}

/// An option to choose.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its stable name: small letters, digits and hyphens.
    pub id: Text,
    /// Its text.
    pub text: Text,
    /// The shape that the text states; given for all options of a question or for none. The right
    /// option's must be the shape of what the question asks for, and no other's.
    pub shape: Option<List<i64>>,
    /// The count that the text states, likewise.
    pub count: Option<i64>,
    /// For every wrong option: one sentence that says what is right about it and names the
    /// misconception behind it.
    pub reply: Option<Text>,
    /// Runs that prove what the reply says. Run by the tests, not shown.
    #[serde(rename = "proof", default)]
    pub proofs: List<Run>,
}

/// A call for the core to run, and what it must say.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// What is run, in a few words.
    pub label: Text,
    /// The `PyTorch` release that answers; the newest if absent.
    pub release: Option<Text>,
    /// The call.
    pub call: PlainCall,
    /// Shapes that it gives; none if it raises.
    #[serde(default)]
    pub gives: List<Gives>,
    /// The exception that it raises, as Python prints it: `RuntimeError: ...`.
    pub raises: Option<Text>,
}

/// A shape that a call gives.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gives {
    /// `out`, `h_n` or a parameter's name such as `weight_ih_l1`.
    pub tensor: Text,
    /// Its shape.
    pub shape: List<i64>,
}

/// Loss curves.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curves {
    /// Training loss after each epoch.
    pub training: List<f64>,
    /// Validation loss after each epoch; as many.
    pub validation: List<f64>,
}

/// What to read again.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Again {
    /// What it is about, in a few words.
    pub title: Text,
    /// What to look at.
    pub text: Text,
    /// What to set the playground to.
    pub call: Option<PlainCall>,
}
