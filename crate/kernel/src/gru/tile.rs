//! The micro-kernel: a few rows by one panel of columns, sums held in registers.

use std::ops::Range;

use crate::simd::{F32x4, LANES};

/// Vectors side by side in a panel; with three rows their sums, a row of weights, a feature and (without fused
/// multiply-add) a product fill the 15 vector registers that V8 has to give.
pub const VECTORS: usize = 3;

/// Columns of a panel.
pub const COLUMNS: usize = VECTORS * LANES;

/// The sums of one row.
pub type Sums = [F32x4; VECTORS];

/// `sums + rows * panel`: each row has a feature for each row of the panel.
#[inline(always)]
pub fn tile<const R: usize>(rows: [&[f32]; R], panel: &[[f32; COLUMNS]], mut sums: [Sums; R]) -> [Sums; R] {
    if R == 1 {
        return [vector(rows[0], panel, sums[0]); R];
    }
    // Of one length: then the loop needs no checks.
    let rows = rows.map(|row| &row[..panel.len()]);
    for k in 0..panel.len() {
        let weights = load(&panel[k]);
        for (row, sums) in rows.iter().zip(&mut sums) {
            let feature = F32x4::splat(row[k]);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = weight.mul_add(feature, *sum);
            }
        }
    }
    sums
}

/// The same for one row: four sums of each column, for one alone would wait for itself.
#[inline(always)]
fn vector(row: &[f32], panel: &[[f32; COLUMNS]], sums: Sums) -> Sums {
    const WAYS: usize = LANES;
    let (blocks, panel_rest) = panel.as_chunks::<WAYS>();
    let (features, row_rest) = row.as_chunks::<WAYS>();
    let zero = [F32x4::splat(0.0); VECTORS];
    let mut ways = [sums, zero, zero, zero];
    for (block, features) in blocks.iter().zip(features) {
        // One load for four features: here loads are what the machine has too few of.
        let features = F32x4::load(features).spread();
        for (way, &feature) in features.iter().enumerate() {
            for (sum, weight) in ways[way].iter_mut().zip(load(&block[way])) {
                *sum = weight.mul_add(feature, *sum);
            }
        }
    }
    for (weights, &feature) in panel_rest.iter().zip(row_rest) {
        for (sum, weight) in ways[0].iter_mut().zip(load(weights)) {
            *sum = weight.mul_add(F32x4::splat(feature), *sum);
        }
    }
    std::array::from_fn(|i| (ways[0][i] + ways[1][i]) + (ways[2][i] + ways[3][i]))
}

/// The vectors of one row of a panel.
#[inline(always)]
pub fn load(columns: &[f32; COLUMNS]) -> Sums {
    let (vectors, _) = columns.as_chunks::<LANES>();
    std::array::from_fn(|i| F32x4::load(&vectors[i]))
}

/// Their inverse.
#[inline(always)]
pub fn store(sums: &Sums, columns: &mut [f32; COLUMNS]) {
    let (vectors, _) = columns.as_chunks_mut::<LANES>();
    for (vector, sum) in vectors.iter_mut().zip(sums) {
        sum.store(vector);
    }
}

/// The vectors of as many columns as there are, the others zero.
#[inline(always)]
pub fn load_part(columns: &[f32]) -> Sums {
    match columns.first_chunk() {
        Some(whole) => load(whole),
        None => std::array::from_fn(|i| F32x4::load_part(columns.get(i * LANES..).unwrap_or_default())),
    }
}

/// Its inverse.
#[inline(always)]
pub fn store_part(sums: &Sums, columns: &mut [f32]) {
    match columns.first_chunk_mut() {
        Some(whole) => store(sums, whole),
        None => {
            for (part, sum) in columns.chunks_mut(LANES).zip(sums) {
                sum.store_part(part);
            }
        }
    }
}

/// Something done to so many rows at a time; the sizes are those of a [`tile`].
pub trait Rows {
    /// Does it to the rows from `first`.
    fn rows<const R: usize>(&mut self, first: usize);
}

/// Does something to all rows: three at a time, and twos rather than a one alone.
#[inline(always)]
pub fn by_tiles(count: usize, work: &mut impl Rows) {
    by_tiles_from(0..count, work);
}

/// Does something to some rows.
#[inline(always)]
pub fn by_tiles_from(rows: Range<usize>, work: &mut impl Rows) {
    let mut first = rows.start;
    while first < rows.end {
        match rows.end - first {
            1 => {
                work.rows::<1>(first);
                first += 1;
            }
            2 | 4 => {
                work.rows::<2>(first);
                first += 2;
            }
            _ => {
                work.rows::<3>(first);
                first += 3;
            }
        }
    }
}
