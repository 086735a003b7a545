//! Time: limits by mode, differences of a monotonic clock, and times in words.

use super::event::ClockMode;
use super::schema::Challenge;

impl ClockMode {
    /// Every mode, in the order in which a page would offer them.
    pub const ALL: [ClockMode; 5] =
        [ClockMode::Standard, ClockMode::X1_5, ClockMode::X2, ClockMode::X10, ClockMode::NoLimit];

    /// Milliseconds of an attempt; none without a limit.
    pub fn limit_ms(self, challenge: &Challenge) -> Option<u32> {
        let standard = challenge.seconds * 1000;
        match self {
            ClockMode::Standard => Some(standard),
            ClockMode::X1_5 => Some(standard / 2 * 3),
            ClockMode::X2 => Some(standard * 2),
            ClockMode::X10 => Some(standard * 10),
            ClockMode::NoLimit => None,
        }
    }

    /// The mode in words: `3:00 per question (×1.5)`.
    pub fn label(self, challenge: &Challenge) -> String {
        let factor = match self {
            ClockMode::Standard | ClockMode::NoLimit => "",
            ClockMode::X1_5 => " (×1.5)",
            ClockMode::X2 => " (×2)",
            ClockMode::X10 => " (×10)",
        };
        match self.limit_ms(challenge) {
            Some(limit) => format!("{} per question{factor}", text(limit / 1000)),
            None => "no time limit".to_owned(),
        }
    }
}

/// Turns readings of a monotonic clock into time passed.
///
/// A first reading, and one below the last (the clock was started anew), begin a new base: no time
/// has passed, and none is given back.
#[derive(Debug, Clone, Default)]
pub struct Stopwatch {
    last_ms: Option<u64>,
}

impl Stopwatch {
    /// Milliseconds since the last reading.
    pub fn read(&mut self, now_ms: u64) -> u32 {
        let last_ms = self.last_ms.replace(now_ms).unwrap_or(now_ms);
        u32::try_from(now_ms.saturating_sub(last_ms)).unwrap_or(u32::MAX)
    }
}

/// A time left, rounded up to seconds, so that 0:00 means that there is none: `1:43`.
pub fn time_left(ms: u32) -> String {
    text(ms.div_ceil(1000))
}

/// A time taken, rounded to seconds: `1:43`, `1:02:03`.
pub fn time_taken(ms: u32) -> String {
    text(ms.saturating_add(500) / 1000)
}

fn text(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}
