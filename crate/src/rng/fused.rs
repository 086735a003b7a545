//! log, sin and cos in f32 after Cephes, with fused multiply-adds: the rounding of `PyTorch`'s AVX2 code.
//!
//! `f32::mul_add` rounds once on every platform, in software where the hardware has no such instruction.
#![expect(
    clippy::excessive_precision,
    clippy::unreadable_literal,
    reason = "Cephes' coefficients, as published"
)]

/// Evaluates a polynomial, highest coefficient first.
fn horner(x: f32, coefficients: &[f32]) -> f32 {
    coefficients.iter().copied().reduce(|sum, next| sum.mul_add(x, next)).unwrap_or(0.0)
}

/// The natural logarithm of x in (0, 1].
pub(super) fn log(x: f32) -> f32 {
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
    let (mantissa, mut exponent) = frexp(x);
    let m = if mantissa < SQRT_HALF {
        exponent -= 1.0;
        (mantissa - 1.0) + mantissa
    } else {
        mantissa - 1.0
    };
    let z = m * m;
    let y = horner(m, &POLYNOMIAL) * m;
    let y = y.mul_add(z, exponent * -2.12194440e-4);
    let y = (-z).mul_add(0.5, y);
    exponent.mul_add(0.693359375, m + y)
}

/// x = mantissa * 2^exponent with the mantissa in [0.5, 1), for a positive normal x.
fn frexp(x: f32) -> (f32, f32) {
    const MANTISSA: u32 = 0x007f_ffff;
    let bits = x.to_bits();
    let exponent = (bits >> 23) as f32 - 126.0;
    (f32::from_bits(bits & MANTISSA | 0.5_f32.to_bits()), exponent)
}

/// Sine and cosine of x in [0, 2 pi].
pub(super) fn sin_cos(x: f32) -> (f32, f32) {
    const FOUR_OVER_PI: f32 = 1.27323954473516;
    // pi / 4 in three parts, so that the reduction loses nothing.
    const MINUS_PI_4: [f32; 3] = [-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8];
    const COS: [f32; 3] = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2];
    const SIN: [f32; 3] = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1];

    let octant = ((x * FOUR_OVER_PI) as u32 + 1) & !1;
    let x = MINUS_PI_4.iter().fold(x, |x, part| (octant as f32).mul_add(*part, x));
    let z = x * x;
    let even = (horner(z, &COS) * z).mul_add(z, -(z * 0.5)) + 1.0;
    let odd = (horner(z, &SIN) * z).mul_add(x, x);
    let (sin, cos) = if octant & 2 == 0 { (odd, even) } else { (even, odd) };
    let negate = |value: f32, yes: bool| if yes { -value } else { value };
    (negate(sin, octant & 4 != 0), negate(cos, !octant.wrapping_sub(2) & 4 != 0))
}
