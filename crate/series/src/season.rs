use serde::Serialize;

use crate::{SeriesParts, SeriesSetup};

/// A season that a series seems to have, by the autocorrelation of its changes: a proposal, which a look at the series should confirm.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeasonProposal {
    /// After how many values it repeats itself.
    pub season: u64,
    /// The autocorrelation there, in [-1, 1].
    pub correlation: f64,
    /// The same in a sentence.
    pub text: String,
}

/// The longest season that is looked for.
const LONGEST: usize = 400;
/// At most so many of the last changes are looked at.
const MOST: usize = 5000;
/// A weaker correlation is no season.
const LEAST: f64 = 0.3;
/// A shorter season whose correlation is nearly the highest is taken: its multiples repeat it.
const NEARLY: f64 = 0.9;

impl SeasonProposal {
    /// Looks for a season in the training part of a series alone; none where it has none.
    ///
    /// The autocorrelation of the changes `d_t = v_t - v_(t-1)` at a lag k is `sum (d_t - m)(d_(t-k) - m) / sum (d_t - m)^2`, m being
    /// their mean: a trend does not count as a season. Proposed is the shortest lag from 2 on that is higher than its neighbours and
    /// at least 0.9 times the highest such one.
    ///
    /// ```
    /// use gru_playground_series::{SeasonProposal, SeriesSetup};
    ///
    /// let weeks: Vec<f64> = (0..200).map(|day| f64::from(day) + if day % 7 < 5 { 10.0 } else { 0.0 }).collect();
    /// assert_eq!(SeasonProposal::of(&weeks, &SeriesSetup::default()).map(|it| it.season), Some(7));
    /// let rising: Vec<f64> = (0..200).map(f64::from).collect();
    /// assert_eq!(SeasonProposal::of(&rising, &SeriesSetup::default()), None);
    /// ```
    pub fn of(values: &[f64], setup: &SeriesSetup) -> Option<Self> {
        let SeriesParts { offset, train, .. } = SeriesParts::of(values.len(), setup);
        let known = &values[..((offset + train) as usize).min(values.len())];
        let changes: Vec<f64> = known.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let changes = &changes[changes.len().saturating_sub(MOST)..];
        let mean = changes.iter().sum::<f64>() / changes.len() as f64;
        let centred: Vec<f64> = changes.iter().map(|change| change - mean).collect();
        let power: f64 = centred.iter().map(|it| it * it).sum();
        // Where every change is the same but for rounding, there is none.
        let size: f64 = changes.iter().map(|it| it * it).sum();
        if !power.is_finite() || power <= 1e-12 * size || power <= 0.0 {
            return None;
        }
        // A season is seen three times at least.
        let longest = (centred.len() / 3).min(LONGEST);
        let at = |lag: usize| -> f64 {
            centred.iter().zip(&centred[lag..]).map(|(a, b)| a * b).sum::<f64>() / power
        };
        let all: Vec<f64> =
            (1..=longest + 1).map(|lag| if lag < centred.len() { at(lag) } else { -1.0 }).collect();
        // all[lag - 1] is that of a lag.
        let peaks: Vec<usize> = (2..=longest)
            .filter(|&lag| all[lag - 1] >= LEAST && all[lag - 1] > all[lag - 2] && all[lag - 1] >= all[lag])
            .collect();
        let highest = peaks.iter().map(|&lag| all[lag - 1]).fold(0.0, f64::max);
        let lag = peaks.into_iter().find(|&lag| all[lag - 1] >= NEARLY * highest)?;
        let correlation = all[lag - 1];
        let text = format!(
            "The changes of the training part repeat themselves most after {lag} values: their autocorrelation there is {correlation:.2}. \
             That is a proposal; you know what the series is of."
        );
        Some(SeasonProposal { season: lag as u64, correlation, text })
    }
}
