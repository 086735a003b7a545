//! What was missed comes back, as a new variant: after a day, three days and a week.

use serde::{Deserialize, Serialize};

/// After how many days what was missed comes back, stage by stage.
const DAYS: [i64; 3] = [1, 3, 7];
/// How many are kept at most: the oldest leave first.
const MOST: usize = 100;
/// The longest name that is kept.
const LONGEST: usize = 80;

/// A question that was missed, and when its next variant is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ComeBackEntry {
    /// The generator's name, or `card/` and a term of the glossary.
    pub item: String,
    /// How often it was right when it came back: 0, 1 or 2.
    pub stage: u8,
    /// The day on which it is due, counted as the caller counts days.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub due: i64,
}

/// What comes back after an answer.
///
/// A miss begins anew: due after a day. Right when it is due, it waits for three days, then for a week, then it leaves. Right before
/// it is due changes nothing.
///
/// ```
/// use gru_playground_practice::after;
///
/// let missed = after(&[], "shapes/out", false, 100);
/// assert_eq!((missed[0].due, missed[0].stage), (101, 0));
/// let again = after(&missed, "shapes/out", true, 101);
/// assert_eq!((again[0].due, again[0].stage), (104, 1));
/// ```
pub fn after(entries: &[ComeBackEntry], item: &str, right: bool, day: i64) -> Vec<ComeBackEntry> {
    let mut kept = entries.to_vec();
    let place = kept.iter().position(|entry| entry.item == item);
    if !right {
        if let Some(place) = place {
            kept.remove(place);
        }
        if item.len() <= LONGEST {
            kept.push(ComeBackEntry { item: item.to_owned(), stage: 0, due: day.saturating_add(DAYS[0]) });
        }
    } else if let Some(place) = place.filter(|place| kept[*place].due <= day) {
        let stage = usize::from(kept[place].stage) + 1;
        match DAYS.get(stage) {
            Some(days) => {
                kept[place].stage = stage as u8;
                kept[place].due = day.saturating_add(*days);
            }
            None => {
                kept.remove(place);
            }
        }
    }
    let over = kept.len().saturating_sub(MOST);
    kept.drain(..over);
    kept
}

/// The items that are due on a day, the longest due first.
pub fn due(entries: &[ComeBackEntry], day: i64) -> Vec<String> {
    let mut due: Vec<&ComeBackEntry> = entries.iter().filter(|entry| entry.due <= day).collect();
    due.sort_by_key(|entry| entry.due);
    due.into_iter().map(|entry| entry.item.clone()).collect()
}
