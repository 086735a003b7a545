use serde::Serialize;

use super::{MemoryCell, MemorySetup, MemoryStanding};

/// Where a learner had put a cell, and where it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RankingMove {
    /// The cell.
    pub cell: MemoryCell,
    /// What it is called.
    pub name: String,
    /// Its place among those that have arrived as the learner ranked them, from 1.
    pub predicted: u32,
    /// Its place as it came, from 1; those that share a place know about as much.
    pub place: u32,
    /// The same in a sentence.
    pub words: String,
}

/// How far a learner's order is from what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RankingGap {
    /// Pairs of cells of which one came clearly before the other.
    pub pairs: u32,
    /// Those of them that the learner had in this order.
    pub right: u32,
    /// Every cell that has arrived, in the learner's order.
    pub moves: Vec<RankingMove>,
    /// The gap in a sentence or two.
    pub words: String,
}

impl RankingGap {
    /// The gap between an order, best first, and the standings; a cell that the order does not name comes last.
    pub fn of(setup: &MemorySetup, ranking: &[MemoryCell], standings: &[MemoryStanding]) -> Self {
        let named = ranking.iter().copied().chain(MemoryCell::ALL);
        let mut order: Vec<&MemoryStanding> = Vec::new();
        for cell in named {
            let standing = standings.iter().find(|standing| standing.cell == cell);
            order.extend(standing.filter(|standing| order.iter().all(|other| other.cell != standing.cell)));
        }
        let (mut pairs, mut right) = (0, 0);
        for (place, before) in order.iter().enumerate() {
            for after in &order[place + 1..] {
                pairs += u32::from(before.place != after.place);
                right += u32::from(before.place < after.place);
            }
        }
        let moves: Vec<RankingMove> = order
            .iter()
            .zip(1..)
            .map(|(standing, predicted)| {
                let MemoryStanding { cell, place, .. } = **standing;
                let shares = order.iter().filter(|other| other.place == place).count();
                let name = setup.name_of(cell);
                let words = move_words(predicted, place, shares as u32);
                RankingMove { cell, name, predicted, place, words }
            })
            .collect();
        let words = gap_words(pairs, right, &moves);
        RankingGap { pairs, right, moves, words }
    }
}

/// Whether a cell that came so had been put so: one that shares a place has any of those that it shares.
fn is_in_place(predicted: u32, place: u32, shares: u32) -> bool {
    (place..place + shares).contains(&predicted)
}

fn move_words(predicted: u32, place: u32, shares: u32) -> String {
    let came = if shares > 1 { format!("shared place {place}") } else { format!("came {}", ordinal(place)) };
    if is_in_place(predicted, place, shares) {
        return format!("You said {}, and it {came}: right.", ordinal(predicted));
    }
    let knew = if predicted < place { "less" } else { "more" };
    format!("You said {}, and it {came}: it kept {knew} than you thought.", ordinal(predicted))
}

fn gap_words(pairs: u32, right: u32, moves: &[RankingMove]) -> String {
    if moves.len() < 2 {
        return "A second cell is needed before there is an order.".to_owned();
    }
    if pairs == 0 {
        return "All of them know about as much: there is no order to be right about.".to_owned();
    }
    let pairs_in_words = if pairs == 1 { "1 pair".to_owned() } else { format!("{pairs} pairs") };
    let all = format!("Of {pairs_in_words} that differ you had {right} in the right order.");
    let furthest = moves.iter().max_by_key(|entry| entry.predicted.abs_diff(entry.place));
    match furthest {
        _ if right == pairs => format!("{all} You knew who keeps the token."),
        Some(RankingMove { name, predicted, place, .. }) => {
            let (said, came) = (ordinal(*predicted), ordinal(*place));
            format!("{all} The largest surprise is {name}: you said {said}, and it came {came}.")
        }
        None => all,
    }
}

fn ordinal(place: u32) -> String {
    let end = match place {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    format!("{place}{end}")
}
