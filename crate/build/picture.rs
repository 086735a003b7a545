//! Samples the colour maps.

#[path = "../src/picture/curve.rs"]
mod curve;
#[allow(dead_code)]
#[path = "../src/picture/map.rs"]
mod map;
#[path = "../src/picture/oklab.rs"]
mod oklab;

use std::fmt::Write as _;

use map::{Map, Theme};

/// What the crate calls a pixel.
type Rgba = [u8; 4];

/// Each map's samples as a static.
pub fn to_rust() -> String {
    let maps = [
        ("DIVERGING_LIGHT", Map::Diverging, Theme::Light),
        ("DIVERGING_DARK", Map::Diverging, Theme::Dark),
        ("SEQUENTIAL_LIGHT", Map::Sequential, Theme::Light),
        ("SEQUENTIAL_DARK", Map::Sequential, Theme::Dark),
    ];
    let mut rust = String::new();
    for (name, map, theme) in maps {
        let knots = curve::knots(map, theme);
        let _ = writeln!(rust, "static {name}: [[u8; 3]; {}] = {knots:?};", knots.len());
    }
    rust
}
