use thiserror::Error;

use num::float::plain;

/// Why nothing was drawn; prints as `PyTorch`'s `RuntimeError` does, where a number there is written so.
///
/// ```
/// use gru_playground_rng::TorchGenerator;
///
/// let error = TorchGenerator::new(0).fill_bernoulli(1.5, &mut [0.0_f32]).expect_err("no probability");
/// assert_eq!(error.to_string(), "bernoulli_ expects p to be in [0, 1], but got p=1.5");
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Error)]
pub enum DrawError {
    /// `randint` of an empty range.
    #[error("random_ expects 'from' to be less than 'to', but got from={low} >= to={high}")]
    EmptyRange {
        /// The least integer.
        low: i64,
        /// The end of the range.
        high: i64,
    },
    /// `uniform_` of bounds in the wrong order, or not numbers.
    #[error("uniform_ expects to return a [from, to) range, but found from={} > to={}", plain(*low), plain(*high))]
    Bounds {
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// `normal_` of a negative standard deviation, or of none.
    #[error("normal expects std >= 0.0, but found std {}", plain(*std))]
    Std {
        /// The standard deviation given.
        std: f64,
    },
    /// `exponential_` of a rate that is not positive.
    #[error("exponential_ expects lambda > 0.0, but found lambda={}", plain(*rate))]
    Rate {
        /// The rate given.
        rate: f64,
    },
    /// `bernoulli_` of a number that is no probability.
    #[error("bernoulli_ expects p to be in [0, 1], but got p={}", plain(*p))]
    Probability {
        /// The number given.
        p: f64,
    },
    /// `torch.bernoulli` of a tensor that holds a number which is no probability.
    #[error("Expected p_in >= 0 && p_in <= 1 to be true, but got false.")]
    Probabilities,
    /// `multinomial` of a weight that is negative or not finite.
    #[error("probability tensor contains either `inf`, `nan` or element < 0")]
    Weight,
    /// `multinomial` of weights that are all zero.
    #[error("invalid multinomial distribution (sum of probabilities <= 0)")]
    NoWeight,
    /// `multinomial` of no samples.
    #[error("cannot sample n_sample <= 0 samples")]
    NoSamples,
    /// `multinomial` of more samples than weights, none drawn twice.
    #[error("cannot sample n_sample > prob_dist.size(-1) samples without replacement")]
    TooManySamples,
}
