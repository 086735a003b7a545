//! What this machine's wasm can do at best: multiply-adds of registers, nothing else.

#[cfg(not(target_feature = "relaxed-simd"))]
use core::arch::wasm32::f32x4_mul;
#[cfg(target_feature = "relaxed-simd")]
use core::arch::wasm32::f32x4_relaxed_madd;
use core::arch::wasm32::{f32x4_add, f32x4_extract_lane, f32x4_splat, v128};
use core::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;

/// Sums that are carried side by side: more than a multiply-add takes cycles times how many begin in each, and with
/// the two factors no more than V8 has registers for.
const SUMS: usize = 10;

/// Multiply-adds of one round of the loop: four lanes in each sum.
pub const PER_ROUND: usize = 4 * SUMS;

/// Does as many rounds of multiply-adds; returns how many multiply-adds that were.
#[wasm_bindgen(js_name = peakPass)]
pub fn peak_pass(rounds: usize) -> f64 {
    // Nothing is known of the factors, so that no product is taken out of the loop; sums stay small.
    let (a, b) = (black_box(f32x4_splat(0.999_9)), black_box(f32x4_splat(1e-6)));
    let mut sums = [black_box(f32x4_splat(1.0)); SUMS];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = multiply_add(*sum, a, b);
        }
    }
    let total = sums.into_iter().fold(f32x4_splat(0.0), |total, sum| f32x4_add(total, sum));
    black_box(f32x4_extract_lane::<0>(total));
    (rounds * PER_ROUND) as f64
}

#[cfg(target_feature = "relaxed-simd")]
fn multiply_add(sum: v128, a: v128, b: v128) -> v128 {
    f32x4_relaxed_madd(sum, a, b)
}

/// The product depends on the sum: else it would be the same in every round.
#[cfg(not(target_feature = "relaxed-simd"))]
fn multiply_add(sum: v128, a: v128, b: v128) -> v128 {
    f32x4_add(f32x4_mul(sum, a), b)
}
