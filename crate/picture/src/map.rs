//! The colour maps: one for values around zero, one for gates, each in a light and a dark variant.

use serde::Deserialize;

use super::Rgba;

/// `diverging` for values in [-1, 1], `sequential` for gates in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "ColorMap"))]
pub enum Map {
    /// [-1, 1] around a zero that is the ground itself: blue below, orange above.
    Diverging,
    /// [0, 1] from nearly the ground to a strong green.
    Sequential,
}

/// The ground a picture stands on.
///
/// ```
/// use gru_playground_picture::Theme;
///
/// assert_eq!(Theme::of(true).ground(), [0x17, 0x1c, 0x23, 0xff]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark marks on a light ground.
    Light,
    /// Light marks on a dark ground.
    Dark,
}

impl Theme {
    /// The theme under a dark or a light page.
    pub fn of(dark: bool) -> Self {
        if dark { Theme::Dark } else { Theme::Light }
    }

    /// The colour under the pictures; the page's panels have the same, as a test sees to.
    pub fn ground(self) -> Rgba {
        match self {
            Theme::Light => [0xff, 0xff, 0xff, 0xff],
            Theme::Dark => [0x17, 0x1c, 0x23, 0xff],
        }
    }

    /// The colour of NaN and the infinities: the far side of the ground, which no map reaches.
    pub fn not_finite(self) -> Rgba {
        match self {
            Theme::Light => [0x00, 0x00, 0x00, 0xff],
            Theme::Dark => [0xff, 0xff, 0xff, 0xff],
        }
    }
}

impl Map {
    /// The least and the greatest value that has a colour of its own; values beyond have the end's.
    pub fn range(self) -> [f32; 2] {
        match self {
            Map::Diverging => [-1.0, 1.0],
            Map::Sequential => [0.0, 1.0],
        }
    }

    /// How many samples there are of it, evenly over its range; one of the diverging map's is exactly zero's.
    pub(super) fn samples(self) -> usize {
        match self {
            Map::Diverging => 65,
            Map::Sequential => 33,
        }
    }
}
