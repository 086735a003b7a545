//! Any other machine: lane by lane, for the compiler to make of it what it can.

use std::array;

use super::LANES;

pub type Raw = [f32; LANES];

#[inline(always)]
pub fn splat(value: f32) -> Raw {
    [value; LANES]
}

#[inline(always)]
pub fn load(from: &[f32; LANES]) -> Raw {
    *from
}

#[inline(always)]
pub fn store(x: Raw, to: &mut [f32; LANES]) {
    *to = x;
}

#[inline(always)]
pub fn spread(x: Raw) -> [Raw; LANES] {
    x.map(splat)
}

#[inline(always)]
pub fn mul_add(x: Raw, a: Raw, b: Raw) -> Raw {
    add(mul(x, a), b)
}

macro_rules! lanewise {
    ($name:ident, $of:expr) => {
        #[inline(always)]
        pub fn $name(x: Raw, y: Raw) -> Raw {
            array::from_fn(|lane| $of(x[lane], y[lane]))
        }
    };
}

lanewise!(add, |x: f32, y: f32| x + y);
lanewise!(sub, |x: f32, y: f32| x - y);
lanewise!(mul, |x: f32, y: f32| x * y);
lanewise!(div, |x: f32, y: f32| x / y);
lanewise!(at_most, |x: f32, bound: f32| if bound < x { bound } else { x });
lanewise!(at_least, |x: f32, bound: f32| if x < bound { bound } else { x });
