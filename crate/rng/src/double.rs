//! log, sine and cosine in f64, computed with twice the digits and then rounded once.
//!
//! `PyTorch` takes glibc's, which are so rounded but for one number in a thousand; wasm's own are off by a unit of the
//! last place in one of thirty.

use std::f64::consts::{FRAC_PI_2, LN_2, SQRT_2};

/// The sum of two numbers, of which the second is less than half a unit in the last place of the first.
#[derive(Clone, Copy)]
struct Double(f64, f64);

const ONE: Double = Double(1.0, 0.0);
/// ln 2 and pi / 2 to 106 digits.
const LN_2_DOUBLE: Double = Double(LN_2, 2.319_046_813_846_299_6e-17);
const PI_2_DOUBLE: Double = Double(FRAC_PI_2, 6.123_233_995_736_766e-17);

impl Double {
    /// a + b for any two numbers, exactly (Knuth).
    fn sum(a: f64, b: f64) -> Self {
        let sum = a + b;
        let of_b = sum - a;
        Double(sum, (a - (sum - of_b)) + (b - of_b))
    }

    /// a * b, exactly (Dekker).
    fn product(a: f64, b: f64) -> Self {
        let halves = |x: f64| {
            let scaled = x * 134_217_729.0; // 2^27 + 1
            let high = scaled - (scaled - x);
            (high, x - high)
        };
        let ((a_high, a_low), (b_high, b_low)) = (halves(a), halves(b));
        let product = a * b;
        Double(product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low)
    }

    fn plus(self, other: Double) -> Double {
        let (high, low) = (Double::sum(self.0, other.0), Double::sum(self.1, other.1));
        let sum = Double::sum(high.0, high.1 + low.0);
        Double::sum(sum.0, sum.1 + low.1)
    }

    fn minus(self, other: Double) -> Double {
        self.plus(Double(-other.0, -other.1))
    }

    fn times(self, other: Double) -> Double {
        let product = Double::product(self.0, other.0);
        Double::sum(product.0, product.1 + (self.0 * other.1 + self.1 * other.0))
    }

    fn over(self, other: Double) -> Double {
        let first = self.0 / other.0;
        let rest = self.minus(other.times(Double(first, 0.0)));
        Double::sum(first, rest.0 / other.0)
    }

    fn from_whole(number: u32) -> Double {
        Double(number.into(), 0.0)
    }
}

/// The natural logarithm of x in (0, 1], x being no subnormal.
pub(super) fn ln(x: f64) -> f64 {
    // x = m * 2^exponent, m in [sqrt(1/2), sqrt(2)).
    let bits = x.to_bits();
    let mut exponent = (bits >> 52) as f64 - 1023.0;
    let mut m = f64::from_bits(bits & ((1 << 52) - 1) | 1.0_f64.to_bits());
    if m >= SQRT_2 {
        m /= 2.0;
        exponent += 1.0;
    }
    // ln m = 2 artanh s = 2 (s + s^3 / 3 + s^5 / 5 + ...)
    let s = Double(m - 1.0, 0.0).over(Double::sum(m, 1.0));
    let z = s.times(s);
    let series = (0..22)
        .rev()
        .fold(Double(0.0, 0.0), |sum, k| sum.times(z).plus(ONE.over(Double::from_whole(2 * k + 1))));
    LN_2_DOUBLE.times(Double(exponent, 0.0)).plus(s.plus(s).times(series)).0
}

/// Sine and cosine of x in [0, 2 pi].
pub(super) fn sin_cos(x: f64) -> (f64, f64) {
    let quarter = (x / FRAC_PI_2 + 0.5) as u32;
    let x = Double(x, 0.0).minus(PI_2_DOUBLE.times(Double::from_whole(quarter)));
    let z = x.times(x);
    // 1 - z / (a (a + 1)) (1 - z / ((a + 2) (a + 3)) (1 - ...))
    let series = |first: u32| {
        let term = |sum: Double, k: u32| {
            let a = first + 2 * k;
            ONE.minus(sum.times(z).over(Double::from_whole(a * (a + 1))))
        };
        (0..14).rev().fold(ONE, term)
    };
    let (sin, cos) = (x.times(series(2)).0, series(1).0);
    match quarter % 4 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    /// Counts the values that differ from the platform's; none may differ by more than a unit of the last place.
    fn others(ours: impl Fn(f64) -> f64, platform: impl Fn(f64) -> f64, largest: f64) -> usize {
        let steps = 100_000;
        let points = (1..=steps).map(|step| largest * f64::from(step) / f64::from(steps));
        let differs = |&x: &f64| {
            let (value, expected) = (ours(x), platform(x));
            let unit = expected.abs().next_up() - expected.abs();
            assert!((value - expected).abs() <= unit, "{x}: {value}, not {expected}");
            value.to_bits() != expected.to_bits()
        };
        points.filter(differs).count()
    }

    #[test]
    fn all_but_few_values_are_the_platform_s() {
        assert!(others(ln, f64::ln, 1.0) < 500);
        assert!(others(|x| sin_cos(x).0, f64::sin, 2.0 * PI) < 500);
        assert!(others(|x| sin_cos(x).1, f64::cos, 2.0 * PI) < 500);
    }

    #[test]
    fn the_ends_are_exact() {
        assert_eq!(ln(1.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(ln(2.0_f64.powi(-53)).to_bits(), 2.0_f64.powi(-53).ln().to_bits());
        assert_eq!(sin_cos(0.0), (0.0, 1.0));
    }
}
