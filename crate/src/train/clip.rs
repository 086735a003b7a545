use super::to_f64;
use crate::gru::Real;

/// `nn.utils.clip_grad_norm_(parameters, max_norm)`: scales all gradients by one factor so that the norm of all
/// of them is at most `max_norm`; gives the norm before.
///
/// `g *= min(1, max_norm / (norm + 1e-6))`. A norm that is not finite makes every gradient so, as in `PyTorch`.
pub fn clip_grad_norm<T: Real>(gradients: &mut [&mut [T]], max_norm: f64) -> T {
    let squares = gradients.iter().flat_map(|tensor| tensor.iter()).map(|&g| to_f64(g) * to_f64(g));
    let norm = T::from_f64(squares.sum::<f64>().sqrt());
    let factor = T::from_f64(max_norm) / (norm + T::from_f64(1e-6));
    // Not `min`, which would hide a NaN.
    let factor = if factor > T::one() { T::one() } else { factor };
    for tensor in gradients {
        for g in tensor.iter_mut() {
            *g *= factor;
        }
    }
    norm
}
