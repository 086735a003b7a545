//! The form of a question bank: what `bank.toml` holds, field by field.
//!
//! `docs/quiz.md` tells it to teachers.

use serde::Deserialize;

/// A bank: the challenge, its badge and its questions in the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    /// 16 hexadecimal digits that change with the bank's content; no field of the file.
    #[serde(skip)]
    pub hash: String,
    /// What holds for every question.
    pub challenge: Challenge,
    /// What is earned.
    pub badge: Badge,
    /// The questions.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

/// What holds for every question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    /// Seconds of an attempt in the standard mode, 10 to 3600.
    pub seconds: u32,
    /// Attempts per question, fewer than any question has options.
    pub attempts: u32,
    /// What the learner reads before a run.
    pub about: String,
}

/// What is earned by solving every question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Badge {
    /// Its name.
    pub title: String,
    /// The lines under its name.
    pub lines: Vec<String>,
    /// Says who vouches for it.
    pub about: String,
    /// The call whose `h_n` makes its pattern.
    pub call: PlainCall,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its stable name: small letters, digits and hyphens.
    pub id: String,
    /// What kind of problem it is: `Predict Output`.
    pub kind: String,
    /// How hard it is.
    pub level: Level,
    /// Its title.
    pub title: String,
    /// What is asked.
    pub text: String,
    /// The code asked about.
    pub code: Option<Code>,
    /// The loss curves asked about.
    pub curves: Option<Curves>,
    /// What the hint says.
    pub hint: String,
    /// What the options state: the shape of `out` (if absent), `h_n` or a parameter such as `weight_ih_l0`; or a
    /// count, as `h_n.size(0)`, `out.numel()` or `parameters`, the number of all parameters.
    pub asks: Option<String>,
    /// The id of the right option.
    pub answer: String,
    /// The options, shuffled in every run.
    #[serde(rename = "option")]
    pub options: Vec<Choice>,
    /// Why the answer is right.
    pub explanation: String,
    /// What the core runs for the explanation.
    #[serde(rename = "run", default)]
    pub runs: Vec<Run>,
    /// Where the page makes it happen.
    pub happen: Option<Happen>,
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
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The Python as shown, with exactly one `nn.GRU(...)` in it.
    pub text: String,
    /// The same as a call; must state the same numbers.
    pub call: PlainCall,
}

/// A call of `nn.GRU` as written; an absent option has `PyTorch`'s default.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
    pub input: Vec<i64>,
    /// The initial state's shape, where one is given.
    pub h_0: Option<Vec<i64>>,
}

/// An option to choose.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its stable name: small letters, digits and hyphens.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The shape that the text states; given for all options of a question or for none. The right
    /// option's must be the shape of what the question asks for, and no other's.
    pub shape: Option<Vec<i64>>,
    /// The count that the text states, likewise.
    pub count: Option<i64>,
    /// For every wrong option: one sentence that says what is right about it and names the
    /// misconception behind it.
    pub reply: Option<String>,
    /// Runs that prove what the reply says. Run by the tests, not shown.
    #[serde(rename = "proof", default)]
    pub proofs: Vec<Run>,
}

/// A call for the core to run, and what it must say.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// What is run, in a few words.
    pub label: String,
    /// The `PyTorch` release that answers; the newest if absent.
    pub release: Option<String>,
    /// The call.
    pub call: PlainCall,
    /// Shapes that it gives; none if it raises.
    #[serde(default)]
    pub gives: Vec<Gives>,
    /// The exception that it raises, as Python prints it: `RuntimeError: ...`.
    pub raises: Option<String>,
}

/// A shape that a call gives.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gives {
    /// `out`, `h_n` or a parameter's name such as `weight_ih_l1`.
    pub tensor: String,
    /// Its shape.
    pub shape: Vec<i64>,
}

/// Loss curves.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curves {
    /// Training loss after each epoch.
    pub training: Vec<f64>,
    /// Validation loss after each epoch; as many.
    pub validation: Vec<f64>,
}

/// What to read again.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Again {
    /// What it is about, in a few words.
    pub title: String,
    /// What to look at.
    pub text: String,
    /// What to set the playground to.
    pub call: Option<PlainCall>,
}

/// The very settings that show what an explanation says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happen {
    /// What to do there, and what is then seen.
    pub text: String,
    /// The place of the page, as its address has it after the `#`: `lab/train?hidden_size=64`.
    pub opens: String,
}
