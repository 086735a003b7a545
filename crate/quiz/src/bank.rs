//! The bank of this site, and its calls as the core's.

use std::sync::LazyLock;

use super::schema::{Bank, Choice, Level, PlainCall, Question, Run};
use call::shape::Shape;
use call::{Argument, Call, Config, Release, Value};

/// The challenge of this site, from `bank.toml`, which the tests check.
pub static BANK: LazyLock<Bank> = LazyLock::new(|| {
    Bank::parse(include_str!("bank.toml")).unwrap_or_else(|error| panic!("bank.toml: {error}"))
});

impl Bank {
    /// A bank of the right form, whatever it holds; [`Bank::read`] checks that too.
    pub(super) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let bank: Self = toml::from_str(text)?;
        let hash = format!("{:016x}", fnv1a(&hashed_text(&bank)));
        Ok(Self { hash, ..bank })
    }

    /// The question of the given id, with its place.
    pub fn find(&self, id: &str) -> Option<(usize, &Question)> {
        self.questions.iter().enumerate().find(|(_, question)| question.id == id)
    }
}

impl Question {
    /// The option of the given id.
    pub fn option(&self, id: &str) -> Option<&Choice> {
        self.options.iter().find(|option| option.id == id)
    }
}

impl Level {
    /// The level in words.
    pub fn name(self) -> &'static str {
        match self {
            Level::Beginner => "beginner",
            Level::Intermediate => "intermediate",
            Level::Advanced => "advanced",
            Level::Expert => "expert",
        }
    }
}

impl PlainCall {
    /// The call on a release.
    pub fn on(&self, release: Release) -> Call {
        let tensor =
            |shape: &Vec<i64>| Argument::Tensor(call::Tensor::new(Shape::new(shape.iter().copied())));
        Call {
            config: Config {
                input_size: Some(Value::Int(self.input_size)),
                hidden_size: Some(Value::Int(self.hidden_size)),
                num_layers: self.num_layers.map(Value::Int),
                bias: self.bias.map(Value::Bool),
                batch_first: self.batch_first.map(Value::Bool),
                dropout: self.dropout.map(Value::Float),
                bidirectional: self.bidirectional.map(Value::Bool),
                ..Config::default()
            },
            input: tensor(&self.input),
            h_0: self.h_0.as_ref().map(tensor),
            release,
        }
    }
}

impl From<&PlainCall> for Call {
    fn from(call: &PlainCall) -> Call {
        call.on(Release::NEWEST)
    }
}

impl Run {
    /// The call on the run's release.
    pub fn call(&self) -> Call {
        // The tests have checked that the release is known.
        let release = self.release.as_ref().and_then(|release| release.parse().ok());
        self.call.on(release.unwrap_or_default())
    }
}

/// The text that a bank's hash is of. Learners keep runs under that hash, so it stays as it was when a bank was Rust
/// source of the types `Text` and `List`. What stands behind a verdict and leads on is no part of it: a run goes on all the
/// same where it is added.
fn hashed_text(bank: &Bank) -> String {
    let mut asked = bank.clone();
    asked.questions.iter_mut().for_each(|question| question.happen = None);
    let mut hashed = String::new();
    let (mut in_text, mut is_escaped) = (false, false);
    for char in format!("{asked:?}").replace("happen: None, ", "").chars() {
        match char {
            '"' if !is_escaped => {
                in_text = !in_text;
                hashed.push_str(if in_text { "Text(\"" } else { "\")" });
            }
            '[' if !in_text => hashed.push_str("List(&["),
            ']' if !in_text => hashed.push_str("])"),
            _ => hashed.push(char),
        }
        is_escaped = char == '\\' && !is_escaped;
    }
    hashed
}

/// The 64-bit FNV-1a hash: enough to tell one bank from another.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
