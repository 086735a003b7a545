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
    let endless = MatrixView { rows: 1 << 20, row_stride: 0, columns: 1 << 5, column_stride: 0, offset: 0 };
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
