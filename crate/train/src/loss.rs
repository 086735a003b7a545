use thiserror::Error;

use super::to_f64;
use nn::gru::Real;

/// A loss, the mean over what it judges, and its gradient by the predictions.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss<T> {
    /// The loss.
    pub value: T,
    /// Its gradient, of the predictions' shape.
    pub gradient: Vec<T>,
}

/// Why predictions cannot be judged by these targets.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LossError {
    /// There are more or fewer targets than predictions.
    #[error("{predictions} predictions cannot be judged by {targets} targets")]
    Count {
        /// Predictions given; of classes, rows of them.
        predictions: usize,
        /// Targets given.
        targets: usize,
    },
    /// A target is not the index of a class; prints as `PyTorch`'s `IndexError` does.
    #[error("Target {target} is out of bounds.")]
    Class {
        /// The target given.
        target: i64,
    },
}

/// `nn.functional.mse_loss`: the mean of `(x - y)^2`; by x, `2 (x - y) / n`.
///
/// # Errors
/// [`LossError::Count`].
///
/// ```
/// let loss = gru_playground_train::mse(&[1.0_f32, 2.0], &[0.0, 0.0])?;
/// assert_eq!((loss.value, loss.gradient), (2.5, vec![1.0, 2.0]));
/// # Ok::<(), gru_playground_train::LossError>(())
/// ```
pub fn mse<T: Real>(predictions: &[T], targets: &[T]) -> Result<Loss<T>, LossError> {
    elementwise(predictions, targets, |x, y| {
        let difference = x - y;
        (difference * difference, difference + difference)
    })
}

/// `nn.functional.binary_cross_entropy_with_logits`: the mean of `(1 - y) x + log(1 + exp(-x))`; by x,
/// `(sigmoid(x) - y) / n`.
///
/// # Errors
/// [`LossError::Count`].
///
/// ```
/// let loss = gru_playground_train::bce_with_logits(&[0.0_f64], &[1.0])?;
/// assert_eq!((loss.value, loss.gradient), (2.0_f64.ln(), vec![-0.5]));
/// # Ok::<(), gru_playground_train::LossError>(())
/// ```
pub fn bce_with_logits<T: Real>(logits: &[T], targets: &[T]) -> Result<Loss<T>, LossError> {
    elementwise(logits, targets, |x, y| {
        // log(1 + exp(-x)) without an overflow.
        let log = (-x.abs()).exp().ln_1p() + (-x).max(T::zero());
        ((T::one() - y) * x + log, x.sigmoid() - y)
    })
}

/// The target of `cross_entropy` that is not judged.
const IGNORED: i64 = -100;

/// `nn.functional.cross_entropy` of logits, shape (N, classes), by the indices of the right classes, -100
/// meaning none: the mean of `-log softmax(x)[target]`; by x, `(softmax(x) - one_hot(target)) / n`.
///
/// # Errors
/// [`LossError::Count`], [`LossError::Class`].
///
/// ```
/// let loss = gru_playground_train::cross_entropy(&[0.0_f64, 0.0], 2, &[1])?;
/// assert_eq!((loss.value, loss.gradient), (2.0_f64.ln(), vec![0.5, -0.5]));
/// # Ok::<(), gru_playground_train::LossError>(())
/// ```
pub fn cross_entropy<T: Real>(logits: &[T], classes: usize, targets: &[i64]) -> Result<Loss<T>, LossError> {
    if targets.len().checked_mul(classes) != Some(logits.len()) {
        let predictions = logits.len().checked_div(classes).unwrap_or(0);
        return Err(LossError::Count { predictions, targets: targets.len() });
    }
    let judged = targets.iter().filter(|&&target| target != IGNORED).count();
    let n = T::from_f64(judged as f64);
    let (mut total, mut gradient) = (0.0, logits.to_vec());
    for (row, &target) in targets.iter().enumerate() {
        let row = &mut gradient[row * classes..][..classes];
        if target == IGNORED {
            row.fill(T::zero());
            continue;
        }
        let place = usize::try_from(target).ok().filter(|&place| place < classes);
        let Some(place) = place else { return Err(LossError::Class { target }) };
        let largest = row.iter().fold(T::neg_infinity(), |largest, &x| largest.max(x));
        let sum = row.iter().fold(T::zero(), |sum, &x| sum + (x - largest).exp());
        let log_sum = sum.ln() + largest;
        total += to_f64(log_sum - row[place]);
        for x in row.iter_mut() {
            *x = (*x - log_sum).exp() / n;
        }
        row[place] -= T::one() / n;
    }
    Ok(Loss { value: T::from_f64(total / judged as f64), gradient })
}

/// The mean of what is lost by each element, which `loss` gives with its derivative.
fn elementwise<T: Real>(
    predictions: &[T],
    targets: &[T],
    loss: impl Fn(T, T) -> (T, T),
) -> Result<Loss<T>, LossError> {
    if predictions.len() != targets.len() {
        return Err(LossError::Count { predictions: predictions.len(), targets: targets.len() });
    }
    let n = predictions.len() as f64;
    let (mut total, mut gradient) = (0.0, Vec::with_capacity(predictions.len()));
    for (&x, &y) in predictions.iter().zip(targets) {
        let (lost, derivative) = loss(x, y);
        total += to_f64(lost);
        gradient.push(derivative / T::from_f64(n));
    }
    Ok(Loss { value: T::from_f64(total / n), gradient })
}
