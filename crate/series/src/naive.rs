use serde::{Deserialize, Serialize};

/// A forecast that learns nothing, with s the season and v the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Naive {
    /// The last value again: `v_t = v_(t-1)`.
    Last,
    /// The value of one season ago: `v_t = v_(t-s)`.
    Season,
    /// The last value with the change of one season ago: `v_t = v_(t-1) + v_(t-s) - v_(t-s-1)`.
    SeasonChange,
}

impl Naive {
    /// Those that can be made with this season; 0 is none.
    pub fn with_season(season: usize) -> &'static [Naive] {
        if season > 1 { &[Naive::Last, Naive::Season, Naive::SeasonChange] } else { &[Naive::Last] }
    }

    /// The next value after a history, which is longer than the season.
    ///
    /// ```
    /// use gru_playground_series::Naive;
    ///
    /// let history = [1.0, 5.0, 2.0, 7.0];
    /// let next = |naive: Naive| naive.next(&history, 2);
    /// assert_eq!([next(Naive::Last), next(Naive::Season), next(Naive::SeasonChange)], [7.0, 2.0, 4.0]);
    /// ```
    pub fn next(self, history: &[f64], season: usize) -> f64 {
        let before = |steps: usize| history.len().checked_sub(steps).map_or(f64::NAN, |at| history[at]);
        match self {
            Naive::Last => before(1),
            Naive::Season => before(season),
            Naive::SeasonChange => before(1) + before(season) - before(season + 1),
        }
    }

    /// So many values after a history, each made as if those before it had been seen.
    pub fn forecast(self, history: &[f64], season: usize, horizon: usize) -> Vec<f64> {
        let mut values = history[history.len().saturating_sub(season + 1)..].to_vec();
        let from = values.len();
        for _ in 0..horizon {
            values.push(self.next(&values, season));
        }
        values.split_off(from)
    }
}
