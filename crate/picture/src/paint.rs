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
mod tests {
    use proptest::prelude::*;

    use super::super::scale;
    use super::*;

    const WHOLE: MatrixView = MatrixView { offset: 0, rows: 2, row_stride: 3, columns: 3, column_stride: 1 };

    fn pixels(bytes: &[u8]) -> Vec<Rgba> {
        bytes.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]]).collect()
    }

    #[test]
    fn cells_are_painted_row_by_row() {
        let [low, middle, high] = scale(Map::Diverging, Theme::Light, 3)[..] else { unreachable!() };
        let values = [-1.0, 0.0, 1.0, 1.0, 1.0, 0.0];
        let bytes = paint(&values, WHOLE, Map::Diverging, Theme::Light).unwrap();
        assert_eq!(pixels(&bytes), [low, middle, high, high, high, middle]);
    }

    #[test]
    fn strides_pick_one_sample_and_transpose() {
        // A tensor of shape (L = 2, N = 3, H = 2); sample 1, as H rows of L columns.
        let values = [0.0, 0.0, 0.1, 0.9, 0.0, 0.0, 0.0, 0.0, 0.3, 0.6, 0.0, 0.0];
        let view = MatrixView { offset: 2, rows: 2, row_stride: 1, columns: 2, column_stride: 6 };
        let bytes = paint(&values, view, Map::Sequential, Theme::Dark).unwrap();
        let straight = MatrixView { offset: 0, rows: 2, row_stride: 2, columns: 2, column_stride: 1 };
        let expected = paint(&[0.1, 0.3, 0.9, 0.6], straight, Map::Sequential, Theme::Dark).unwrap();
        assert_eq!(bytes, expected);
    }

    #[test]
    fn nan_and_infinity_stand_out() {
        let bytes = paint(
            &[0.5, f32::NAN, f32::INFINITY],
            MatrixView { rows: 1, ..WHOLE },
            Map::Sequential,
            Theme::Light,
        )
        .unwrap();
        let pixels = pixels(&bytes);
        assert_ne!(pixels[0], Theme::Light.not_finite());
        assert_eq!(pixels[1..], [Theme::Light.not_finite(); 2]);
    }

    #[test]
    fn a_view_that_cannot_be_painted_says_why() {
        let values = [0.0; 6];
        let error = |view| paint(&values, view, Map::Diverging, Theme::Light).unwrap_err();
        assert_eq!(error(MatrixView { rows: 0, ..WHOLE }), PaintError::Empty);
        assert_eq!(error(MatrixView { columns: 0, ..WHOLE }), PaintError::Empty);
        assert_eq!(
            error(MatrixView { offset: 1, ..WHOLE }).to_string(),
            "2 rows (stride 3) of 3 columns (stride 1) from offset 1 reach beyond the 6 values given"
        );
        let endless =
            MatrixView { rows: 1 << 20, row_stride: 0, columns: 1 << 5, column_stride: 0, offset: 0 };
        assert_eq!(error(endless), PaintError::TooLarge { rows: 1 << 20, columns: 1 << 5 });
        assert!(matches!(error(MatrixView { rows: usize::MAX, ..WHOLE }), PaintError::OutOfRange { .. }));
    }

    fn size() -> impl Strategy<Value = usize> {
        prop_oneof![0..6_usize, Just(usize::MAX), Just(usize::MAX / 2), any::<usize>()]
    }

    proptest! {
        #[test]
        fn no_view_panics_and_every_image_has_its_pixels(
            values in proptest::collection::vec(any::<f32>(), 0..40),
            (offset, rows, row_stride, columns, column_stride) in (size(), size(), size(), size(), size()),
        ) {
            let view = MatrixView { offset, rows, row_stride, columns, column_stride };
            if let Ok(bytes) = paint(&values, view, Map::Diverging, Theme::Dark) {
                prop_assert_eq!(bytes.len(), rows * columns * 4);
            }
        }
    }
}
