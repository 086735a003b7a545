use ndarray::NdFloat;

/// Types that belong together, one for each type of numbers.
pub trait Family {
    /// That of `T`.
    type Of<T: Real>;
}

/// The number type of a module: f32, or f64 where more digits are wanted.
pub trait Real: NdFloat {
    /// The bytes of one number.
    const BYTES: u64;

    /// The nearest number of this type.
    fn from_f64(value: f64) -> Self;

    /// What is made for float32 alone, where this is float32; else none.
    fn if_single<F: Family>(make: impl FnOnce() -> F::Of<f32>) -> Option<F::Of<Self>>;

    /// `1 / (1 + exp(-x))`, in [0, 1]; NaN stays NaN.
    #[must_use]
    fn sigmoid(self) -> Self {
        Self::one() / (Self::one() + (-self).exp())
    }
}

impl Real for f32 {
    const BYTES: u64 = 4;

    fn from_f64(value: f64) -> Self {
        value as f32
    }

    fn if_single<F: Family>(make: impl FnOnce() -> F::Of<f32>) -> Option<F::Of<f32>> {
        Some(make())
    }
}

impl Real for f64 {
    const BYTES: u64 = 8;

    fn from_f64(value: f64) -> Self {
        value
    }

    fn if_single<F: Family>(_: impl FnOnce() -> F::Of<f32>) -> Option<F::Of<f64>> {
        None
    }
}

/// The inner product of two vectors of equal length.
///
/// Eight running sums, because one alone would forbid the compiler to vectorise.
///
/// ```
/// assert_eq!(gru_playground_num::dot(&[1.0_f32, 2.0], &[3.0, 4.0]), 11.0);
/// ```
pub fn dot<T: Real>(a: &[T], b: &[T]) -> T {
    const LANES: usize = 8;
    let (a_blocks, a_rest) = a.as_chunks::<LANES>();
    let (b_blocks, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [T::zero(); LANES];
    for (a, b) in a_blocks.iter().zip(b_blocks) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest = a_rest.iter().zip(b_rest).fold(T::zero(), |sum, (&a, &b)| sum + a * b);
    sums.into_iter().fold(rest, |total, sum| total + sum)
}

/// Inverts `y = W[row] x`: given the gradient of `y`, adds to those of the row of `W` and of `x`, each of
/// which stands beside its values.
///
/// ```
/// let (a, b) = ([1.0, 2.0], [3.0, 4.0]);
/// let (mut grad_a, mut grad_b) = ([0.0; 2], [0.0; 2]);
/// gru_playground_num::dot_backward(2.0_f32, 0, (&a, &mut grad_a), (&b, &mut grad_b));
/// assert_eq!((grad_a, grad_b), ([6.0, 8.0], [2.0, 4.0]));
/// ```
pub fn dot_backward<T: Real>(
    grad_y: T,
    row: usize,
    (weights, grad_weights): (&[T], &mut [T]),
    (x, grad_x): (&[T], &mut [T]),
) {
    let at = row * x.len()..(row + 1) * x.len();
    for (grad_w, &x) in grad_weights[at.clone()].iter_mut().zip(x) {
        *grad_w += grad_y * x;
    }
    for (grad_x, &w) in grad_x.iter_mut().zip(&weights[at]) {
        *grad_x += grad_y * w;
    }
}
