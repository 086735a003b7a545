//! The Box-Muller transform as `PyTorch` applies it: in pairs, or in blocks of 16.

use std::f32;
use std::f64::consts::PI;

use super::fused::{self, Doubles, Function, Fused, LANES, Lanes, Machine, each};

/// How many elements are transformed together; shorter tensors take pairs.
pub(super) const BLOCK: usize = 16;

/// Two normal numbers from two uniform ones.
pub(super) fn pair(u1: f64, u2: f64, sin_cos: fn(f64) -> (f64, f64)) -> (f64, f64) {
    let radius = (-2.0 * (-u2).ln_1p()).sqrt();
    let (sin, cos) = sin_cos(2.0 * PI * u1);
    (radius * cos, radius * sin)
}

/// Sine and cosine of x in [0, 2 pi], to about a unit of the last place: enough for a number that becomes an f32.
///
/// For wasm the standard library's would bring 2 KB gzip of reductions for huge angles. The coefficients are
/// those of fdlibm's kernels on [-pi/4, pi/4].
#[expect(
    clippy::excessive_precision,
    clippy::unreadable_literal,
    reason = "fdlibm's coefficients, as published"
)]
pub(super) fn sin_cos(x: f64) -> (f64, f64) {
    // pi / 2 in two parts, so that the reduction loses nothing that counts.
    const PI_2: [f64; 2] = [1.57079632673412561417, 6.07710050650619224932e-11];
    const SIN: [f64; 6] = [
        1.58969099521155010221e-10,
        -2.50507602534068634195e-8,
        2.75573137070700676789e-6,
        -1.98412698298579493134e-4,
        8.33333333332248946124e-3,
        -1.66666666666666324348e-1,
    ];
    const COS: [f64; 6] = [
        -1.13596475577881948265e-11,
        2.08757232129817482790e-9,
        -2.75573143513906633035e-7,
        2.48015872894767294178e-5,
        -1.38888888888741095749e-3,
        4.16666666666666019037e-2,
    ];
    let polynomial = |z: f64, coefficients: &[f64]| coefficients.iter().fold(0.0, |sum, next| sum * z + next);

    let quarter = (x / (PI / 2.0) + 0.5) as u32;
    let x = x - f64::from(quarter) * PI_2[0] - f64::from(quarter) * PI_2[1];
    let z = x * x;
    let odd = x + x * z * polynomial(z, &SIN);
    let even = 1.0 - (0.5 * z - z * z * polynomial(z, &COS));
    match quarter % 4 {
        0 => (odd, even),
        1 => (even, -odd),
        2 => (-odd, -even),
        _ => (-even, odd),
    }
}

/// Sixteen normal numbers of a mean and a standard deviation from sixteen uniform ones, as this machine does it fastest.
pub(super) fn transform_f32() -> Function<BLOCK> {
    fused::choose(block_f32::<Machine>, block_f32::<Doubles>)
}

/// Element j pairs with element j + 8.
fn block_f32<F: Fused>(block: &mut [f32; BLOCK], mean: f32, std: f32) {
    let (first, second) = block.split_at_mut(BLOCK / 2);
    let (first, second) = (first.as_chunks_mut().0, second.as_chunks_mut().0);
    for (first, second) in first.iter_mut().zip(second) {
        let log = fused::log::<F>(each(|j| 1.0 - first[j]));
        let (sin, cos) = fused::sin_cos::<F>(each(|j| 2.0 * f32::consts::PI * second[j]));
        let radius = each(|j| (-2.0 * log[j]).sqrt());
        let normal =
            |of_angle: Lanes| F::mul_add(each(|j| radius[j] * of_angle[j]), [std; LANES], [mean; LANES]);
        (*first, *second) = (normal(cos), normal(sin));
    }
}

/// The functions of doubles, as near to glibc's as the platform has them: see `double`.
#[cfg(target_arch = "wasm32")]
pub(super) use super::double::{ln, sin_cos as sin_cos_f64};

#[cfg(not(target_arch = "wasm32"))]
pub(super) fn ln(x: f64) -> f64 {
    x.ln()
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) fn sin_cos_f64(x: f64) -> (f64, f64) {
    x.sin_cos()
}

/// The same in double precision.
pub(super) fn block_f64(block: &mut [f64; BLOCK], mean: f64, std: f64) {
    for j in 0..BLOCK / 2 {
        let (u1, u2) = (1.0 - block[j], block[j + BLOCK / 2]);
        let radius = (-2.0 * ln(u1)).sqrt();
        let (sin, cos) = sin_cos_f64(2.0 * PI * u2);
        block[j] = (radius * cos).mul_add(std, mean);
        block[j + BLOCK / 2] = (radius * sin).mul_add(std, mean);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_and_cosine_agree_with_the_platform_s_to_two_units_of_the_last_place() {
        for step in 0..=100_000 {
            let x = 2.0 * PI * f64::from(step) / 100_000.0;
            let ((sin, cos), (expected_sin, expected_cos)) = (sin_cos(x), x.sin_cos());
            for (value, expected) in [(sin, expected_sin), (cos, expected_cos)] {
                let bound = 2.0 * f64::EPSILON * expected.abs() + 1e-25;
                assert!((value - expected).abs() <= bound, "{x}: {value}, not {expected}");
            }
        }
    }
}
