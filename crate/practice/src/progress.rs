//! How a learner stands: the level that follows success, and how sure they were against how often they were right.

use serde::{Deserialize, Serialize};

use crate::draws::Draws;
use crate::generators::{self, QuestionGenerator};

/// How sure a learner can say to be, in their words and as a share of right answers.
pub const CONFIDENCE: [(&str, f64); 4] =
    [("A guess", 0.25), ("Rather unsure", 0.5), ("Rather sure", 0.75), ("Sure", 0.95)];

/// Right answers in a row that lead one level up.
const ROW: u8 = 2;
/// The hardest level.
const HIGHEST: u8 = 4;
/// How many generators are not drawn again at once.
const RECENT: usize = 5;

/// Of one degree of confidence, how often it was said and how often it was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ConfidenceTally {
    /// How often it was said.
    pub said: u32,
    /// How often the answer was right then.
    pub right: u32,
}

/// How a learner stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PracticeProgress {
    /// The level of the next question, 1 to 4.
    pub level: u8,
    /// Right answers in a row at this level.
    pub row: u8,
    /// A tally for each of [`CONFIDENCE`].
    pub tallies: [ConfidenceTally; 4],
    /// The generators that were asked last, the newest last.
    pub recent: Vec<String>,
}

impl Default for PracticeProgress {
    fn default() -> Self {
        PracticeProgress { level: 1, row: 0, tallies: Default::default(), recent: Vec::new() }
    }
}

impl PracticeProgress {
    /// How it stands after an answer: two right ones in a row lead a level up, a wrong one leads a level down.
    ///
    /// `confidence` is a place in [`CONFIDENCE`]; what lies beyond is counted as the surest.
    #[must_use]
    pub fn answered(&self, generator: &str, right: bool, confidence: usize) -> Self {
        let mut after = self.clone();
        let tally = &mut after.tallies[confidence.min(CONFIDENCE.len() - 1)];
        tally.said = tally.said.saturating_add(1);
        tally.right = tally.right.saturating_add(u32::from(right)).min(tally.said);
        let level = self.level.clamp(1, HIGHEST);
        (after.level, after.row) = match (right, self.row.saturating_add(1)) {
            (true, row) if row >= ROW => ((level + 1).min(HIGHEST), 0),
            (true, row) => (level, row),
            (false, _) => ((level - 1).max(1), 0),
        };
        after.recent.push(generator.to_owned());
        let over = after.recent.len().saturating_sub(RECENT);
        after.recent.drain(..over);
        after
    }
}

/// The generator of the next question: of these topics (of all, where none is named or known), of the level that is nearest, and
/// not one of the last where there is another.
pub fn next(progress: &PracticeProgress, tags: &[String], seed: u32) -> &'static str {
    let asked =
        |generator: &&QuestionGenerator| tags.iter().any(|tag| generator.tags.contains(&tag.as_str()));
    let mut pool: Vec<&QuestionGenerator> = generators::all().filter(asked).collect();
    if pool.is_empty() {
        pool = generators::all().collect();
    }
    // A small topic has few others.
    let kept = RECENT.min(pool.len() / 2);
    let recent = &progress.recent[progress.recent.len().saturating_sub(kept)..];
    let fresh: Vec<&QuestionGenerator> =
        pool.iter().copied().filter(|one| !recent.iter().any(|name| name == one.name)).collect();
    let pool = if fresh.is_empty() { pool } else { fresh };
    let distance = |generator: &QuestionGenerator| generator.level.abs_diff(progress.level);
    let nearest = pool.iter().map(|one| distance(one)).min().unwrap_or_default();
    let near: Vec<&QuestionGenerator> = pool.into_iter().filter(|one| distance(one) == nearest).collect();
    near[Draws::new(seed, "next").below(near.len())].name
}
