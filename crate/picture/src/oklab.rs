//! The `OKLab` colour space, in which equal distances look equally large.
//!
//! Source: Björn Ottosson, *A perceptual color space for image processing* (2020).

/// A colour in `OKLab`: lightness in [0, 1], then the green-red and blue-yellow axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Oklab {
    pub l: f64,
    pub a: f64,
    pub b: f64,
}

/// `OKLab` to linear-light sRGB, each channel in [0, 1] where the colour is in gamut.
pub(super) fn to_linear(Oklab { l, a, b }: Oklab) -> [f64; 3] {
    let long = (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
    ]
}

/// sRGB bytes to linear light in [0, 1].
pub(super) fn linear_of(bytes: [u8; 3]) -> [f64; 3] {
    bytes.map(|byte| {
        let encoded = f64::from(byte) / 255.0;
        if encoded <= 0.040_45 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
    })
}

/// Linear light to sRGB bytes; what lies outside [0, 1] is clipped.
pub(super) fn bytes_of(linear: [f64; 3]) -> [u8; 3] {
    linear.map(|light| {
        let light = light.clamp(0.0, 1.0);
        let encoded =
            if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
        (encoded * 255.0).round() as u8
    })
}

/// Linear-light sRGB to `OKLab`.
pub(super) fn from_linear([red, green, blue]: [f64; 3]) -> Oklab {
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    Oklab {
        l: 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
        a: 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
        b: 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
    }
}

/// The difference of two colours as the eye sees it; about 0.02 is just noticeable between neighbours.
#[cfg(test)]
pub(super) fn difference(one: Oklab, other: Oklab) -> f64 {
    ((one.l - other.l).powi(2) + (one.a - other.a).powi(2) + (one.b - other.b).powi(2)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_black_and_red_lie_where_the_source_puts_them() {
        let at = |bytes| from_linear(linear_of(bytes));
        assert!(difference(at([255, 255, 255]), Oklab { l: 1.0, a: 0.0, b: 0.0 }) < 1e-6);
        assert!(difference(at([0, 0, 0]), Oklab { l: 0.0, a: 0.0, b: 0.0 }) < 1e-6);
        assert!(difference(at([255, 0, 0]), Oklab { l: 0.627_955, a: 0.224_863, b: 0.125_846 }) < 1e-5);
    }

    #[test]
    fn every_byte_survives_the_way_there_and_back() {
        for byte in 0..=255 {
            let colour = [byte, 255 - byte, byte / 2];
            assert_eq!(bytes_of(to_linear(from_linear(linear_of(colour)))), colour);
        }
    }
}
