use serde::Serialize;
use train::TrainingValidation;

use super::{TextData, TextGuess};

/// What a model of characters has come to, beside guesses that only count.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TextJudgement {
    /// Its validation loss, in nats a character.
    pub loss: f64,
    /// The same in bits: divided by ln 2.
    pub bits: f64,
    /// The share of characters that it names, in [0, 1].
    pub accuracy: f64,
    /// Whether it beats the table of pairs.
    pub beats: bool,
    /// Whether its validation loss was clearly lower before.
    pub overfits: bool,
    /// The same in two or three sentences with their figures.
    pub sentences: Vec<String>,
}

/// A validation loss that is so many times the lowest has risen again.
const RISEN: f64 = 1.05;

impl TextJudgement {
    pub(crate) fn of(data: &TextData, last: &TrainingValidation, all: &[TrainingValidation]) -> Self {
        let (loss, accuracy) = (f64::from(last.loss), f64::from(last.accuracy.unwrap_or(f32::NAN)));
        let bits = loss / std::f64::consts::LN_2;
        let [_, frequent, pairs] = TextGuess::of(data);
        let beats = loss < pairs.loss;
        let best = all.iter().min_by(|a, b| a.loss.total_cmp(&b.loss));
        let risen = best.filter(|best| loss > RISEN * f64::from(best.loss) && best.steps < last.steps);
        let mut sentences = vec![
            format!(
                "On text that it has not read it loses {loss:.2}, which is {bits:.2} bits a character: it is as unsure as between \
                 {:.1} equally likely characters, of {}.",
                loss.exp(),
                data.vocabulary.len(),
            ),
            format!(
                "It names {} of the next characters. Whoever always says the most frequent one names {}; a table of which \
                 character follows which names {} and loses {:.2}: {}.",
                percent(accuracy),
                percent(frequent.accuracy),
                percent(pairs.accuracy),
                pairs.loss,
                if beats { "the GRU beats it" } else { "the GRU does not beat it" },
            ),
        ];
        if let Some(best) = risen {
            sentences.push(format!(
                "Its lowest validation loss was {:.2}, after {} training steps; since then it has learned the training part by heart. \
                 A longer text is the surest cure.",
                best.loss, best.steps
            ));
        }
        TextJudgement { loss, bits, accuracy, beats, overfits: risen.is_some(), sentences }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}\u{202f}%", 100.0 * share)
}
