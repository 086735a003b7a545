//! Products of float32 in the order in which the library under `PyTorch` adds them on processors with vectors of sixteen:
//! the last digits of small layers are then the same. It was found by asking which of two elements meet first.

const LANES: usize = 16;

/// `a * b + c`, rounded once.
pub fn fused(a: f32, b: f32, c: f32) -> f32 {
    (f64::from(a) * f64::from(b) + f64::from(c)) as f32
}

/// Adds the products of up to sixteen pairs, each in its lane.
fn add(lanes: &mut [f32; LANES], a: &[f32], b: &[f32]) {
    for (lane, (&x, &y)) in lanes.iter_mut().zip(a.iter().zip(b)) {
        *lane = fused(x, y, *lane);
    }
}

fn both(a: &[f32; LANES], b: &[f32; LANES]) -> [f32; LANES] {
    std::array::from_fn(|i| a[i] + b[i])
}

/// The sum of the lanes, folded in halves until `until` are left.
fn folded(lanes: &[f32; LANES], until: usize) -> [f32; LANES] {
    let mut lanes = *lanes;
    let mut half = LANES / 2;
    while half >= until {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes
}

/// The product of two vectors.
pub fn of_vectors(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [[0_f32; LANES]; 4];
    let mut at = 0;
    for (width, most) in [(4, usize::MAX), (2, 1), (1, usize::MAX)] {
        let mut rounds = 0;
        while at + width * LANES <= a.len() && rounds < most {
            for sum in &mut sums[..width] {
                add(sum, &a[at..at + LANES], &b[at..at + LANES]);
                at += LANES;
            }
            rounds += 1;
        }
    }
    add(&mut sums[0], &a[at..], &b[at..]);
    let four = folded(&both(&both(&sums[0], &sums[1]), &both(&sums[2], &sums[3])), 4);
    (four[0] + four[1]) + (four[2] + four[3])
}

/// A row of a matrix by a vector: of whole blocks of four rows, or of those that are left.
pub fn of_row(a: &[f32], b: &[f32], is_in_block: bool) -> f32 {
    let Some((first, rest)) = a.split_first() else { return 0.0 };
    let (start, b) = (first * b[0], &b[1..]);
    if is_in_block {
        let whole = rest.len() / LANES * LANES;
        let mut sum = start;
        for part in [0..whole, whole..rest.len()] {
            let mut lanes = [0_f32; LANES];
            lanes[0] = sum;
            for (x, y) in rest[part.clone()].chunks(LANES).zip(b[part].chunks(LANES)) {
                add(&mut lanes, x, y);
            }
            sum = folded(&lanes, 1)[0];
        }
        return sum;
    }
    let mut sums = [[0_f32; LANES]; 2];
    let pairs = rest.len() / (2 * LANES) * 2 * LANES;
    for (i, (x, y)) in rest[..pairs].chunks(LANES).zip(b.chunks(LANES)).enumerate() {
        add(&mut sums[i % 2], x, y);
    }
    let mut lanes = both(&sums[0], &sums[1]);
    for (x, y) in rest[pairs..].chunks(LANES).zip(b[pairs..].chunks(LANES)) {
        add(&mut lanes, x, y);
    }
    start + folded(&lanes, 1)[0]
}

/// How the products of a row and a column are added.
#[derive(Clone, Copy, PartialEq)]
pub enum Adding {
    /// One after the other, each fused into the sum.
    InTurn,
    /// In sixteen lanes.
    InLanes,
    /// As a row by a vector: the rows of the first matrix, or the columns of the second.
    AsRows,
    AsColumns,
    /// One after the other, each rounded: what is as near, and fast.
    Plainly,
}

/// Beyond so many products the library adds in blocks, and rounding each is as near.
const MOST: usize = 1 << 20;

impl Adding {
    /// Of `rows` by `columns` with `inner` products each; where the columns of the second lie as rows in memory, it is turned.
    pub fn of(rows: usize, inner: usize, columns: usize, is_turned: bool) -> Self {
        if rows * inner * columns > MOST {
            return Adding::Plainly;
        }
        if columns == 1 && (rows > 1 || is_turned) {
            return Adding::AsRows;
        }
        if !is_turned {
            return Adding::InTurn;
        }
        if rows == 1 {
            return Adding::AsColumns;
        }
        let is_wide = columns < 12 && columns > rows;
        let in_lanes = match columns {
            2 | 3 => rows < 12 || rows == 12 && columns == 2,
            _ if inner <= 4 => rows < 4 && columns < 12 || is_wide,
            5.. if inner < 8 => rows < 5 && columns < 12 || is_wide,
            8.. if inner == 8 => is_wide,
            _ => false,
        };
        if in_lanes { Adding::InLanes } else { Adding::InTurn }
    }
}

/// (rows, inner) by (inner, columns), whose elements are given row by row.
pub fn of_matrices(a: &[f32], b: &[f32], [rows, inner, columns]: [usize; 3], adding: Adding) -> Vec<f32> {
    let mut out = vec![0_f32; rows * columns];
    if matches!(adding, Adding::InTurn | Adding::Plainly) {
        for i in 0..rows {
            let row = &mut out[i * columns..(i + 1) * columns];
            for j in 0..inner {
                let factor = a[i * inner + j];
                let values = row.iter_mut().zip(&b[j * columns..(j + 1) * columns]);
                if adding == Adding::InTurn {
                    values.for_each(|(sum, &value)| *sum = fused(factor, value, *sum));
                } else {
                    values.for_each(|(sum, &value)| *sum += factor * value);
                }
            }
        }
        return out;
    }
    let mut column = vec![0_f32; inner];
    for j in 0..columns {
        for (i, value) in column.iter_mut().enumerate() {
            *value = b[i * columns + j];
        }
        for i in 0..rows {
            let row = &a[i * inner..(i + 1) * inner];
            out[i * columns + j] = match adding {
                Adding::AsRows => of_row(row, &column, i < rows / 4 * 4),
                Adding::AsColumns => of_row(&column, row, j < columns / 4 * 4),
                _ => {
                    let mut lanes = [0_f32; LANES];
                    for (x, y) in row.chunks(LANES).zip(column.chunks(LANES)) {
                        add(&mut lanes, x, y);
                    }
                    folded(&lanes, 1)[0]
                }
            };
        }
    }
    out
}
