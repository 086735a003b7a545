//! What a backward pass is made of: the gates inverted, and the products over their gradients.

use super::GruWeights;
use super::panels::Matrix;
use super::tile::{COLUMNS, Rows, load_part, store_part, tile};
use crate::simd::{F32x4, LANES};

/// The weights in the order in which a backward pass reads them.
#[derive(Debug, Default)]
pub struct BackwardPanels {
    cells: Vec<CellBackwardPanels>,
}

/// One layer and direction.
#[derive(Debug, Default)]
pub struct CellBackwardPanels {
    /// `W_i`: columns are features, rows are n, r, z.
    pub input: Matrix,
    /// `W_h`: columns are units, rows are r, z, n.
    pub hidden: Matrix,
}

impl BackwardPanels {
    /// Packs all weights of a module, into what is new or held those of such a module.
    pub fn pack<'a>(&mut self, hidden: usize, cells: impl ExactSizeIterator<Item = GruWeights<'a>>) {
        self.cells.resize_with(cells.len(), CellBackwardPanels::default);
        for (panels, GruWeights { weight_ih, weight_hh, .. }) in self.cells.iter_mut().zip(cells) {
            let features = weight_ih.len() / (3 * hidden);
            panels.input.pack_rows(weight_ih, features, (2 * hidden..3 * hidden).chain(0..2 * hidden));
            panels.hidden.pack_rows(weight_hh, hidden, 0..3 * hidden);
        }
    }

    /// Those of one layer and direction; `index` is layer * D + direction.
    pub(super) fn cell(&self, index: usize) -> &CellBackwardPanels {
        &self.cells[index]
    }
}

/// Gradients of one step of one sample stand side by side: those by `n_input`, `pre_r`, `pre_z` and `n_hidden`. The
/// first three are what the input's product gave, the last three what the hidden state's did.
pub const GATES: usize = 4;

/// What the forward pass kept of one step of one sample; each has H numbers.
pub struct Kept<'a> {
    pub h_prev: &'a [f32],
    pub n_hidden: &'a [f32],
    pub r: &'a [f32],
    pub z: &'a [f32],
    pub n: &'a [f32],
}

/// Inverts the gates of one step of one sample. `grad_h` is the gradient by the state as far as later steps read it,
/// and becomes what reaches the state before past the products; `grad_output` is by the output. Each paragraph
/// quotes the line that it inverts, last line first.
pub fn gates_backward(kept: &Kept<'_>, grad_output: &[f32], grad_h: &mut [f32], gates: &mut [f32]) {
    let hidden = kept.n.len();
    let one = F32x4::splat(1.0);
    let (grad_n_input, gates) = gates.split_at_mut(hidden);
    let (grad_pre_r, gates) = gates.split_at_mut(hidden);
    let (grad_pre_z, grad_n_hidden) = gates.split_at_mut(hidden);
    for start in (0..hidden).step_by(LANES) {
        let units = start..hidden.min(start + LANES);
        let get = |of: &[f32]| F32x4::load_part(&of[units.clone()]);
        let [h_prev, n_hidden] = [get(kept.h_prev), get(kept.n_hidden)];
        let [r, z, n] = [get(kept.r), get(kept.z), get(kept.n)];
        // A state is read by the step after it, and by whoever reads the output.
        let of_h = get(grad_h) + get(grad_output);

        // h' = (1 - z) * n + z * h
        let of_z = of_h * (h_prev - n);
        let of_n = of_h * (one - z);
        (of_h * z).store_part(&mut grad_h[units.clone()]);

        // n = tanh(pre_n)
        let of_pre_n = of_n * (one - n * n);

        // pre_n = n_input + r * n_hidden
        of_pre_n.store_part(&mut grad_n_input[units.clone()]);
        let of_r = of_pre_n * n_hidden;
        (of_pre_n * r).store_part(&mut grad_n_hidden[units.clone()]);

        // z = sigmoid(pre_z)
        (of_z * z * (one - z)).store_part(&mut grad_pre_z[units.clone()]);

        // r = sigmoid(pre_r)
        (of_r * r * (one - r)).store_part(&mut grad_pre_r[units]);
    }
}

/// What reaches the state before a step through `W_h`, for one panel of units.
pub struct StateGradient<'a> {
    pub hidden: usize,
    /// [`GATES`] of each sample.
    pub gates: &'a [f32],
    pub weights: &'a [[f32; COLUMNS]],
    /// Where the panel's units begin.
    pub unit: usize,
    /// (samples, H rounded up to whole panels), added to.
    pub grad_h: &'a mut [f32],
}

impl Rows for StateGradient<'_> {
    #[inline(always)]
    fn rows<const R: usize>(&mut self, first: usize) {
        let stride = self.hidden.next_multiple_of(COLUMNS);
        let of_row = GATES * self.hidden;
        let rows = std::array::from_fn(|i| {
            &self.gates[(first + i) * of_row + self.hidden..(first + i + 1) * of_row]
        });
        let columns = |i: usize| (first + i) * stride + self.unit;
        let sums = std::array::from_fn(|i| load_part(&self.grad_h[columns(i)..]));
        let sums = tile::<R>(rows, self.weights, sums);
        for (i, sums) in sums.iter().enumerate() {
            let at = columns(i);
            store_part(sums, &mut self.grad_h[at..at + COLUMNS]);
        }
    }
}

/// What reaches the input through `W_i`, for one panel of features.
pub struct InputGradient<'a> {
    pub hidden: usize,
    /// [`GATES`] of each row.
    pub gates: &'a [f32],
    pub weights: &'a [[f32; COLUMNS]],
    /// Where the panel's features begin.
    pub feature: usize,
    /// Where each row of the input begins, and how many features it has.
    pub starts: &'a [usize],
    pub features: usize,
    /// Added to.
    pub grad_input: &'a mut [f32],
}

impl Rows for InputGradient<'_> {
    #[inline(always)]
    fn rows<const R: usize>(&mut self, first: usize) {
        let of_row = GATES * self.hidden;
        let rows = std::array::from_fn(|i| &self.gates[(first + i) * of_row..][..3 * self.hidden]);
        let features = self.feature..self.features.min(self.feature + COLUMNS);
        let starts = &self.starts[first..first + R];
        let sums = std::array::from_fn(|i| load_part(&self.grad_input[starts[i]..][features.clone()]));
        let sums = tile::<R>(rows, self.weights, sums);
        for (sums, &start) in sums.iter().zip(starts) {
            store_part(sums, &mut self.grad_input[start..][features.clone()]);
        }
    }
}

/// Rows of a matrix, cut into panels of their columns.
#[derive(Debug)]
pub struct Panelled {
    /// How many rows there may be.
    room: usize,
    panels: Vec<[f32; COLUMNS]>,
}

impl Panelled {
    /// Room for so many rows of so many columns.
    pub fn new(rows: usize, columns: usize) -> Self {
        Panelled { room: rows, panels: vec![[0.0; COLUMNS]; rows * columns.div_ceil(COLUMNS)] }
    }

    /// Puts a part of a row in its place.
    pub fn put_row(&mut self, row: usize, first: usize, mut part: &[f32]) {
        let mut column = first;
        while !part.is_empty() {
            let to = &mut self.panels[column / COLUMNS * self.room + row];
            let at = column % COLUMNS;
            let count = part.len().min(COLUMNS - at);
            match part.first_chunk() {
                Some(whole) if at == 0 => *to = *whole,
                _ => to[at..at + count].copy_from_slice(&part[..count]),
            }
            part = &part[count..];
            column += count;
        }
    }

    /// Multiplies a row by another.
    pub fn multiply(&mut self, row: usize, by: &[f32]) {
        for (column, &factor) in by.iter().enumerate() {
            self.panels[column / COLUMNS * self.room + row][column % COLUMNS] *= factor;
        }
    }

    /// So many rows of one panel.
    pub fn panel(&self, panel: usize, rows: usize) -> &[[f32; COLUMNS]] {
        &self.panels[panel * self.room..][..rows]
    }
}

/// The gradient by some rows of a weight: `dW += dG^T X`.
pub struct WeightGradient<'a> {
    /// The gates' gradients, transposed: row g has one for each row of X.
    pub gates: &'a [f32],
    /// The row of the gates that belongs to the weight's first, and how many there are before they begin again.
    pub first_gate: usize,
    pub gate_rows: usize,
    pub x: &'a Panelled,
    /// Rows of X.
    pub rows: usize,
    /// Columns of X and the weight.
    pub columns: usize,
    /// Row-major, added to.
    pub grad_weight: &'a mut [f32],
}

impl Rows for WeightGradient<'_> {
    #[inline(always)]
    fn rows<const R: usize>(&mut self, first: usize) {
        let gates = std::array::from_fn(|i| {
            let gate = (self.first_gate + first + i) % self.gate_rows;
            &self.gates[gate * self.rows..][..self.rows]
        });
        for panel in 0..self.columns.div_ceil(COLUMNS) {
            let columns = panel * COLUMNS..self.columns.min((panel + 1) * COLUMNS);
            let at = |i: usize| {
                (first + i) * self.columns + columns.start..(first + i) * self.columns + columns.end
            };
            let sums = std::array::from_fn(|i| load_part(&self.grad_weight[at(i)]));
            let sums = tile::<R>(gates, self.x.panel(panel, self.rows), sums);
            for (i, sums) in sums.iter().enumerate() {
                store_part(sums, &mut self.grad_weight[at(i)]);
            }
        }
    }
}
