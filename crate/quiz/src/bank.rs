//! The bank that is compiled in, and its calls as the core's.

use super::constant::{List, Text};
use super::schema::{
    Again, Badge, Bank, Challenge, Choice, Code, Curves, Gives, Level, PlainCall, Question, Run,
};
use call::shape::Shape;
use call::{Argument, Call, Config, Release, Value};

/// The challenge of this site, from `bank.toml`.
pub static BANK: Bank = {
    #[allow(unused_imports)] // A bank need not have questions of every level.
    use Level::{Advanced, Beginner, Expert, Intermediate};
    include!(concat!(env!("OUT_DIR"), "/bank.rs"))
};

impl Bank {
    /// The question of the given id, with its place.
    pub fn find(&self, id: &str) -> Option<(usize, &'static Question)> {
        self.questions.0.iter().enumerate().find(|(_, question)| question.id.0 == id)
    }
}

impl Question {
    /// The option of the given id.
    pub fn option(&self, id: &str) -> Option<&'static Choice> {
        self.options.0.iter().find(|option| option.id.0 == id)
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
            |shape: List<i64>| Argument::Tensor(call::Tensor::new(Shape::new(shape.iter().copied())));
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
            input: tensor(self.input),
            h_0: self.h_0.map(tensor),
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
        // The build has checked that the release is known.
        let release = self.release.and_then(|release| release.parse().ok());
        self.call.on(release.unwrap_or_default())
    }
}
