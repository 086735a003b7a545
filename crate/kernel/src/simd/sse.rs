//! SSE, which every x86-64 has: what native tests run.
// An intrinsic is unsafe to call where its instruction might be missing.
#![allow(unsafe_code)]

use core::arch::x86_64 as arch;

use super::LANES;

pub type Raw = arch::__m128;

#[inline(always)]
pub fn splat(value: f32) -> Raw {
    // SAFETY: SSE is part of x86-64.
    unsafe { arch::_mm_set1_ps(value) }
}

#[inline(always)]
pub fn load(from: &[f32; LANES]) -> Raw {
    // SAFETY: SSE is part of x86-64; the array is the 16 bytes that are read, at any address.
    unsafe { arch::_mm_loadu_ps(from.as_ptr()) }
}

#[inline(always)]
pub fn store(x: Raw, to: &mut [f32; LANES]) {
    // SAFETY: SSE is part of x86-64; the array is the 16 bytes that are written, at any address.
    unsafe { arch::_mm_storeu_ps(to.as_mut_ptr(), x) }
}

#[inline(always)]
pub fn spread(x: Raw) -> [Raw; LANES] {
    // SAFETY: SSE is part of x86-64.
    unsafe {
        [
            arch::_mm_shuffle_ps::<0b00_00_00_00>(x, x),
            arch::_mm_shuffle_ps::<0b01_01_01_01>(x, x),
            arch::_mm_shuffle_ps::<0b10_10_10_10>(x, x),
            arch::_mm_shuffle_ps::<0b11_11_11_11>(x, x),
        ]
    }
}

#[inline(always)]
pub fn mul_add(x: Raw, a: Raw, b: Raw) -> Raw {
    add(mul(x, a), b)
}

macro_rules! instruction {
    ($intrinsic:ident, $name:ident($x:ident, $y:ident), $first:ident, $second:ident) => {
        #[inline(always)]
        pub fn $name($x: Raw, $y: Raw) -> Raw {
            // SAFETY: SSE is part of x86-64.
            unsafe { arch::$intrinsic($first, $second) }
        }
    };
}

instruction!(_mm_add_ps, add(x, y), x, y);
instruction!(_mm_sub_ps, sub(x, y), x, y);
instruction!(_mm_mul_ps, mul(x, y), x, y);
instruction!(_mm_div_ps, div(x, y), x, y);
// Of a NaN and a number these give the second.
instruction!(_mm_min_ps, at_most(x, bound), bound, x);
instruction!(_mm_max_ps, at_least(x, bound), bound, x);
