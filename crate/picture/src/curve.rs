//! The exact colours of the maps, of which `samples.rgb` has samples; pictures are painted with what lies between those.

use std::f64::consts::PI;

use super::map::{Map, Theme};
use super::oklab::{Oklab, bytes_of, from_linear, linear_of, to_linear};

/// The colours of a map from its least to its greatest value, in even steps.
pub(super) fn samples(map: Map, theme: Theme) -> Vec<[u8; 3]> {
    let [low, high] = map.range().map(f64::from);
    let last = map.samples() - 1;
    let value = |sample: usize| low + (high - low) * sample as f64 / last as f64;
    (0..=last).map(|sample| bytes_of(to_linear(curve(map, theme, value(sample))))).collect()
}

/// A path through `OKLab` whose lightness is linear in its parameter; hues in degrees.
struct Ramp {
    lightness: [f64; 2],
    chroma: [f64; 2],
    hue: [f64; 2],
    /// Chroma added halfway, where the screen has room for it.
    bulge: f64,
}

impl Ramp {
    /// The colour at `t` in [0, 1].
    fn at(&self, t: f64) -> Oklab {
        let between = |[from, to]: [f64; 2]| from + (to - from) * t;
        let chroma = between(self.chroma) + 4.0 * self.bulge * t * (1.0 - t);
        let hue = between(self.hue) * PI / 180.0;
        Oklab { l: between(self.lightness), a: chroma * hue.cos(), b: chroma * hue.sin() }
    }
}

/// The arm of a diverging map from the theme's ground to its end.
fn arm(theme: Theme, lightness: f64, chroma: f64, hue: [f64; 2], t: f64) -> Oklab {
    let [red, green, blue, _] = theme.ground();
    let ground = from_linear(linear_of([red, green, blue]));
    let ramp = Ramp { lightness: [ground.l, lightness], chroma: [0.0, chroma], hue, bulge: 0.2 * chroma };
    // The ground may have a tint of its own, which fades out along the arm.
    let Oklab { l, a, b } = ramp.at(t);
    Oklab { l, a: a + ground.a * (1.0 - t), b: b + ground.b * (1.0 - t) }
}

/// The exact colour of a value within the map's range.
pub(super) fn curve(map: Map, theme: Theme, value: f64) -> Oklab {
    let t = value.abs();
    match (map, theme) {
        (Map::Diverging, Theme::Light) if value < 0.0 => arm(theme, 0.44, 0.155, [244.0, 260.0], t),
        (Map::Diverging, Theme::Light) => arm(theme, 0.50, 0.155, [70.0, 38.0], t),
        (Map::Diverging, Theme::Dark) if value < 0.0 => arm(theme, 0.80, 0.105, [262.0, 242.0], t),
        (Map::Diverging, Theme::Dark) => arm(theme, 0.80, 0.130, [36.0, 66.0], t),
        (Map::Sequential, Theme::Light) => {
            Ramp { lightness: [0.975, 0.39], chroma: [0.012, 0.066], hue: [160.0, 184.0], bulge: 0.04 }.at(t)
        }
        (Map::Sequential, Theme::Dark) => {
            Ramp { lightness: [0.27, 0.85], chroma: [0.02, 0.145], hue: [220.0, 152.0], bulge: 0.012 }.at(t)
        }
    }
}
