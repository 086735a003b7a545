//! What the page and the native programs measured, as they tell it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::calls::Sizes;

/// One number a round.
pub type Samples = Vec<f64>;

/// A forward pass of every engine on one call.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forward {
    pub call: String,
    pub sizes: Sizes,
    /// By engine, the largest difference to the same call in float64.
    pub differences: BTreeMap<String, f64>,
    /// By engine, milliseconds of a pass; round k of one was measured beside round k of the others.
    pub milliseconds: BTreeMap<String, Samples>,
    /// By flavour, multiply-adds a second of registers alone.
    pub peak: BTreeMap<String, Samples>,
}

/// A step of training on one call.
#[derive(Debug, Serialize, Deserialize)]
pub struct Train {
    pub call: String,
    pub sizes: Sizes,
    /// By engine, the loss of the fourth step.
    pub losses: BTreeMap<String, f64>,
    pub milliseconds: BTreeMap<String, Samples>,
}

/// The first visit of a page that uses one engine.
#[derive(Debug, Serialize, Deserialize)]
pub struct Cold {
    pub engine: String,
    /// From navigation to the first result.
    pub milliseconds: Samples,
    /// Paths of what was loaded.
    pub files: Vec<String>,
    /// Bytes of wasm memory after the largest call.
    pub memory: u64,
    /// Bytes of what the engine loaded, after gzip and after brotli.
    #[serde(default)]
    pub sizes: Option<[usize; 2]>,
}

/// A pass at one point of a growing size.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Growth {
    pub axis: String,
    pub value: usize,
    pub sizes: Sizes,
    pub milliseconds: Samples,
}

/// A pass of a native program, by call.
pub type Native = BTreeMap<String, Samples>;

/// What the driver says.
#[derive(Debug, Deserialize)]
pub struct Answer<T> {
    pub browser: String,
    pub report: T,
}

/// The middle of the samples.
pub fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted.len().saturating_sub(1) / 2, sorted.len() / 2);
    match (sorted.get(low), sorted.get(high)) {
        (Some(low), Some(high)) => f64::midpoint(*low, *high),
        _ => f64::NAN,
    }
}

/// The least sample that so many in a hundred do not pass.
pub fn percentile(samples: &[f64], percent: usize) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

/// The median of the ratios of samples that were taken side by side: what disturbed a round disturbed both.
pub fn median_ratio(samples: &[f64], to: &[f64]) -> f64 {
    median(&samples.iter().zip(to).map(|(sample, to)| sample / to).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_is(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
    }

    #[test]
    fn medians_are_in_the_middle() {
        assert_is(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_is(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn a_percentile_is_a_sample_that_so_many_do_not_pass() {
        let samples: Vec<f64> = (1..=40).rev().map(f64::from).collect();
        assert_is(percentile(&samples, 95), 38.0);
        assert_is(percentile(&samples, 100), 40.0);
        assert_is(percentile(&[7.0], 50), 7.0);
        assert!(percentile(&[], 95).is_nan());
    }

    #[test]
    fn a_disturbed_round_does_not_change_the_ratio() {
        assert_is(median_ratio(&[1.0, 10.0, 1.0], &[2.0, 20.0, 2.0]), 0.5);
        assert_is(median_ratio(&[1.0, 9.0, 1.0], &[2.0, 2.0, 2.0]), 0.5);
    }
}
