//! A matrix within a flat tensor, painted one pixel a cell.

use std::fmt;

use super::Rgba;
use super::map::{Map, Theme};
use super::palette::Palette;

/// A matrix within a flat tensor: cell (i, j) lies at `offset + i * row_stride + j * column_stride`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatrixView {
    /// Where cell (0, 0) lies.
    pub offset: usize,
    /// How many rows, each a row of pixels.
    pub rows: usize,
    /// The distance from one row to the next.
    pub row_stride: usize,
    /// How many columns.
    pub columns: usize,
    /// The distance from one column to the next.
    pub column_stride: usize,
}

impl MatrixView {
    /// The position of the last cell; none if it is beyond what can be counted.
    fn last(&self) -> Option<usize> {
        let down = self.rows.checked_sub(1)?.checked_mul(self.row_stride)?;
        let across = self.columns.checked_sub(1)?.checked_mul(self.column_stride)?;
        self.offset.checked_add(down)?.checked_add(across)
    }
}

/// Why a view cannot be painted.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaintError {
    /// The view has no rows or no columns, and an image has at least one pixel.
    Empty,
    /// A cell of the view lies beyond the values.
    OutOfRange {
        /// The view.
        view: MatrixView,
        /// How many values there are.
        values: usize,
    },
    /// The image would have more pixels than [`MAX_PIXELS`].
    TooLarge {
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        columns: usize,
    },
}

/// The most pixels that one image may have: 64 MB of RGBA, more than any screen shows.
pub const MAX_PIXELS: usize = 1 << 24;

impl fmt::Display for PaintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            PaintError::Empty => f.write_str("a picture needs at least one row and one column"),
            PaintError::OutOfRange {
                view: MatrixView { offset, rows, row_stride, columns, column_stride },
                values,
            } => write!(
                f,
                "{rows} rows (stride {row_stride}) of {columns} columns (stride {column_stride}) from offset \
                 {offset} reach beyond the {values} values given"
            ),
            PaintError::TooLarge { rows, columns } => {
                write!(
                    f,
                    "{rows} x {columns} pixels are more than the {MAX_PIXELS} of one picture; paint a part"
                )
            }
        }
    }
}

impl std::error::Error for PaintError {}

/// The view as RGBA bytes, row by row, one pixel a cell.
///
/// # Errors
/// If the view is empty, reaches beyond the values, or has more than [`MAX_PIXELS`] cells.
///
/// ```
/// use gru_playground_picture::{Map, MatrixView, Theme, paint};
///
/// let rows_of_two = MatrixView { offset: 0, rows: 2, row_stride: 2, columns: 2, column_stride: 1 };
/// let pixels = paint(&[-1.0, 0.0, 0.0, 1.0], rows_of_two, Map::Diverging, Theme::Light)?;
/// assert_eq!(pixels[4..8], Theme::Light.ground(), "zero is the ground itself");
/// # Ok::<(), gru_playground_picture::PaintError>(())
/// ```
pub fn paint(values: &[f32], view: MatrixView, map: Map, theme: Theme) -> Result<Vec<u8>, PaintError> {
    let MatrixView { offset, rows, row_stride, columns, column_stride } = view;
    if rows == 0 || columns == 0 {
        return Err(PaintError::Empty);
    }
    if view.last().is_none_or(|last| last >= values.len()) {
        return Err(PaintError::OutOfRange { view, values: values.len() });
    }
    if rows.checked_mul(columns).is_none_or(|pixels| pixels > MAX_PIXELS) {
        return Err(PaintError::TooLarge { rows, columns });
    }
    let palette = Palette::of(map, theme);
    let mut bytes = Vec::with_capacity(rows * columns * size_of::<Rgba>());
    for row in 0..rows {
        let start = offset + row * row_stride;
        for column in 0..columns {
            bytes.extend(palette.colour(values[start + column * column_stride]));
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
