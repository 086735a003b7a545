//! Sums of floats in the order in which `PyTorch` adds, so that the last digits are the same.
//!
//! A row in memory is added in lanes, `LANES` side by side and four of those in turn; other rows one after the other. Long
//! rows are added in blocks, whose sums are added in blocks.

use std::ops::Add;

use super::tensor::{Geometry, TorchTensor};

/// What is added: float32 or float64, so many of which `PyTorch` adds at once.
pub trait Summand: Copy + Default + Add<Output = Self> {
    const LANES: usize;
    fn all(x: &TorchTensor) -> Vec<Self>;
}

impl Summand for f32 {
    const LANES: usize = 8;
    fn all(x: &TorchTensor) -> Vec<f32> {
        x.f32s()
    }
}

impl Summand for f64 {
    const LANES: usize = 4;
    fn all(x: &TorchTensor) -> Vec<f64> {
        x.floats()
    }
}

/// One after the other, in blocks: `at(i)` is the i-th of `len`.
fn in_blocks<T: Summand>(len: usize, at: impl Fn(usize) -> T) -> T {
    const LEVELS: usize = 4;
    let log = if len > 1 { (len - 1).ilog2() as usize + 1 } else { 0 };
    let power = (log / LEVELS).max(4);
    let (step, mask) = (1 << power, (1 << power) - 1);
    let mut sums = [T::default(); LEVELS];
    let mut i = 0;
    while i + step <= len {
        for _ in 0..step {
            sums[0] = sums[0] + at(i);
            i += 1;
        }
        for level in 1..LEVELS {
            sums[level] = sums[level] + sums[level - 1];
            sums[level - 1] = T::default();
            if i & (mask << (level * power)) != 0 {
                break;
            }
        }
    }
    while i < len {
        sums[0] = sums[0] + at(i);
        i += 1;
    }
    sums[1..].iter().fold(sums[0], |sum, part| sum + *part)
}

/// Four sums in turn, then theirs.
fn in_turn<T: Summand>(len: usize, at: impl Fn(usize) -> T) -> T {
    let whole = len / 4;
    let mut parts = [T::default(); 4];
    for (k, part) in parts.iter_mut().enumerate() {
        *part = in_blocks(whole, |i| at(4 * i + k));
    }
    for i in whole * 4..len {
        parts[0] = parts[0] + at(i);
    }
    parts[1..].iter().fold(parts[0], |sum, part| sum + *part)
}

/// A row whose elements lie side by side.
fn along<T: Summand>(row: &[T]) -> T {
    if row.len() < T::LANES {
        return in_turn(row.len(), |i| row[i]);
    }
    let whole = row.len() / T::LANES;
    let rest = row[whole * T::LANES..].iter().fold(T::default(), |sum, x| sum + *x);
    (0..T::LANES).fold(rest, |sum, lane| sum + in_turn(whole, |i| row[i * T::LANES + lane]))
}

/// A column of so many side by side.
fn across<T: Summand>(column: &[T], at: usize, of: usize) -> T {
    let block = if of >= T::LANES { 4 * T::LANES } else { 4 };
    if at < of / block * block {
        in_blocks(column.len(), |i| column[i])
    } else {
        in_turn(column.len(), |i| column[i])
    }
}

/// The sums over `dims`, in the order of the axes that stay.
pub fn over<T: Summand>(x: &TorchTensor, dims: &[usize]) -> Vec<T> {
    let Geometry { shape, strides, offset } = x.geometry();
    // The axes as they lie in memory, the slowest first.
    let mut order: Vec<usize> = (0..shape.len()).filter(|&axis| shape[axis] != 1).collect();
    order.sort_by_key(|&axis| std::cmp::Reverse(strides[axis]));
    let goes = |axis: &usize| dims.contains(axis);
    let beside: Vec<usize> = order.iter().rev().take_while(|axis| !goes(axis)).copied().collect();
    // The last axes that go, which are added as one; what lies before them is added one after the other.
    let inner: Vec<usize> =
        order.iter().rev().skip(beside.len()).take_while(|axis| goes(axis)).copied().collect();
    let inner: Vec<usize> = inner.into_iter().rev().collect();
    let outer: Vec<usize> =
        order.iter().filter(|axis| goes(axis) && !inner.contains(axis)).copied().collect();
    let stays: Vec<usize> = (0..shape.len()).filter(|axis| !goes(axis)).collect();
    let columns: usize = beside.iter().map(|&axis| shape[axis]).product();
    let size = |axes: &[usize]| -> usize { axes.iter().map(|&axis| shape[axis]).product() };
    let len = if dims.iter().any(|&axis| axis < shape.len() && shape[axis] == 0) { 0 } else { size(&inner) };
    let parts = size(&outer);
    let all: Vec<usize> = stays.iter().chain(&outer).chain(&inner).copied().collect();
    let view = x.view(Geometry {
        shape: all.iter().map(|&axis| shape[axis]).collect(),
        strides: all.iter().map(|&axis| strides[axis]).collect(),
        offset,
    });
    let values = T::all(&view);
    (0..size(&stays))
        .map(|i| {
            let mut rest = i;
            let mut place = vec![0; shape.len()];
            for &axis in stays.iter().rev() {
                place[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            let column = beside.iter().rev().fold(0, |at, &axis| at * shape[axis] + place[axis]);
            if len == 0 {
                return T::default();
            }
            let rows = values[i * parts * len..(i + 1) * parts * len].chunks(len);
            rows.map(|row| if beside.is_empty() { along(row) } else { across(row, column, columns) })
                .reduce(|sum, part| sum + part)
                .unwrap_or_default()
        })
        .collect()
}

/// Softmax of a row of float32, or its logarithm, rounded at each step as `PyTorch` does.
pub fn softmax(row: &mut [f64], last: bool, log: bool) {
    let top = row.iter().copied().fold(f64::NEG_INFINITY, f64::max) as f32;
    let shifted: Vec<f32> = row.iter().map(|&x| x as f32 - top).collect();
    let powers: Vec<f32> = shifted.iter().map(|&x| f64::from(x).exp() as f32).collect();
    let sum = if last { folded(&powers) } else { powers.iter().fold(0.0, |sum, x| sum + x) };
    let shift = f64::from(sum).ln() as f32;
    for (i, x) in row.iter_mut().enumerate() {
        *x = f64::from(match (log, last) {
            (true, _) => shifted[i] - shift,
            (false, true) => powers[i] * (1.0 / sum),
            (false, false) => powers[i] / sum,
        });
    }
}

/// Lanes of eight, and those folded in halves.
fn folded(row: &[f32]) -> f32 {
    if row.len() < 8 {
        return row.iter().skip(1).fold(row.first().copied().unwrap_or(0.0), |sum, x| sum + x);
    }
    let mut lanes: Vec<f32> = row[..8].to_vec();
    for part in row[8..].chunks(8) {
        lanes.iter_mut().zip(part).for_each(|(lane, x)| *lane += x);
    }
    let fours: Vec<f32> = (0..4).map(|i| lanes[i] + lanes[i + 4]).collect();
    (fours[0] + fours[2]) + (fours[1] + fours[3])
}

/// A product of float32 in the order in which `PyTorch` multiplies: of long rows four times eight lanes side by side.
pub fn product(row: &[f32]) -> f32 {
    let whole = row.len() / 32 * 32;
    let mut lanes = [[1_f32; 8]; 4];
    for (i, x) in row[..whole].iter().enumerate() {
        lanes[i / 8 % 4][i % 8] *= x;
    }
    let fold = |lane: usize| lanes[1..].iter().fold(lanes[0][lane], |product, four| product * four[lane]);
    let start = if whole == 0 { 1.0 } else { (0..8).fold(1.0, |product, lane| product * fold(lane)) };
    row[whole..].iter().fold(start, |product, x| product * x)
}
