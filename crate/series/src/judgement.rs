use serde::Serialize;

use crate::{Naive, SeriesSetup};

/// Who forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Forecaster {
    /// The model that was trained.
    Gru,
    /// As [`Naive::Last`].
    Last,
    /// As [`Naive::Season`].
    Season,
    /// As [`Naive::SeasonChange`].
    SeasonChange,
}

impl From<Naive> for Forecaster {
    fn from(naive: Naive) -> Self {
        match naive {
            Naive::Last => Forecaster::Last,
            Naive::Season => Forecaster::Season,
            Naive::SeasonChange => Forecaster::SeasonChange,
        }
    }
}

impl Forecaster {
    /// What it does, as a sentence names it.
    pub fn words(self) -> &'static str {
        match self {
            Forecaster::Gru => "the GRU",
            Forecaster::Last => "the last value again",
            Forecaster::Season => "the value of one season ago",
            Forecaster::SeasonChange => "the last value with the change of one season ago",
        }
    }
}

/// The values of a naive forecast.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesGuess {
    /// Whose they are.
    pub who: Forecaster,
    /// The values, in the series' unit.
    pub values: Vec<f64>,
}

/// How far a forecast is off on values that were not seen: the root of the mean square, in the series' unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesScore {
    /// Whose it is.
    pub who: Forecaster,
    /// Of the next value, the ones before being known.
    pub next: f64,
    /// Of all `horizon` values, each fed back for the next.
    pub horizon: f64,
}

/// Whether the GRU is better than forecasts that learn nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesJudgement {
    /// The GRU's first, then those of the naive forecasts.
    pub scores: Vec<SeriesScore>,
    /// Whether it beats the best of them at the next value, and over the horizon.
    pub beats: [bool; 2],
    /// The same in two sentences with their figures.
    pub sentences: [String; 2],
}

/// The judgement of these scores, over so many next values and forecasts from so many places.
pub(crate) fn judged(
    scores: Vec<SeriesScore>,
    setup: &SeriesSetup,
    next: usize,
    starts: usize,
) -> SeriesJudgement {
    let forecasts = if starts == 1 { "in one forecast".to_owned() } else { format!("in {starts} forecasts") };
    let heads = [
        format!("Next value, {next} unseen ones"),
        format!(
            "{} ahead, {forecasts}",
            if setup.horizon == 1 { "One value".to_owned() } else { format!("{} values", setup.horizon) }
        ),
    ];
    let of: [fn(&SeriesScore) -> f64; 2] = [|score| score.next, |score| score.horizon];
    let [(beats_next, next), (beats_horizon, horizon)] = [0, 1].map(|place| {
        let error = of[place];
        let gru = error(&scores[0]);
        let best = scores[1..].iter().min_by(|a, b| error(a).total_cmp(&error(b)));
        let best = best.unwrap_or(&scores[0]);
        let (naive, who) = (error(best), best.who.words());
        let beats = gru < naive;
        let verdict = if naive > 0.0 && gru.is_finite() {
            let share = (100.0 * (1.0 - gru / naive)).abs().round();
            match (beats, share < 1.0) {
                (_, true) => "they are about the same".to_owned(),
                (true, false) => format!("the GRU is better by {share}\u{202f}%"),
                (false, false) => format!("the GRU is worse by {share}\u{202f}%, and does not beat it"),
            }
        } else {
            "nothing can be better".to_owned()
        };
        let head = &heads[place];
        (beats, format!("{head}: the GRU is off by {}, {who} by {}: {verdict}.", short(gru), short(naive)))
    });
    SeriesJudgement { scores, beats: [beats_next, beats_horizon], sentences: [next, horizon] }
}

/// A number with about three digits that count.
fn short(value: f64) -> String {
    let digits = if value == 0.0 || !value.is_finite() {
        0
    } else {
        (2 - value.abs().log10().floor() as i32).clamp(0, 8)
    };
    format!("{value:.*}", digits as usize)
}
