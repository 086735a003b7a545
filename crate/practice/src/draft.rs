//! A question while it is made: its key, and the mistakes that wrong options come from.

use call::Call;
use call::py::{CodeLine, highlight, statements};

use crate::draws::Draws;
use crate::item::{PracticeCurves, PracticeOption};

/// How many options are wrong at most.
const WRONG: usize = 3;

/// A question before its options have an order.
pub struct QuestionDraft {
    pub text: String,
    pub code: Vec<CodeLine>,
    pub curves: Option<PracticeCurves>,
    pub call: Option<Call>,
    pub explanation: String,
    key: String,
    wrong: Vec<(String, String)>,
    /// What stands in the program before the proof's own lines.
    before: String,
    proof: String,
}

impl QuestionDraft {
    /// A question and its key.
    pub fn new(text: impl Into<String>, key: impl Into<String>) -> Self {
        QuestionDraft {
            text: text.into(),
            code: Vec::new(),
            curves: None,
            call: None,
            explanation: String::new(),
            key: key.into(),
            wrong: Vec::new(),
            before: String::new(),
            proof: String::new(),
        }
    }

    /// It is about a call, whose code is shown.
    pub fn about(mut self, call: &Call) -> Self {
        self.code.extend(statements(call));
        self.tried(call)
    }

    /// The call is offered to be tried; its code is not shown.
    pub fn tried(mut self, call: &Call) -> Self {
        self.call = Some(call.clone());
        self
    }

    /// Code that is shown, a line or some.
    pub fn code(mut self, text: &str) -> Self {
        self.code.extend(text.lines().map(highlight));
        self
    }

    /// Curves that are shown.
    pub fn curves(mut self, curves: PracticeCurves) -> Self {
        self.curves = Some(curves);
        self
    }

    /// An option that a mistake leads to, with what is right about it and the mistake's name.
    pub fn wrong(mut self, text: impl Into<String>, reply: impl Into<String>) -> Self {
        let text = text.into();
        if text != self.key && self.wrong.iter().all(|(other, _)| *other != text) {
            self.wrong.push((text, reply.into()));
        }
        self
    }

    /// Why the key is right.
    pub fn why(mut self, explanation: impl Into<String>) -> Self {
        self.explanation = explanation.into();
        self
    }

    /// What prints the key once the code that is shown has run.
    pub fn proof(mut self, lines: &str) -> Self {
        let shown: Vec<String> = self.code.iter().map(CodeLine::text).collect();
        self.before = shown.join("\n");
        lines.clone_into(&mut self.proof);
        self
    }

    /// What prints the key by itself.
    pub fn proof_alone(mut self, lines: &str) -> Self {
        lines.clone_into(&mut self.proof);
        self
    }

    /// Whether there is a key, and mistakes lead to at least two other options.
    pub fn is_fair(&self) -> bool {
        !self.key.is_empty() && self.wrong.len() >= 2
    }

    /// The key and up to three wrong options, in an order of the seed's.
    pub fn options(&self, draws: &mut Draws) -> Vec<PracticeOption> {
        let mut wrong = self.wrong.clone();
        draws.shuffle(&mut wrong);
        wrong.truncate(WRONG);
        let mut options: Vec<PracticeOption> =
            wrong.into_iter().map(|(text, reply)| PracticeOption { text, reply: Some(reply) }).collect();
        options.push(PracticeOption { text: self.key.clone(), reply: None });
        draws.shuffle(&mut options);
        options
    }

    /// The program that prints the key.
    pub fn program(&self) -> String {
        let heading = "import math\nimport torch\nimport torch.nn as nn\n\ntorch.manual_seed(0)";
        [heading, &self.before, &self.proof]
            .into_iter()
            .filter(|part| !part.is_empty())
            .flat_map(|part| [part.trim_end(), "\n"])
            .collect()
    }
}
