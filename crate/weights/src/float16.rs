//! The two floats of 16 bits, widened; both are exact in f32. Ten lines weigh less than a crate of them.

/// IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction.
pub(super) fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let (exponent, fraction) = (u32::from(bits >> 10 & 0x1f), u32::from(bits & 0x3ff));
    let magnitude = match exponent {
        // Zero and what is below the least normal number: multiples of 2^-24.
        0 => (fraction as f32 * f32::from_bits(0x3380_0000)).to_bits(),
        0x1f => 0x7f80_0000 | fraction << 13,
        _ => (exponent + 127 - 15) << 23 | fraction << 13,
    };
    f32::from_bits(sign | magnitude)
}

/// bfloat16: the upper half of an f32.
pub(super) fn brain(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_is_its_definition() {
        for bits in 0..=u16::MAX {
            let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
            let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
            let value = f64::from(half(bits));
            let due = match exponent {
                0x1f if fraction > 0.0 => {
                    assert!(value.is_nan(), "{bits:#x}");
                    continue;
                }
                0x1f => sign * f64::INFINITY,
                0 => sign * fraction * 2_f64.powi(-24),
                _ => sign * (1.0 + fraction / 1024.0) * 2_f64.powi(exponent - 15),
            };
            assert_eq!(value.to_bits(), due.to_bits(), "{bits:#x}");
        }
    }

    #[test]
    fn brain_floats() {
        let due = [(0x3f80, 1.0_f32), (0xc000, -2.0), (0x3e20, 0.15625), (0x8000, -0.0)];
        for (bits, value) in due {
            assert_eq!(brain(bits).to_bits(), value.to_bits());
        }
        assert!(brain(0x7fc0).is_nan());
    }
}
