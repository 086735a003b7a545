//! What the answers come to, counted.

use serde::Serialize;

use crate::attempt::AttemptSource;
use crate::log::AttemptLog;

/// How an item went.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ItemCount {
    /// Where it was asked.
    pub source: AttemptSource,
    /// Its name.
    pub item: String,
    /// How often it was answered.
    pub answered: usize,
    /// How often rightly.
    pub right: usize,
    /// When it was answered last.
    pub last: String,
    /// Whether the last answer was right.
    pub last_right: bool,
}

/// What the answers come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LogCounts {
    /// The learner's name, as they gave it.
    pub learner: String,
    /// How many answers there are.
    pub answered: usize,
    /// How many of them are right.
    pub right: usize,
    /// Items in the order of their last answer, the latest first.
    pub items: Vec<ItemCount>,
}

impl AttemptLog {
    /// Counts the answers by item.
    pub fn counts(&self) -> LogCounts {
        let mut items: Vec<ItemCount> = Vec::new();
        for attempt in &self.attempts {
            let place = items
                .iter()
                .position(|count| count.source == attempt.source && count.item == attempt.item)
                .unwrap_or_else(|| {
                    items.push(ItemCount {
                        source: attempt.source,
                        item: attempt.item.clone(),
                        answered: 0,
                        right: 0,
                        last: String::new(),
                        last_right: false,
                    });
                    items.len() - 1
                });
            let count = &mut items[place];
            count.answered += 1;
            count.right += usize::from(attempt.right);
            count.last.clone_from(&attempt.at);
            count.last_right = attempt.right;
        }
        // Of two of one moment the later in the log is the later.
        items.reverse();
        items.sort_by(|a, b| b.last.cmp(&a.last));
        LogCounts {
            learner: self.learner.clone(),
            answered: self.attempts.len(),
            right: self.attempts.iter().filter(|attempt| attempt.right).count(),
            items,
        }
    }
}
