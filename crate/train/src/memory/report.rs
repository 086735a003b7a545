use serde::Serialize;

use super::{MemoryCell, MemoryGoal, MemoryOutcome, MemorySetup, RankingGap};
use crate::{SetupError, TOKENS, Task, Trouble, training_script};
use call::py::CodeLine;

/// What one cell knows after training from all its seeds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryStanding {
    /// The cell.
    pub cell: MemoryCell,
    /// What it is called.
    pub name: String,
    /// The share of right answers from each seed that has arrived, in the seeds' order.
    pub accuracies: Vec<f32>,
    /// Their median; of two, their mean.
    pub median: f32,
    /// Its place, from 1; cells that know about as much share one.
    pub place: u32,
    /// What that means, in a word or two.
    pub words: &'static str,
}

/// What came of a comparison so far.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryReport {
    /// Every cell that has arrived, in the order in which they are trained.
    pub standings: Vec<MemoryStanding>,
    /// How far the learner's order is from it.
    pub gap: RankingGap,
    /// Whether the goal is reached.
    pub goal: MemoryGoal,
    /// Why it came so, a sentence each.
    pub why: Vec<String>,
}

/// A cell as it is set, before anything is trained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryPlanCell {
    /// The cell.
    pub cell: MemoryCell,
    /// What it is called.
    pub name: String,
    /// Numbers that it learns, with embedding and head.
    pub parameters: u64,
}

/// What a comparison means, before anything is computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryPlan {
    /// Every cell.
    pub cells: Vec<MemoryPlanCell>,
    /// The script of one of them, from the first seed.
    pub code: Vec<CodeLine>,
    /// The share of right answers of who guesses.
    pub chance: f64,
    /// The goal, of which nothing is done yet.
    pub goal: MemoryGoal,
    /// Why it cannot be run.
    pub trouble: Option<Trouble>,
}

impl MemoryPlan {
    /// What a setup means, with the code of one cell; answers at once.
    pub fn of(setup: &MemorySetup, cell: MemoryCell) -> Self {
        let cells = MemoryCell::ALL.map(|cell| MemoryPlanCell {
            cell,
            name: setup.name_of(cell),
            parameters: setup.setup_of(cell, 0).model().parameters().to_u64().unwrap_or(u64::MAX),
        });
        let run = setup.setup_of(cell, 0);
        let trouble = |error: SetupError| Trouble::of_setup(&run, &error);
        MemoryPlan {
            cells: cells.to_vec(),
            code: training_script(&run),
            chance: 1.0 / TOKENS as f64,
            goal: MemoryGoal::of(setup, &[]),
            trouble: setup.validate().err().map(trouble),
        }
    }
}

/// Cells that are less than this behind the first of a place share it: three seeds tell no finer.
const TIE: f32 = 0.1;

impl MemoryReport {
    /// What follows from the outcomes that have arrived, in any order, and the order that the learner gave, best first.
    pub fn of(setup: &MemorySetup, ranking: &[MemoryCell], outcomes: &[MemoryOutcome]) -> Self {
        let mut standings: Vec<MemoryStanding> = MemoryCell::ALL
            .into_iter()
            .filter_map(|cell| {
                let mut of_cell: Vec<&MemoryOutcome> =
                    outcomes.iter().filter(|outcome| outcome.cell == cell).collect();
                of_cell.sort_by_key(|outcome| outcome.number);
                let accuracies: Vec<f32> = of_cell.iter().map(|outcome| outcome.accuracy).collect();
                let median = median(&accuracies)?;
                let words = words(median);
                Some(MemoryStanding { cell, name: setup.name_of(cell), accuracies, median, place: 0, words })
            })
            .collect();
        give_places(&mut standings);
        MemoryReport {
            gap: RankingGap::of(setup, ranking, &standings),
            goal: MemoryGoal::of(setup, &standings),
            why: why(setup, &standings),
            standings,
        }
    }
}

fn median(numbers: &[f32]) -> Option<f32> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f32::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len() % 2 == 1 { upper } else { f32::midpoint(sorted[middle - 1], upper) })
}

fn words(median: f32) -> &'static str {
    let chance = Task::Recall.chance_accuracy().unwrap_or(0.0) as f32;
    match median {
        _ if median >= 0.9 => "remembers",
        _ if median > 2.0 * chance => "knows something",
        _ => "guesses",
    }
}

/// A place is shared by those who are close to its first.
fn give_places(standings: &mut [MemoryStanding]) {
    let mut order: Vec<usize> = (0..standings.len()).collect();
    order.sort_by(|&one, &other| standings[other].median.total_cmp(&standings[one].median));
    let (mut place, mut first) = (0, f32::INFINITY);
    for (count, &index) in (1..).zip(&order) {
        let standing = &mut standings[index];
        if place == 0 || first - standing.median >= TIE {
            (place, first) = (count, standing.median);
        }
        standing.place = place;
    }
}

/// What the standings teach: only what they show is said.
fn why(setup: &MemorySetup, standings: &[MemoryStanding]) -> Vec<String> {
    let median = |cell| standings.iter().find(|standing| standing.cell == cell).map(|found| found.median);
    let [rnn, gru, open, lstm, min_gru] = MemoryCell::ALL.map(median);
    let remembers = open.is_some_and(|open| open >= 0.9);
    let mut why = Vec::new();
    let kept = |bias: f64| 1.0 / (1.0 + (-bias).exp());
    let of_gate = |bias: f64| kept(bias).powi(setup.seq_len as i32 - 1);
    let rnn_wins = rnn.zip(gru).is_some_and(|(rnn, gru)| rnn - gru >= TIE);
    if rnn_wins {
        why.push(format!(
            "The RNN beats the GRU as PyTorch makes it. That does not show that gates are of no use: the GRU's gate starts \
             half open, so of the first token's trace {} is left after {} steps, and training has too little to go by.",
            share(of_gate(0.0)),
            setup.seq_len
        ));
    }
    if let (Some(gru), Some(open)) = (gru, open)
        && open - gru >= TIE
    {
        why.push(format!(
            "The two GRUs have the same weights but for one bias. With gate_bias {} the gate starts at {:.2} in place of 0.50: \
             {} of the token's trace is left after {} steps, not {}.",
            num::float::plain(setup.gate_bias),
            kept(setup.gate_bias),
            share(of_gate(setup.gate_bias)),
            setup.seq_len,
            share(of_gate(0.0))
        ));
    }
    if !rnn_wins && rnn.is_some_and(|rnn| rnn <= 0.25) {
        why.push(
            "The RNN has no gate: every step multiplies its whole state by the same matrix and squashes it, and the token \
             is written over."
                .to_owned(),
        );
    }
    if remembers && !setup.bias_all && lstm.is_some_and(|lstm| lstm <= 0.5) {
        why.push(
            "The LSTM's forget gate starts half open like the GRU's. Give it the same bias, and look again."
                .to_owned(),
        );
    }
    if remembers && min_gru.is_some_and(|min_gru| min_gru <= 0.5) {
        why.push(
            "The minGRU's gate follows from the token that comes in, never from the state. It cannot tell the first token \
             from any later one of its kind, whatever its bias."
                .to_owned(),
        );
    }
    if standings.iter().any(|standing| {
        let spread = |of: &[f32]| {
            let (low, high) =
                of.iter().fold((1.0_f32, 0.0_f32), |(low, high), &it| (low.min(it), high.max(it)));
            high - low
        };
        standing.accuracies.len() > 1 && spread(&standing.accuracies) >= 0.4
    }) {
        why.push(
            "The dots of one cell lie far apart: whether it learns in so few steps is up to the seed. One seed alone would \
             have told you whatever it liked."
                .to_owned(),
        );
    }
    why
}

/// A share, in percent or as a power of ten.
fn share(of: f64) -> String {
    if of >= 0.001 {
        let percent = 100.0 * of;
        return if percent < 1.0 {
            format!("{percent:.1}\u{202f}%")
        } else {
            format!("{percent:.0}\u{202f}%")
        };
    }
    format!("one part in {}", in_words(1.0 / of))
}

/// `about 500 thousand`.
fn in_words(number: f64) -> String {
    let (unit, name) = match number {
        _ if number >= 1e12 => return format!("10^{:.0}", number.log10()),
        _ if number >= 1e9 => (1e9, " billion"),
        _ if number >= 1e6 => (1e6, " million"),
        _ => (1e3, " thousand"),
    };
    format!("{:.0}{name}", number / unit)
}
