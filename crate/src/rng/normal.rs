//! The Box-Muller transform as `PyTorch` applies it: in pairs, or in blocks of 16.

use std::f32;
use std::f64::consts::PI;

use super::fused::{log, sin_cos};

/// How many elements are transformed together; shorter tensors take pairs.
pub(super) const BLOCK: usize = 16;

/// Two normal numbers from two uniform ones.
pub(super) fn pair(u1: f64, u2: f64) -> (f64, f64) {
    let radius = (-2.0 * (-u2).ln_1p()).sqrt();
    let theta = 2.0 * PI * u1;
    (radius * theta.cos(), radius * theta.sin())
}

/// Sixteen normal numbers from sixteen uniform ones: element j pairs with element j + 8.
pub(super) fn block_f32(block: &mut [f32; BLOCK]) {
    for j in 0..BLOCK / 2 {
        let (u1, u2) = (1.0 - block[j], block[j + BLOCK / 2]);
        let radius = (-2.0 * log(u1)).sqrt();
        let (sin, cos) = sin_cos(2.0 * f32::consts::PI * u2);
        // PyTorch ends with fma(., std, mean), whose + 0.0 makes -0.0 a 0.0.
        block[j] = radius * cos + 0.0;
        block[j + BLOCK / 2] = radius * sin + 0.0;
    }
}

/// The same in double precision, by the platform's functions.
pub(super) fn block_f64(block: &mut [f64; BLOCK]) {
    for j in 0..BLOCK / 2 {
        let (u1, u2) = (1.0 - block[j], block[j + BLOCK / 2]);
        let radius = (-2.0 * u1.ln()).sqrt();
        let theta = 2.0 * PI * u2;
        block[j] = radius * theta.cos() + 0.0;
        block[j + BLOCK / 2] = radius * theta.sin() + 0.0;
    }
}
