//! One answer.

use serde::{Deserialize, Serialize};

/// Where something was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum AttemptSource {
    /// In the challenge.
    Challenge,
    /// In practice without end.
    Practice,
    /// At a station of the path.
    Station,
    /// In the placement before the path.
    Placement,
    /// In one of the two forms that measure what was learned.
    Form,
}

impl AttemptSource {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            AttemptSource::Challenge => "challenge",
            AttemptSource::Practice => "practice",
            AttemptSource::Station => "station",
            AttemptSource::Placement => "placement",
            AttemptSource::Form => "form",
        }
    }
}

/// An answer that a learner gave once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Attempt {
    /// When, in UTC: `2026-11-30T23:05:00.000Z`.
    pub at: String,
    /// Where it was asked.
    pub source: AttemptSource,
    /// The stable name of what was asked: `output-shape`, `shapes/h-n`.
    pub item: String,
    /// What tells this variant from others of the same item: its seed, or its numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub variant: Option<String>,
    /// The answer as the learner gave it, or the option's id; `time_out` where time ran out.
    pub answer: String,
    /// Whether it was right.
    pub right: bool,
    /// Seconds from the question to the answer, no fewer than 0.
    pub seconds: f64,
    /// Whether help was asked for before it.
    pub hint: bool,
    /// How sure the learner said to be, 0 to 1, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub confidence: Option<f64>,
    /// The hash of the bank that asked, 16 hexadecimal digits, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub bank: Option<String>,
    /// The seed that shuffled it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub seed: Option<u32>,
    /// The ids of the options in the order in which they were shown, where there were some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub order: Option<Vec<String>>,
}

/// The longest text of an attempt, in characters.
const LONGEST: usize = 2_000;

impl Attempt {
    /// Why it is no attempt that anyone made, where its numbers or texts say so.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        let texts = [Some(&self.item), Some(&self.answer), self.variant.as_ref(), self.bank.as_ref()];
        let is_share = |share: f64| (0.0..=1.0).contains(&share);
        if !is_time(&self.at) {
            Some("`at` is no time such as 2026-11-30T23:05:00.000Z")
        } else if self.item.is_empty() {
            Some("`item` is empty")
        } else if !(self.seconds >= 0.0 && self.seconds.is_finite()) {
            Some("`seconds` is no time that passed")
        } else if self.confidence.is_some_and(|share| !is_share(share)) {
            Some("`confidence` is not from 0 to 1")
        } else if texts
            .into_iter()
            .flatten()
            .chain(self.order.iter().flatten())
            .any(|text| text.chars().count() > LONGEST)
        {
            Some("a text is longer than 2000 characters")
        } else {
            None
        }
    }
}

/// Whether a text is a time in UTC as JavaScript's `toISOString` writes it; the length of months is not checked.
fn is_time(text: &str) -> bool {
    let form = "0000-00-00T00:00:00.000Z";
    text.len() == form.len()
        && text
            .bytes()
            .zip(form.bytes())
            .all(|(byte, due)| if due == b'0' { byte.is_ascii_digit() } else { byte == due })
        && [(5, 12, 1), (8, 31, 1), (11, 23, 0), (14, 59, 0), (17, 60, 0)].into_iter().all(
            |(place, most, least)| {
                text[place..place + 2].parse::<u32>().is_ok_and(|part| (least..=most).contains(&part))
            },
        )
}
