//! Values as colours, between samples of the exact maps.

use super::Rgba;
use super::map::{Map, Theme};

/// Samples of the exact maps: red, green and blue of each, one map after the other. A test writes the file.
const SAMPLES: &[u8] = include_bytes!("samples.rgb");

/// What follows what in the file.
const ORDER: [(Map, Theme); 4] = [
    (Map::Diverging, Theme::Light),
    (Map::Diverging, Theme::Dark),
    (Map::Sequential, Theme::Light),
    (Map::Sequential, Theme::Dark),
];

/// A map in a theme.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    samples: &'static [[u8; 3]],
    low: f32,
    per_unit: f32,
    not_finite: Rgba,
}

impl Palette {
    /// The palette of a map.
    pub(super) fn of(map: Map, theme: Theme) -> Self {
        let before = ORDER.iter().take_while(|&&of| of != (map, theme)).map(|(map, _)| map.samples()).sum();
        let samples = &SAMPLES.as_chunks().0[before..][..map.samples()];
        let [low, high] = map.range();
        let per_unit = (samples.len() - 1) as f32 / (high - low);
        Palette { samples, low, per_unit, not_finite: theme.not_finite() }
    }

    /// The colour of any value, finite or not, in or out of range.
    pub(super) fn colour(self, value: f32) -> Rgba {
        if !value.is_finite() {
            return self.not_finite;
        }
        let last = self.samples.len() - 1;
        let place = ((value - self.low) * self.per_unit).clamp(0.0, last as f32);
        let before = (place as usize).min(last - 1);
        let t = place - before as f32;
        let [from, to] = [self.samples[before], self.samples[before + 1]];
        let channel = |i: usize| (f32::from(from[i]) * (1.0 - t) + f32::from(to[i]) * t + 0.5) as u8;
        [channel(0), channel(1), channel(2), 255]
    }
}

/// The map's colours from its least to its greatest value in `steps` even steps, as a legend shows them.
///
/// One step alone is the middle of the range.
///
/// ```
/// use gru_playground_picture::{Map, Theme, scale};
///
/// assert_eq!(scale(Map::Diverging, Theme::Dark, 3)[1], Theme::Dark.ground());
/// ```
pub fn scale(map: Map, theme: Theme, steps: usize) -> Vec<Rgba> {
    let palette = Palette::of(map, theme);
    let [low, high] = map.range();
    let last = steps.saturating_sub(1);
    let value = |step: usize| {
        let t = if last == 0 { 0.5 } else { step as f32 / last as f32 };
        low + (high - low) * t
    };
    (0..steps).map(|step| palette.colour(value(step))).collect()
}

#[cfg(test)]
mod tests;
