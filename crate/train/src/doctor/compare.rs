use serde::Serialize;

use super::finding::GOOD;
use super::signs::Signs;
use super::words::{number, percent};
use super::{Finding, RunRecord, Verdict};

/// Whether a change helped, and where the two runs part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Comparison {
    /// Whether the later run does better on what it has not seen; none where they are alike.
    pub helped: Option<bool>,
    /// The same in figures.
    pub sentences: Vec<String>,
    /// The first step in which the runs differ.
    pub parted: Parting,
}

/// Where two runs part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Parting {
    /// The first step, from 1, whose losses differ, bit by bit; none if all that both took are the same.
    pub step: Option<u64>,
    /// The same in a sentence.
    pub text: String,
}

/// A loss below this part of another is better; above its inverse, worse.
const BETTER: f64 = 0.8;

impl Comparison {
    /// A run beside the one before it, both of one task.
    pub fn of(before: &RunRecord, after: &RunRecord) -> Self {
        let signs = [before, after].map(Signs::of);
        let verdicts = [before, after].map(|run| Finding::of(run).verdict);
        let losses = signs.each_ref().map(|signs| signs.validation.unwrap_or(f64::INFINITY));
        let broke = [before, after].map(|run| run.broke.is_some());
        let good = losses.map(|loss| loss <= GOOD * signs[0].chance);
        let better = losses[1] < BETTER * losses[0];
        let worse = losses[1] * BETTER > losses[0];
        let helped = match broke {
            [true, false] => Some(true),
            [false, true] => Some(false),
            // Both are good: the one is no cure of the other.
            [false, false] if good != [true, true] && (better || worse) => Some(better),
            _ => None,
        };
        let [a, b] = [before, after].map(|run| &run.name);
        let figure = |at: usize| {
            let right =
                signs[at].accuracy.map_or(String::new(), |share| format!(", right {}", percent(share)));
            if broke[at] {
                "it broke".to_owned()
            } else {
                format!("validation loss {}{right}", number(losses[at]))
            }
        };
        let word = match helped {
            Some(true) if verdicts[1] == Verdict::Learned => "It helped",
            Some(true) => "It helped, but is not good yet",
            Some(false) => "It did not help: it became worse",
            None if good == [true, true] => "Both learned",
            None => "It did not help",
        };
        let mut sentences = vec![format!("{word}. {a}: {}. {b}: {}.", figure(0), figure(1))];
        if before.setup.seq_len != after.setup.seq_len {
            sentences.push(format!(
                "The task is not the same: {a} reads {} time steps, {b} {}.",
                before.setup.seq_len, after.setup.seq_len
            ));
        }
        Comparison { helped, sentences, parted: Parting::of(before, after) }
    }
}

impl Parting {
    /// Where two runs part.
    pub fn of(one: &RunRecord, other: &RunRecord) -> Self {
        let (a, b) = (&one.name, &other.name);
        let differ = |(x, y): (&f32, &f32)| x.to_bits() != y.to_bits();
        let pairs = || one.losses.iter().zip(&other.losses);
        let both = one.losses.len().min(other.losses.len());
        let Some(at) = pairs().position(differ) else {
            let text = match both {
                0 => format!("{a} and {b} have no training step in common."),
                _ => format!("{a} and {b} are the same in all {both} training steps that both took."),
            };
            return Parting { step: None, text };
        };
        let losses = format!("{a} loses {}, {b} {}", exact(one.losses[at]), exact(other.losses[at]));
        let text = match at {
            0 => format!(
                "{a} and {b} differ from the first training step on, for they begin with other sequences or other weights: {losses}."
            ),
            1 => format!("{a} and {b} have the same first loss and part at training step 2: {losses}."),
            _ => format!(
                "{a} and {b} are the same up to training step {at} and part at training step {}: {losses}.",
                at + 1
            ),
        };
        Parting { step: Some(at as u64 + 1), text }
    }
}

/// As many figures as tell one float32 from the next.
fn exact(loss: f32) -> String {
    format!("{loss}")
}
