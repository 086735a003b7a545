//! What this machine's wasm can do at best: multiply-adds, and next to nothing else.

#[cfg(not(target_feature = "relaxed-simd"))]
use core::arch::wasm32::f32x4_mul;
#[cfg(target_feature = "relaxed-simd")]
use core::arch::wasm32::f32x4_relaxed_madd;
use core::arch::wasm32::{f32x4_add, f32x4_extract_lane, f32x4_splat, v128};
use core::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;

/// Sums that are carried side by side: at least what a multiply-add takes in cycles times how many begin in each, and
/// with the factors no more than V8 has registers for.
const SUMS: usize = 10;

/// A tile of so many sums by so many, whose factors are loaded: a product does not wait for its sum.
const TILE: [usize; 2] = [2, 4];

/// Factors that are loaded in turns; they stay in the first cache.
const FACTORS: usize = 16;

/// Multiply-adds of registers alone, as many rounds; returns how many they were.
#[wasm_bindgen(js_name = peakOfRegisters)]
pub fn peak_of_registers(rounds: usize) -> f64 {
    // Nothing is known of the factors, so that no product is taken out of the loop; sums stay small.
    let (a, b) = (black_box(f32x4_splat(0.999_9)), black_box(f32x4_splat(1e-6)));
    let mut sums = [black_box(f32x4_splat(1.0)); SUMS];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = multiply_add(*sum, a, b);
        }
    }
    use_up(&sums);
    (rounds * SUMS * 4) as f64
}

/// The same in a tile, as products of matrices have it.
#[wasm_bindgen(js_name = peakOfTile)]
pub fn peak_of_tile(rounds: usize) -> f64 {
    let [height, width] = TILE;
    let factors = black_box([f32x4_splat(1e-6); FACTORS]);
    let across = black_box([f32x4_splat(0.999_9); TILE[1]]);
    let mut sums = [[black_box(f32x4_splat(1.0)); TILE[1]]; TILE[0]];
    for round in 0..rounds {
        for (i, row) in sums.iter_mut().enumerate() {
            let factor = factors[(round * height + i) % FACTORS];
            for (sum, &other) in row.iter_mut().zip(&across) {
                *sum = multiply_add(factor, other, *sum);
            }
        }
    }
    use_up(sums.as_flattened());
    (rounds * height * width * 4) as f64
}

/// Keeps the sums from being left out.
fn use_up(sums: &[v128]) {
    let total = sums.iter().fold(f32x4_splat(0.0), |total, &sum| f32x4_add(total, sum));
    black_box(f32x4_extract_lane::<0>(total));
}

/// `a * b + c`
#[cfg(target_feature = "relaxed-simd")]
fn multiply_add(a: v128, b: v128, c: v128) -> v128 {
    f32x4_relaxed_madd(a, b, c)
}

/// `a * b + c`
#[cfg(not(target_feature = "relaxed-simd"))]
fn multiply_add(a: v128, b: v128, c: v128) -> v128 {
    f32x4_add(f32x4_mul(a, b), c)
}
