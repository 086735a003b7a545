//! Values as colours: perceptually even maps for both themes, and matrices painted into RGBA bytes.

#[cfg(test)]
mod curve;
mod map;
#[cfg(test)]
mod oklab;
mod paint;
mod palette;

pub use map::{Map, Theme};
pub use paint::{MAX_PIXELS, MatrixView, PaintError, paint};
pub use palette::scale;

/// One opaque or transparent pixel: red, green, blue, alpha.
pub type Rgba = [u8; 4];
