//! The log as a spreadsheet reads it.

use ::csv::{Terminator, WriterBuilder};

use crate::attempt::Attempt;
use crate::log::AttemptLog;

/// The names of the columns.
const COLUMNS: [&str; 13] = [
    "learner",
    "at",
    "source",
    "item",
    "variant",
    "answer",
    "right",
    "seconds",
    "hint",
    "confidence",
    "bank",
    "seed",
    "order",
];

impl AttemptLog {
    /// The log as CSV (RFC 4180), an attempt a row below a heading; no cell is taken for a formula.
    pub fn csv(&self) -> String {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        let rows = self.attempts.iter().map(|attempt| cells(&self.learner, attempt));
        for row in std::iter::once(COLUMNS.map(str::to_owned)).chain(rows) {
            // Rows of one length written into memory never fail.
            let _ = writer.write_record(row.map(plain));
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

fn cells(learner: &str, attempt: &Attempt) -> [String; 13] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let flag = |flag: bool| if flag { "1" } else { "0" }.to_owned();
    [
        learner.to_owned(),
        attempt.at.clone(),
        attempt.source.name().to_owned(),
        attempt.item.clone(),
        text(&attempt.variant),
        attempt.answer.clone(),
        flag(attempt.right),
        attempt.seconds.to_string(),
        flag(attempt.hint),
        attempt.confidence.map(|share| share.to_string()).unwrap_or_default(),
        text(&attempt.bank),
        attempt.seed.map(|seed| seed.to_string()).unwrap_or_default(),
        attempt.order.as_ref().map(|order| order.join(" ")).unwrap_or_default(),
    ]
}

/// What a spreadsheet would compute gets an apostrophe in front, as OWASP advises; a number stays one.
fn plain(text: String) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if is_formula { format!("'{text}") } else { text }
}
