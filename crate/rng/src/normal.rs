//! The Box-Muller transform as `PyTorch` applies it: in pairs, or in blocks of 16.

use std::f32;
use std::f64::consts::PI;

use super::fused::{self, Doubles, Function, Fused, HardwareFused, LANES, Lanes, each};

/// How many elements are transformed together; shorter tensors take pairs.
pub(super) const BLOCK: usize = 16;

/// Two normal numbers from two uniform ones.
pub(super) fn pair(u1: f64, u2: f64) -> (f64, f64) {
    let radius = (-2.0 * (-u2).ln_1p()).sqrt();
    let (sin, cos) = sin_cos(2.0 * PI * u1);
    (radius * cos, radius * sin)
}

/// Sixteen normal numbers of a mean and a standard deviation from sixteen uniform ones, as this machine does it fastest.
pub(super) fn transform_f32() -> Function<BLOCK> {
    fused::choose(block_f32::<HardwareFused>, block_f32::<Doubles>)
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
use super::double::{ln, sin_cos};

#[cfg(not(target_arch = "wasm32"))]
fn ln(x: f64) -> f64 {
    x.ln()
}

#[cfg(not(target_arch = "wasm32"))]
fn sin_cos(x: f64) -> (f64, f64) {
    x.sin_cos()
}

/// Sixteen normal numbers in double precision.
pub(super) fn block_f64(block: &mut [f64; BLOCK], mean: f64, std: f64) {
    for j in 0..BLOCK / 2 {
        let (u1, u2) = (1.0 - block[j], block[j + BLOCK / 2]);
        let radius = (-2.0 * ln(u1)).sqrt();
        let (sin, cos) = sin_cos(2.0 * PI * u2);
        block[j] = (radius * cos).mul_add(std, mean);
        block[j + BLOCK / 2] = (radius * sin).mul_add(std, mean);
    }
}
