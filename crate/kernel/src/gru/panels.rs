//! The weights as the kernels read them.

use super::GruWeights;
use super::tile::COLUMNS;
use crate::simd::LANES;

/// Hidden units of a panel; the gates r, z and n of each are columns of it.
pub const UNITS: usize = LANES;

/// The weights of a module in the order in which a forward pass reads them, packed once.
#[derive(Debug, Default)]
pub struct Panels {
    cells: Vec<CellPanels>,
}

/// One layer and direction: panel p has the units from 4p, its columns r, z, n of four units each. Columns of
/// units beyond H are zero.
#[derive(Debug, Default)]
pub struct CellPanels {
    /// I rows for each panel: `W_i` transposed.
    input: Matrix,
    /// H rows for each panel: `W_h` transposed.
    hidden: Matrix,
    /// What no product changes, for each panel: `b_ir + b_hr`, `b_iz + b_hz`, `b_in`.
    bias: Vec<[f32; COLUMNS]>,
    /// `b_hn` for each panel: it stands inside the reset gate's product.
    bias_hn: Vec<[f32; LANES]>,
}

/// Panels one after the other, each with the same number of rows.
#[derive(Debug, Default)]
pub struct Matrix {
    rows: usize,
    panels: Vec<[f32; COLUMNS]>,
}

impl Panels {
    /// Packs all parameters of a module, into what is new or held those of such a module.
    pub fn pack<'a>(&mut self, hidden: usize, cells: impl ExactSizeIterator<Item = GruWeights<'a>>) {
        self.cells.resize_with(cells.len(), CellPanels::default);
        for (panels, weights) in self.cells.iter_mut().zip(cells) {
            panels.pack(&weights, hidden);
        }
    }

    /// Those of one layer and direction; `index` is layer * D + direction.
    pub(super) fn cell(&self, index: usize) -> &CellPanels {
        &self.cells[index]
    }
}

impl CellPanels {
    fn pack(&mut self, weights: &GruWeights<'_>, hidden: usize) {
        self.input.pack(weights.weight_ih, hidden);
        self.hidden.pack(weights.weight_hh, hidden);
        let CellPanels { bias, bias_hn, .. } = self;
        let count = hidden.div_ceil(UNITS);
        bias.resize(count, [0.0; COLUMNS]);
        bias_hn.resize(count, [0.0; LANES]);
        if let Some((b_i, b_h)) = weights.biases {
            for j in 0..hidden {
                let (panel, lane) = (j / UNITS, j % UNITS);
                for gate in 0..2 {
                    bias[panel][gate * LANES + lane] = b_i[gate * hidden + j] + b_h[gate * hidden + j];
                }
                bias[panel][2 * LANES + lane] = b_i[2 * hidden + j];
                bias_hn[panel][lane] = b_h[2 * hidden + j];
            }
        }
    }

    /// A panel of `W_i`.
    #[inline(always)]
    pub fn input(&self, panel: usize) -> &[[f32; COLUMNS]] {
        self.input.panel(panel)
    }

    /// A panel of `W_h`.
    #[inline(always)]
    pub fn hidden(&self, panel: usize) -> &[[f32; COLUMNS]] {
        self.hidden.panel(panel)
    }

    /// `b_ir + b_hr`, `b_iz + b_hz`, `b_in` of a panel.
    #[inline(always)]
    pub fn bias(&self, panel: usize) -> &[f32; COLUMNS] {
        &self.bias[panel]
    }

    /// `b_hn` of a panel.
    #[inline(always)]
    pub fn bias_hn(&self, panel: usize) -> &[f32; LANES] {
        &self.bias_hn[panel]
    }
}

impl Matrix {
    /// From a weight of shape (3H, columns), row-major.
    fn pack(&mut self, weight: &[f32], hidden: usize) {
        let rows = weight.len() / (3 * hidden);
        self.resize(rows, hidden.div_ceil(UNITS));
        for (row, weights) in weight.chunks_exact(rows).enumerate() {
            let (gate, j) = (row / hidden, row % hidden);
            let panel = &mut self.panels[j / UNITS * rows..][..rows];
            let column = gate * LANES + j % UNITS;
            for (to, &weight) in panel.iter_mut().zip(weights) {
                to[column] = weight;
            }
        }
    }

    /// From a matrix, row-major: its own columns in their order, its rows in the order given.
    pub fn pack_rows(&mut self, matrix: &[f32], columns: usize, order: impl Iterator<Item = usize>) {
        let rows = matrix.len() / columns;
        self.resize(rows, columns.div_ceil(COLUMNS));
        for (to, from) in order.enumerate() {
            for (panel, part) in matrix[from * columns..][..columns].chunks(COLUMNS).enumerate() {
                self.panels[panel * rows + to][..part.len()].copy_from_slice(part);
            }
        }
    }

    /// Makes the panels; of those that are there, the columns that are never written stay zero.
    fn resize(&mut self, rows: usize, panels: usize) {
        self.rows = rows;
        self.panels.resize(rows * panels, [0.0; COLUMNS]);
    }

    /// One panel.
    #[inline(always)]
    pub fn panel(&self, panel: usize) -> &[[f32; COLUMNS]] {
        &self.panels[panel * self.rows..][..self.rows]
    }
}
