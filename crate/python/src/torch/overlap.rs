//! What may not be written in place: elements that share a place in memory with others.

use std::rc::Rc;

use super::tensor::{Geometry, TorchTensor};
use crate::value::R;
use crate::value::fault::runtime_error;

/// How two tensors lie to each other, as far as `PyTorch` looks.
#[derive(PartialEq)]
enum Overlap {
    None,
    Same,
    Partly,
    /// One of them has gaps or repeats itself: it is not looked at.
    Unknown,
}

/// Whether the elements fill a range of the storage, each once, in any order of the axes.
pub fn is_dense(geometry: &Geometry) -> bool {
    if geometry.is_contiguous() {
        return true;
    }
    let mut axes: Vec<(isize, usize)> = geometry
        .strides
        .iter()
        .copied()
        .zip(geometry.shape.iter().copied())
        .filter(|axis| axis.1 > 1)
        .collect();
    axes.sort_unstable();
    let mut due = 1;
    axes.into_iter().all(|(stride, size)| {
        let fits = stride == due;
        due *= size as isize;
        fits
    })
}

fn between(a: &TorchTensor, b: &TorchTensor) -> Overlap {
    if a.is_same(b) {
        return Overlap::Same;
    }
    if a.len() == 0 || b.len() == 0 {
        return Overlap::None;
    }
    let (x, y) = (a.geometry(), b.geometry());
    if !is_dense(&x) || !is_dense(&y) {
        return Overlap::Unknown;
    }
    if !Rc::ptr_eq(&a.storage(), &b.storage()) {
        return Overlap::None;
    }
    let (start, end, other_start, other_end) = (x.offset, x.offset + x.len(), y.offset, y.offset + y.len());
    if (start, end) == (other_start, other_end) {
        return if x.strides == y.strides { Overlap::Same } else { Overlap::Partly };
    }
    if start < other_end && other_start < end { Overlap::Partly } else { Overlap::None }
}

/// Refuses a tensor that holds one element in several places, as what `expand` gives.
pub fn check_within(target: &TorchTensor) -> R<()> {
    let geometry = target.geometry();
    let repeats =
        geometry.strides.iter().zip(&geometry.shape).any(|(&stride, &size)| stride == 0 && size > 1);
    if repeats && !is_dense(&geometry) {
        return runtime_error(
            "unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.",
        );
    }
    Ok(())
}

/// Refuses to write into a tensor what is read of a part of it; where `apart`, of all of it too.
pub fn check_between(target: &TorchTensor, source: &TorchTensor, apart: bool) -> R<()> {
    let overlap = between(target, source);
    if overlap == Overlap::Partly || apart && overlap == Overlap::Same {
        return runtime_error(
            "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the tensor before performing the operation.",
        );
    }
    Ok(())
}
