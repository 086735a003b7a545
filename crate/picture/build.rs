//! Compiles in samples of the colour maps, so that no colour space is computed at run time.

#[path = "src/curve.rs"]
mod curve;
#[allow(dead_code)]
#[path = "src/map.rs"]
mod map;
#[path = "src/oklab.rs"]
mod oklab;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

use map::{Map, Theme};

/// What the crate calls a pixel.
type Rgba = [u8; 4];

fn main() -> io::Result<()> {
    let directory = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    fs::write(Path::new(&directory).join("knots.rs"), to_rust())
}

/// Each map's samples as a static.
fn to_rust() -> String {
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
