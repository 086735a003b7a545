//! Four float32 at once. The machines' modules below are all that names `core::arch` and all that is unsafe.

#[cfg_attr(target_arch = "wasm32", path = "wasm.rs")]
#[cfg_attr(target_arch = "x86_64", path = "sse.rs")]
#[cfg_attr(not(any(target_arch = "wasm32", target_arch = "x86_64")), path = "any.rs")]
mod machine;

use std::ops::{Add, Div, Mul, Sub};

/// How many numbers a vector holds.
pub const LANES: usize = 4;

/// A vector of four float32.
#[derive(Clone, Copy)]
pub struct F32x4(machine::Raw);

impl F32x4 {
    /// The same number four times.
    #[inline(always)]
    pub fn splat(value: f32) -> Self {
        F32x4(machine::splat(value))
    }

    /// The numbers of an array.
    #[inline(always)]
    pub fn load(from: &[f32; LANES]) -> Self {
        F32x4(machine::load(from))
    }

    /// Its inverse.
    #[inline(always)]
    pub fn store(self, to: &mut [f32; LANES]) {
        machine::store(self.0, to);
    }

    /// Each of the four numbers four times.
    #[inline(always)]
    pub fn spread(self) -> [Self; LANES] {
        machine::spread(self.0).map(F32x4)
    }

    /// The first numbers of a slice, and zeros where it is shorter than a vector.
    #[inline(always)]
    pub fn load_part(from: &[f32]) -> Self {
        if let Some(whole) = from.first_chunk() {
            return F32x4::load(whole);
        }
        let mut lanes = [0.0; LANES];
        for (lane, &number) in lanes.iter_mut().zip(from) {
            *lane = number;
        }
        F32x4::load(&lanes)
    }

    /// Stores as many numbers as a slice has room for.
    #[inline(always)]
    pub fn store_part(self, to: &mut [f32]) {
        if let Some(whole) = to.first_chunk_mut() {
            return self.store(whole);
        }
        let mut lanes = [0.0; LANES];
        self.store(&mut lanes);
        for (number, lane) in to.iter_mut().zip(lanes) {
            *number = lane;
        }
    }

    /// `self * a + b`, rounded once where the machine fuses the two, else twice.
    #[inline(always)]
    #[must_use]
    pub fn mul_add(self, a: Self, b: Self) -> Self {
        F32x4(machine::mul_add(self.0, a.0, b.0))
    }

    /// `self`, but at most `bound`; NaN stays NaN.
    #[inline(always)]
    #[must_use]
    pub fn at_most(self, bound: Self) -> Self {
        F32x4(machine::at_most(self.0, bound.0))
    }

    /// `self`, but at least `bound`; NaN stays NaN.
    #[inline(always)]
    #[must_use]
    pub fn at_least(self, bound: Self) -> Self {
        F32x4(machine::at_least(self.0, bound.0))
    }
}

macro_rules! lanewise {
    ($operator:ident, $method:ident) => {
        impl $operator for F32x4 {
            type Output = F32x4;

            #[inline(always)]
            fn $method(self, other: F32x4) -> F32x4 {
                F32x4(machine::$method(self.0, other.0))
            }
        }
    };
}

lanewise!(Add, add);
lanewise!(Sub, sub);
lanewise!(Mul, mul);
lanewise!(Div, div);
