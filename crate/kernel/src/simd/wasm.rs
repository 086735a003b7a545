//! WebAssembly's simd128, and relaxed-simd where the build has it.
// Its loads and stores take pointers.
#![allow(unsafe_code)]

use core::arch::wasm32 as arch;

use super::LANES;

pub type Raw = arch::v128;

pub use arch::{
    f32x4_add as add, f32x4_div as div, f32x4_mul as mul, f32x4_splat as splat, f32x4_sub as sub,
};

#[inline(always)]
pub fn load(from: &[f32; LANES]) -> Raw {
    // SAFETY: the array is the 16 bytes that are read; a v128 may lie at any address.
    unsafe { arch::v128_load(from.as_ptr().cast()) }
}

#[inline(always)]
pub fn store(x: Raw, to: &mut [f32; LANES]) {
    // SAFETY: the array is the 16 bytes that are written; a v128 may lie at any address.
    unsafe { arch::v128_store(to.as_mut_ptr().cast(), x) }
}

#[inline(always)]
pub fn spread(x: Raw) -> [Raw; LANES] {
    [
        arch::i32x4_shuffle::<0, 0, 0, 0>(x, x),
        arch::i32x4_shuffle::<1, 1, 1, 1>(x, x),
        arch::i32x4_shuffle::<2, 2, 2, 2>(x, x),
        arch::i32x4_shuffle::<3, 3, 3, 3>(x, x),
    ]
}

#[cfg(target_feature = "relaxed-simd")]
pub use arch::f32x4_relaxed_madd as mul_add;

#[inline(always)]
#[cfg(not(target_feature = "relaxed-simd"))]
pub fn mul_add(x: Raw, a: Raw, b: Raw) -> Raw {
    add(mul(x, a), b)
}

/// One instruction on x64, where minimum and maximum, which treat NaN alike on both sides, take several.
pub use arch::{f32x4_pmax as at_least, f32x4_pmin as at_most};
