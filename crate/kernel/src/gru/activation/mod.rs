//! Sigmoid and tanh of four numbers at once, by one rational function.

use crate::simd::F32x4;

/// From here on tanh is 1, exactly: a saturated gate lets no gradient through, as in `PyTorch`, however large the
/// weights behind it.
const BOUND: f32 = 8.7;

/// tanh(x) is x P(x²) / Q(x²) to within 6e-9 up to 8, and above 1 from the bound on, where x² stays what it is there
/// and the result is cut off: fitted to the least greatest error (Lawson's reweighting), lowest power first. All are
/// positive, so that nothing cancels.
const P: [f32; 5] = [0.999_999_94, 0.134_382_16, 3.564_185_2e-3, 2.177_371_6e-5, 1.506_244_9e-8];
const Q: [f32; 5] = [1.0, 0.467_715_35, 2.613_612_6e-2, 3.399_226_4e-4, 8.453_926e-7];

/// `tanh(x)` to within 5e-7, in [-1, 1]; NaN stays NaN.
#[inline(always)]
pub fn tanh(x: F32x4) -> F32x4 {
    let u = (x * x).at_most(F32x4::splat(BOUND * BOUND));
    let y = x * polynomial(P, u) / polynomial(Q, u);
    y.at_most(F32x4::splat(1.0)).at_least(F32x4::splat(-1.0))
}

/// `1 / (1 + exp(-x)) = 1/2 + tanh(x / 2) / 2` to within 3e-7, in [0, 1]; NaN stays NaN.
#[inline(always)]
pub fn sigmoid(x: F32x4) -> F32x4 {
    let half = F32x4::splat(0.5);
    tanh(x * half).mul_add(half, half)
}

/// Estrin's scheme: three products wait for each other, where Horner's rule has four.
#[inline(always)]
fn polynomial([c0, c1, c2, c3, c4]: [f32; 5], u: F32x4) -> F32x4 {
    let c = F32x4::splat;
    let (low, high) = (c(c1).mul_add(u, c(c0)), c(c3).mul_add(u, c(c2)));
    let u2 = u * u;
    c(c4).mul_add(u2, high).mul_add(u2, low)
}

#[cfg(test)]
mod tests;
