//! Values as colours: perceptually even maps for both themes, and matrices painted into RGBA bytes.

mod map;
mod oklab;
mod paint;

pub use map::{Map, Theme, scale};
pub use paint::{MAX_PIXELS, PaintError, View, paint};

/// One opaque or transparent pixel: red, green, blue, alpha.
pub type Rgba = [u8; 4];
