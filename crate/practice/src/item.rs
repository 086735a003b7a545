//! One question, as a seed makes it.

use call::Call;
use call::py::CodeLine;
use serde::Serialize;

use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::generators::{self, QuestionGenerator};

/// What kind of problem a question is: the five of the challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PracticeKind {
    /// What a call gives.
    PredictOutput,
    /// What goes wrong, and what mends it.
    Debug,
    /// What an option changes.
    Hyperparameter,
    /// What a number of training says.
    Metrics,
    /// Which module fits.
    ModelChoice,
}

impl PracticeKind {
    /// Every kind, in the order of the challenge.
    pub const ALL: [Self; 5] =
        [Self::PredictOutput, Self::ModelChoice, Self::Hyperparameter, Self::Metrics, Self::Debug];

    /// As the challenge names it: `Predict Output`.
    pub fn name(self) -> &'static str {
        match self {
            PracticeKind::PredictOutput => "Predict Output",
            PracticeKind::Debug => "Debug",
            PracticeKind::Hyperparameter => "Hyperparameter",
            PracticeKind::Metrics => "Metrics",
            PracticeKind::ModelChoice => "Model Choice",
        }
    }
}

/// The loss after each epoch, as many of each.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PracticeCurves {
    /// On what is trained on.
    pub training: Vec<f64>,
    /// On what is held back.
    pub validation: Vec<f64>,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeOption {
    /// What is chosen; what stands between backticks is code.
    pub text: String,
    /// What is right about it, and the mistake that it comes from; none for the right one.
    pub reply: Option<String>,
}

/// A question that a generator drew from a seed; the same for the same seed.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The generator's name: `shapes/h-n`.
    pub generator: &'static str,
    /// The seed.
    pub seed: u32,
    /// What kind of problem it is.
    pub kind: PracticeKind,
    /// How hard it is, 1 to 4.
    pub level: u8,
    /// The topics that it belongs to.
    pub tags: &'static [&'static str],
    /// The question.
    pub text: String,
    /// The code that it is about.
    pub code: Vec<CodeLine>,
    /// The curves that it is about.
    pub curves: Option<PracticeCurves>,
    /// The call to be tried in Play, where it is about one.
    pub call: Option<Call>,
    /// Three or four options, one of them right.
    pub options: Vec<PracticeOption>,
    /// Why the right one is right.
    pub explanation: String,
    /// A program that prints the right option's text and no other's, by running what the question is about.
    pub proof: String,
}

impl Item {
    /// The place of the right option.
    pub fn right(&self) -> usize {
        self.options.iter().position(|option| option.reply.is_none()).unwrap_or_default()
    }
}

/// What a generator of this name makes of a seed; none where there is no such generator.
///
/// ```
/// let item = gru_playground_practice::item("shapes/h-n", 7).expect("a generator of this name");
/// assert_eq!(item.options.iter().filter(|option| option.reply.is_none()).count(), 1);
/// assert_eq!(Some(item), gru_playground_practice::item("shapes/h-n", 7));
/// ```
pub fn item(generator: &str, seed: u32) -> Option<Item> {
    /// Draws whose mistakes nearly all come to the same are drawn again; a few times are enough by far.
    const TRIES: u32 = 100;
    let generator = generators::find(generator)?;
    let mut draws = Draws::new(seed, generator.name);
    let mut drawn = (generator.draw)(&mut draws);
    for _ in 0..TRIES {
        if drawn.is_fair() {
            break;
        }
        drawn = (generator.draw)(&mut draws);
    }
    Some(finished(generator, seed, drawn, &mut draws))
}

fn finished(generator: &QuestionGenerator, seed: u32, drawn: QuestionDraft, draws: &mut Draws) -> Item {
    let options = drawn.options(draws);
    let proof = drawn.program();
    let QuestionDraft { text, code, curves, call, explanation, .. } = drawn;
    let QuestionGenerator { name, kind, level, tags, .. } = *generator;
    Item { generator: name, seed, kind, level, tags, text, code, curves, call, options, explanation, proof }
}
