use super::{DrawError, Generator, TorchGenerator};
use num::Real;

impl TorchGenerator {
    /// `torch.multinomial(weights, num_samples, replacement)` of one row of weights: indices, each drawn with
    /// a probability in proportion to its weight.
    ///
    /// # Errors
    /// A [`DrawError`] for weights that are negative, not finite or all zero, and for no samples, or more
    /// than there are weights when none may be drawn twice.
    ///
    /// ```
    /// use gru_playground_rng::{DrawError, TorchGenerator};
    ///
    /// let indices = TorchGenerator::new(0).multinomial(&[0.0_f32, 1.0, 0.0], 2, true)?;
    /// assert_eq!(indices, [1, 1], "the others have no weight");
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn multinomial<T: Real>(
        &mut self,
        weights: &[T],
        num_samples: usize,
        replacement: bool,
    ) -> Result<Vec<i64>, DrawError>
    where
        Self: Generator<T>,
    {
        if num_samples == 0 {
            return Err(DrawError::NoSamples);
        }
        if !replacement && num_samples > weights.len() {
            return Err(DrawError::TooManySamples);
        }
        if !weights.iter().all(|&weight| weight >= T::zero() && weight.is_finite()) {
            return Err(DrawError::Weight);
        }
        if weights.iter().all(|&weight| weight == T::zero()) {
            return Err(DrawError::NoWeight);
        }
        if replacement {
            Ok(self.with_replacement(weights, num_samples))
        } else {
            self.without_replacement(weights, num_samples)
        }
    }

    /// The first place where the cumulative sum reaches a float64 uniform.
    fn with_replacement<T: Real>(&mut self, weights: &[T], num_samples: usize) -> Vec<i64> {
        let mut total = T::zero();
        let mut sums = Vec::new();
        for &weight in weights {
            total += weight;
            sums.push(total);
        }
        for sum in &mut sums {
            *sum /= total;
        }
        let draw = |_| {
            let uniform = self.unit_f64();
            sums.partition_point(|sum| sum.to_f64().is_some_and(|sum| sum < uniform)) as i64
        };
        (0..num_samples).map(draw).collect()
    }

    /// The largest of each weight divided by an exponential number of its own.
    fn without_replacement<T: Real>(
        &mut self,
        weights: &[T],
        num_samples: usize,
    ) -> Result<Vec<i64>, DrawError> {
        let mut races = vec![T::zero(); weights.len()];
        self.fill_exponential(1.0, &mut races)?;
        for (race, &weight) in races.iter_mut().zip(weights) {
            *race = weight / *race;
        }
        let mut indices = Vec::new();
        for _ in 0..num_samples {
            let mut best = 0;
            for (i, &race) in races.iter().enumerate() {
                if race > races[best] {
                    best = i;
                }
            }
            races[best] = -T::one();
            indices.push(best as i64);
        }
        Ok(indices)
    }
}
