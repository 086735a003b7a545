use super::to_f64;
use nn::gru::Real;

/// `nn.utils.clip_grad_norm_(parameters, max_norm)`: scales all gradients by one factor so that the norm of all
/// of them is at most `max_norm`; gives the norm before.
///
/// `g *= min(1, max_norm / (norm + 1e-6))`. A norm that is not finite makes every gradient so, as in `PyTorch`.
///
/// ```
/// let (mut weight, mut bias) = ([3.0_f64], [4.0]);
/// assert_eq!(gru_playground_train::clip_grad_norm(&mut [&mut weight, &mut bias], 1.0), 5.0);
/// assert!(weight[0] < 0.6 && bias[0] < 0.8, "scaled by 1 / (5 + 1e-6)");
/// ```
pub fn clip_grad_norm<T: Real>(gradients: &mut [&mut [T]], max_norm: f64) -> T {
    let norm = grad_norm(gradients.iter().map(|tensor| &**tensor));
    let factor = clip_factor(norm, max_norm);
    for tensor in gradients {
        for g in tensor.iter_mut() {
            *g *= factor;
        }
    }
    norm
}

/// The norm of all gradients together; finite only if all of them are.
pub(super) fn grad_norm<'a, T: Real>(gradients: impl Iterator<Item = &'a [T]>) -> T {
    let squares = gradients.flatten().map(|&g| to_f64(g) * to_f64(g));
    T::from_f64(squares.sum::<f64>().sqrt())
}

/// What gradients of this norm are multiplied by.
pub(super) fn clip_factor<T: Real>(norm: T, max_norm: f64) -> T {
    let factor = T::from_f64(max_norm) / (norm + T::from_f64(1e-6));
    // Not `min`, which would hide a NaN.
    if factor > T::one() { T::one() } else { factor }
}
