//! log, sin and cos in f32 after Cephes, several numbers at a time, with fused multiply-adds: the rounding of `PyTorch`'s
//! AVX2 code.
#![expect(
    clippy::excessive_precision,
    clippy::unreadable_literal,
    reason = "Cephes' coefficients, as published"
)]

use std::hint::black_box;

use kernel::simd::F32x4;

/// How many numbers go through a function together: loops over eight become vector instructions.
pub(super) const LANES: usize = 8;

pub(super) type Lanes = [f32; LANES];

/// A way to round `x * y + z` once.
pub(super) trait Fused {
    fn mul_add(x: Lanes, y: Lanes, z: Lanes) -> Lanes;
}

/// Computes in doubles, for machines without such an instruction.
pub(super) struct Doubles;

/// Uses the machine's own instruction, where it has one that rounds once.
pub(super) struct HardwareFused;

/// What is done to some numbers, given two of them all.
pub(super) type Function<const N: usize> = fn(&mut [f32; N], f32, f32);

/// Chooses between the two versions of a function.
pub(super) fn choose<const N: usize>(by_machine: Function<N>, in_doubles: Function<N>) -> Function<N> {
    if machine_fuses() { by_machine } else { in_doubles }
}

/// Whether the machine's multiply-add rounds once: relaxed SIMD leaves that to the machine, which then always does so.
fn machine_fuses() -> bool {
    // Only a product that is not rounded has the last bit of (1 + 2^-12)^2, 2^-24.
    const X: f32 = 1.0 + 1.0 / 4096.0;
    const Z: f32 = -1.0 - 2.0 / 4096.0;
    let has_last_bit = || {
        let sums =
            HardwareFused::mul_add(black_box([X; LANES]), black_box([X; LANES]), black_box([Z; LANES]));
        sums.iter().all(|&sum| sum > 0.0)
    };
    cfg!(target_feature = "relaxed-simd") && has_last_bit()
}

impl Fused for HardwareFused {
    #[inline]
    fn mul_add(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
        let mut sums = [0.0; LANES];
        let [(x, _), (y, _), (z, _)] = [&x, &y, &z].map(|lanes| lanes.as_chunks());
        for (i, sum) in sums.as_chunks_mut().0.iter_mut().enumerate() {
            F32x4::load(&x[i]).mul_add(F32x4::load(&y[i]), F32x4::load(&z[i])).store(sum);
        }
        sums
    }
}

impl Fused for Doubles {
    /// The product of two f32 is an f64. What is added to it is rounded twice, which differs where the first rounding
    /// ends halfway between two f32, and where these have fewer digits: near zero.
    // Once in the module: inlined, it would be there a dozen times.
    #[inline(never)]
    fn mul_add(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
        const BELOW_F32: u64 = (1 << (f64::MANTISSA_DIGITS - f32::MANTISSA_DIGITS)) - 1;
        const HALFWAY: u64 = BELOW_F32 / 2 + 1;
        let (mut sums, mut any_rare) = ([0.0; LANES], false);
        for i in 0..LANES {
            let sum = f64::from(x[i]) * f64::from(y[i]) + f64::from(z[i]);
            any_rare |= sum.to_bits() & BELOW_F32 == HALFWAY;
            any_rare |= sum.abs() < f64::from(f32::MIN_POSITIVE);
            sums[i] = sum as f32;
        }
        if any_rare { one_by_one(x, y, z) } else { sums }
    }
}

#[cold]
#[inline(never)]
fn one_by_one(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    each(|i| x[i].mul_add(y[i], z[i]))
}

/// Evaluates a polynomial, highest coefficient first.
#[inline]
fn horner<F: Fused>(x: Lanes, coefficients: &[f32]) -> Lanes {
    let lanes = coefficients.iter().map(|&coefficient| [coefficient; LANES]);
    lanes.reduce(|sum, next| F::mul_add(sum, x, next)).unwrap_or_default()
}

/// The natural logarithm of x in (0, 1].
#[inline]
pub(super) fn log<F: Fused>(x: Lanes) -> Lanes {
    const SQRT_HALF: f32 = std::f32::consts::FRAC_1_SQRT_2;
    const POLYNOMIAL: [f32; 9] = [
        7.0376836292e-2,
        -1.1514610310e-1,
        1.1676998740e-1,
        -1.2420140846e-1,
        1.4249322787e-1,
        -1.6668057665e-1,
        2.0000714765e-1,
        -2.4999993993e-1,
        3.3333331174e-1,
    ];
    let (mut exponent, mut m) = ([0.0; LANES], [0.0; LANES]);
    for i in 0..LANES {
        let (mantissa, power) = frexp(x[i]);
        let is_low = mantissa < SQRT_HALF;
        exponent[i] = power - if is_low { 1.0 } else { 0.0 };
        m[i] = (mantissa - 1.0) + if is_low { mantissa } else { 0.0 };
    }
    let z = times(m, m);
    let y = times(horner::<F>(m, &POLYNOMIAL), m);
    let y = F::mul_add(y, z, times(exponent, [-2.12194440e-4; LANES]));
    let y = F::mul_add(z, [-0.5; LANES], y);
    F::mul_add(exponent, [0.693359375; LANES], each(|i| m[i] + y[i]))
}

/// x = mantissa * 2^exponent with the mantissa in [0.5, 1), for a positive normal x.
#[inline]
fn frexp(x: f32) -> (f32, f32) {
    const MANTISSA: u32 = 0x007f_ffff;
    let bits = x.to_bits();
    let exponent = (bits >> 23) as i32 as f32 - 126.0;
    (f32::from_bits(bits & MANTISSA | 0.5_f32.to_bits()), exponent)
}

/// Sine and cosine of x in [0, 2 pi].
#[inline]
pub(super) fn sin_cos<F: Fused>(x: Lanes) -> (Lanes, Lanes) {
    const FOUR_OVER_PI: f32 = 1.27323954473516;
    // pi / 4 in three parts, so that the reduction loses nothing.
    const MINUS_PI_4: [f32; 3] = [-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8];
    const COS: [f32; 3] = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2];
    const SIN: [f32; 3] = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1];

    // Counted from 0 to 8, and even.
    let octant = each(|i| (((x[i] * FOUR_OVER_PI) as i32 + 1) & !1) as f32);
    let x = MINUS_PI_4.iter().fold(x, |x, &part| F::mul_add(octant, [part; LANES], x));
    let z = times(x, x);
    let even = F::mul_add(times(horner::<F>(z, &COS), z), z, times(z, [-0.5; LANES]));
    let odd = F::mul_add(times(horner::<F>(z, &SIN), z), x, x);
    let (mut sin, mut cos) = ([0.0; LANES], [0.0; LANES]);
    for i in 0..LANES {
        let (octant, even) = (octant[i] as i32, even[i] + 1.0);
        let (of_sin, of_cos) = if octant & 2 == 0 { (odd[i], even) } else { (even, odd[i]) };
        sin[i] = signed(of_sin, octant);
        cos[i] = signed(of_cos, !(octant - 2));
    }
    (sin, cos)
}

/// The number, negative where the bit that is 4 is set.
#[inline]
fn signed(number: f32, bits: i32) -> f32 {
    f32::from_bits(number.to_bits() ^ (bits as u32 & 4) << 29)
}

#[inline]
fn times(x: Lanes, y: Lanes) -> Lanes {
    each(|i| x[i] * y[i])
}

/// Numbers by their places.
#[inline]
pub(super) fn each(number: impl Fn(usize) -> f32) -> Lanes {
    let mut lanes = [0.0; LANES];
    for (i, lane) in lanes.iter_mut().enumerate() {
        *lane = number(i);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use std::array;

    use super::*;

    #[track_caller]
    fn check(x: Lanes, y: Lanes, z: Lanes) {
        let (got, expected) = (Doubles::mul_add(x, y, z), one_by_one(x, y, z));
        for (got, expected) in got.into_iter().zip(expected) {
            let alike = got.to_bits() == expected.to_bits() || got.is_nan() && expected.is_nan();
            assert!(alike, "{x:?} * {y:?} + {z:?}: {got:e}, not {expected:e}");
        }
    }

    #[test]
    fn a_product_is_added_and_rounded_once() {
        // Odd products of 25 bits lie halfway between two f32; what is added decides, however small.
        for x in (4097_u16..5000).step_by(2) {
            for y in (4097_u16..6000).step_by(202) {
                for z in [0.0, 1.0, f32::EPSILON, 1e-9, 1e-12, 1e-30] {
                    let of_both_signs = array::from_fn(|i| if i % 2 == 0 { z } else { -z });
                    check([x.into(); LANES], [y.into(); LANES], of_both_signs);
                }
            }
        }
    }

    #[test]
    fn any_three_numbers_are_rounded_as_the_standard_library_does() {
        let mut words = rand_mt::Mt::new(1);
        let mut next = || -> Lanes { array::from_fn(|_| f32::from_bits(words.next_u32())) };
        for _ in 0..50_000 {
            let three = [next(), next(), next()];
            let [x, y, z] = three;
            check(x, y, z);
            // All of one size, with sums that almost vanish, and with small ones.
            let [x, y, z] =
                three.map(|it| it.map(|it| f32::from_bits(it.to_bits() & 0x807f_ffff | 0x3f00_0000)));
            check(x, y, z);
            check(x, y, times(x, y).map(|product| -product));
            let [x, y, z] = [x.map(|x| x * 1e-20), y.map(|y| y * 1e-20), z.map(|z| z * 1e-40)];
            check(x, y, z);
        }
    }
}
