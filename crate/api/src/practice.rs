//! Practice: what the page is told of a question before and after it is answered.

use gru_playground::call::Call;
use gru_playground::practice::{
    CONFIDENCE, Item, PracticeCurves, PracticeProgress, PracticeTopic, item, like_challenge, topics,
};
use gru_playground::py::CodeLine;
use serde::Serialize;

/// What can be practised, and where a learner begins.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PracticeShelf {
    /// The topics.
    pub topics: Vec<PracticeTopic>,
    /// How sure a learner can say to be, from a guess on.
    pub confidence: Vec<ConfidenceStep>,
    /// How a learner stands who has answered nothing.
    pub start: PracticeProgress,
}

/// One degree of confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ConfidenceStep {
    /// As a learner says it.
    pub words: &'static str,
    /// The share of right answers that it stands for, 0 to 1.
    pub share: f64,
}

/// A question without its key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PracticeQuestion {
    /// The generator: `shapes/h-n`.
    pub generator: &'static str,
    /// The seed that makes this variant of it.
    pub seed: u32,
    /// What kind of problem it is: `Predict Output`.
    pub kind: &'static str,
    /// How hard it is, 1 to 4.
    pub level: u8,
    /// The question.
    pub text: String,
    /// The code that it is about; may be empty.
    pub code: Vec<CodeLine>,
    /// The curves that it is about.
    pub curves: Option<PracticeCurves>,
    /// What can be chosen.
    pub options: Vec<String>,
}

/// What is said of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PracticeVerdict {
    /// Whether it is right.
    pub right: bool,
    /// The right option's place.
    pub key: usize,
    /// What is right about a wrong option, and the mistake that it comes from.
    pub reply: Option<String>,
    /// Why the right option is right.
    pub explanation: String,
    /// The call to be tried in Play, where the question is about one.
    pub call: Option<Call>,
}

/// What can be practised.
pub fn shelf() -> PracticeShelf {
    PracticeShelf {
        topics: topics(),
        confidence: CONFIDENCE.map(|(words, share)| ConfidenceStep { words, share }).to_vec(),
        start: PracticeProgress::default(),
    }
}

/// The question that a generator makes of a seed; none where there is no such generator.
pub fn question(generator: &str, seed: u32) -> Option<PracticeQuestion> {
    let Item { generator, seed, kind, level, text, code, curves, options, .. } = item(generator, seed)?;
    let options = options.into_iter().map(|option| option.text).collect();
    Some(PracticeQuestion { generator, seed, kind: kind.name(), level, text, code, curves, options })
}

/// What is said of the option at a place; none where there is no such generator or option.
pub fn judge(generator: &str, seed: u32, option: usize) -> Option<PracticeVerdict> {
    let item = item(generator, seed)?;
    let key = item.right();
    let chosen = item.options.into_iter().nth(option)?;
    Some(PracticeVerdict {
        right: option == key,
        key,
        reply: chosen.reply,
        explanation: item.explanation,
        call: item.call,
    })
}

/// The next question for a learner who stands so.
pub fn next(progress: &PracticeProgress, tags: &[String], seed: u32) -> Option<PracticeQuestion> {
    question(gru_playground::practice::next(progress, tags, seed), seed)
}

/// The generator that asks what a question of the challenge asks.
pub fn like(question: &str) -> Option<&'static str> {
    like_challenge(question)
}
