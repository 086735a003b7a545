use serde::Serialize;

use super::{MemoryCell, MemorySetup, MemoryStanding};

/// The distance at which the goal is to be reached.
pub const GOAL_DISTANCE: u64 = 30;

/// An RNN has forgotten that is right no more often than this; guessing is right in one of eight.
const FORGETS: f32 = 0.25;

/// A GRU remembers that is right at least so often.
const REMEMBERS: f32 = 0.9;

/// The goal of the room, judged: make the RNN forget and a GRU remember at distance 30.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryGoal {
    /// The distance at which it counts.
    pub distance: u64,
    /// Whether it is reached.
    pub reached: bool,
    /// What was reached, or what there is to do, in a sentence.
    pub words: String,
    /// Everything that is missing, a sentence each; empty once it is reached.
    pub missing: Vec<String>,
}

impl MemoryGoal {
    /// Judges what came of a setup; medians over the seeds count.
    pub fn of(setup: &MemorySetup, standings: &[MemoryStanding]) -> Self {
        let median = |cell| standings.iter().find(|standing| standing.cell == cell).map(|found| found.median);
        let rnn = median(MemoryCell::Rnn);
        let grus = [MemoryCell::Gru, MemoryCell::GruOpen];
        let best = grus.into_iter().filter_map(|cell| Some((cell, median(cell)?)));
        let best = best.max_by(|(_, one), (_, other)| one.total_cmp(other));

        let mut missing = Vec::new();
        if setup.seq_len < GOAL_DISTANCE {
            missing.push(format!("The distance is {}. Set seq_len to {GOAL_DISTANCE}.", setup.seq_len));
        }
        match rnn {
            None => missing.push("The RNN is not trained yet.".to_owned()),
            Some(rnn) if rnn > FORGETS => missing.push(format!(
                "The RNN still tells the token in {} of its sequences. It has forgotten at {} or less: go further, or \
                 train for fewer steps.",
                percent(rnn),
                percent(FORGETS)
            )),
            Some(_) => {}
        }
        match best {
            None => missing.push("No GRU is trained yet.".to_owned()),
            Some((cell, best)) if best < REMEMBERS => missing.push(format!(
                "No GRU remembers yet: the better one, {}, is right in {}. It takes {}: {}.",
                setup.name_of(cell),
                percent(best),
                percent(REMEMBERS),
                if setup.gate_bias < 2.0 {
                    "open the gate with a larger gate_bias"
                } else {
                    "train for more steps"
                }
            )),
            Some(_) => {}
        }
        let reached = missing.is_empty();
        let words = match (reached, rnn, best) {
            (true, Some(rnn), Some((cell, best))) => format!(
                "Reached: at distance {} the RNN is right in {}, and {} in {}.",
                setup.seq_len,
                percent(rnn),
                setup.name_of(cell),
                percent(best)
            ),
            _ => format!("Make the RNN forget and a GRU remember at distance {GOAL_DISTANCE}."),
        };
        MemoryGoal { distance: GOAL_DISTANCE, reached, words, missing }
    }
}

/// `93 %`.
fn percent(share: f32) -> String {
    format!("{:.0}\u{202f}%", 100.0 * share)
}
