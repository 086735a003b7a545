use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use ndarray::ArrayD;

use super::ElementKind;
use nn::gru::sequence::shaped;

/// A tensor of a file: where its numbers are, none of them copied.
///
/// ```
/// use gru_playground_weights::{FileError, open, to_safetensors};
/// use ndarray::array;
///
/// let bytes = to_safetensors([("w".to_owned(), array![[1.0_f32, f32::NAN]].view().into_dyn())]);
/// let tensor = &open(&bytes)?.tensors[0];
/// assert_eq!(tensor.to_array()[[0, 0]], 1.0);
/// assert_eq!(tensor.oddities().nan, 1);
/// # Ok::<(), FileError>(())
/// ```
#[derive(Debug, Clone)]
pub struct FileTensor<'a> {
    /// The name in the file.
    pub name: String,
    /// The element type in the file.
    pub kind: ElementKind,
    /// The shape.
    pub shape: Vec<usize>,
    /// How many elements lie from one to the next along each axis.
    pub(super) strides: Vec<usize>,
    /// The bytes from its first element on; every index of the shape is known to lie within.
    pub(super) bytes: TensorBytes<'a>,
}

/// The bytes of a tensor: of a file, or such that were unpacked of it: several tensors may share them.
#[derive(Debug, Clone)]
pub(super) enum TensorBytes<'a> {
    /// As they lie there.
    Borrowed(&'a [u8]),
    /// Unpacked, from a place on.
    Unpacked(Arc<Vec<u8>>, usize),
}

impl<'a> TensorBytes<'a> {
    /// What lies behind so many of them; there are as many.
    pub(super) fn behind(&self, start: usize) -> TensorBytes<'a> {
        match self {
            TensorBytes::Borrowed(bytes) => TensorBytes::Borrowed(&bytes[start..]),
            TensorBytes::Unpacked(bytes, first) => TensorBytes::Unpacked(Arc::clone(bytes), first + start),
        }
    }
}

impl Deref for TensorBytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            TensorBytes::Borrowed(bytes) => bytes,
            TensorBytes::Unpacked(bytes, start) => &bytes[*start..],
        }
    }
}

impl<'a> From<&'a [u8]> for TensorBytes<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        TensorBytes::Borrowed(bytes)
    }
}

impl From<Vec<u8>> for TensorBytes<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        TensorBytes::Unpacked(Arc::new(bytes), 0)
    }
}

impl<'a> From<Cow<'a, [u8]>> for TensorBytes<'a> {
    fn from(bytes: Cow<'a, [u8]>) -> Self {
        match bytes {
            Cow::Borrowed(bytes) => bytes.into(),
            Cow::Owned(bytes) => bytes.into(),
        }
    }
}

/// Numbers of a tensor that a learner should hear of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Oddities {
    /// How many are NaN.
    pub nan: usize,
    /// How many are infinite.
    pub infinite: usize,
    /// How many are finite in the file and infinite as float32.
    pub overflowing: usize,
    /// The place of the first of them in row-major order, and the number.
    pub first: Option<(usize, f64)>,
}

impl Oddities {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.nan + self.infinite + self.overflowing
    }
}

impl<'a> FileTensor<'a> {
    /// A tensor whose elements lie in row-major order and fill the bytes.
    pub(super) fn contiguous(
        name: String,
        kind: ElementKind,
        shape: Vec<usize>,
        bytes: impl Into<TensorBytes<'a>>,
    ) -> Self {
        let strides = row_major_strides(&shape);
        FileTensor { name, kind, shape, strides, bytes: bytes.into() }
    }

    /// How many numbers it holds.
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// The numbers in row-major order.
    fn numbers(&self) -> impl Iterator<Item = f64> {
        let mut index = vec![0; self.shape.len()];
        let mut place = 0;
        (0..self.count()).map(move |_| {
            let size = self.kind.bytes();
            let number = self.kind.number(self.bytes.get(place * size..(place + 1) * size).unwrap_or(&[]));
            // The next index, the last axis fastest.
            for axis in (0..index.len()).rev() {
                index[axis] += 1;
                place += self.strides[axis];
                if index[axis] < self.shape[axis] {
                    break;
                }
                place -= self.strides[axis] * self.shape[axis];
                index[axis] = 0;
            }
            number
        })
    }

    /// The numbers as float32, rounded to the nearest as `copy_` rounds.
    pub fn to_array(&self) -> ArrayD<f32> {
        let mut elements = Vec::with_capacity(self.count());
        elements.extend(self.numbers().map(|number| number as f32));
        shaped(self.shape.clone(), elements)
    }

    /// What of it is not a finite float32.
    pub fn oddities(&self) -> Oddities {
        let mut odd = Oddities::default();
        for (place, number) in self.numbers().enumerate() {
            let count = if number.is_nan() {
                &mut odd.nan
            } else if number.is_infinite() {
                &mut odd.infinite
            } else if (number as f32).is_infinite() {
                &mut odd.overflowing
            } else {
                continue;
            };
            *count += 1;
            odd.first.get_or_insert((place, number));
        }
        odd
    }

    /// An index as Python writes it: `weight_hh_l0[3, 1]`.
    pub(super) fn index(&self, place: usize) -> String {
        let mut rest = place;
        let mut index = vec![0; self.shape.len()];
        for (axis, &size) in self.shape.iter().enumerate().rev() {
            index[axis] = rest % size.max(1);
            rest /= size.max(1);
        }
        format!("{}{}", self.name, num::list(&index))
    }
}

/// Whether the sizes can be multiplied, those of zero left out: then every array of the shape can be made.
pub(super) fn is_addressable(shape: &[usize]) -> bool {
    let product = shape.iter().try_fold(1_usize, |product, &size| product.checked_mul(size.max(1)));
    product.is_some_and(|product| isize::try_from(product).is_ok())
}

/// How many elements lie from one to the next along each axis of a tensor without gaps.
pub(super) fn row_major_strides(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis] * shape[axis].max(1);
    }
    strides
}
