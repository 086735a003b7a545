//! `nn.GRU` in float32 as fast as the machine allows, over plain slices: the same numbers as its equations to within
//! rounding.
//!
//! - `panels` packs the weights once, in the order in which they are read: four hidden units to a panel, with
//!   their three gates side by side.
//! - `tile` multiplies up to three rows by a panel, the sums in registers. All products are made of it.
//! - `forward` is the pass: the input's product for a block of steps at once, then step by step the hidden
//!   state's, and on the sums while they are still in registers the gates.
//! - `backward` is its inverse: the state's gradient step by step, those of the weights and of the input as
//!   products over a chunk of steps, all in `gradients`.
//! - `sweep` is the order of both: layers, directions, blocks of samples; and how work is cut into pieces.
//! - `activation` is sigmoid and tanh.
//!
//! Nothing is allocated between a pass's beginning and its end. A pass that is over can be begun anew, and weights that
//! change are packed where the old ones were.

mod activation;
mod backward;
mod forward;
mod gradients;
mod panels;
mod sweep;
mod tile;

pub use backward::{BackwardCall, BackwardPass};
pub use forward::{CellTrace, ForwardCall, ForwardPass};
pub use gradients::BackwardPanels;
pub use panels::{Panels, UNITS};
pub use sweep::{Blocks, Piece};
pub use tile::COLUMNS;

/// The sizes of a module and of a call of it, each at least 1 but N.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// `input_size`.
    pub input: usize,
    /// H.
    pub hidden: usize,
    /// `num_layers`.
    pub layers: usize,
    /// D.
    pub directions: usize,
    /// L.
    pub steps: usize,
    /// N.
    pub batch: usize,
    /// Whether sequences are (N, L, features), else (L, N, features).
    pub batch_first: bool,
}

impl Sizes {
    /// The features that a layer reads.
    fn features(&self, layer: usize) -> usize {
        if layer == 0 { self.input } else { self.directions * self.hidden }
    }

    /// Where step `t` of sample `b` stands among a sequence's feature vectors.
    #[inline(always)]
    fn row(&self, t: usize, b: usize) -> usize {
        if self.batch_first { b * self.steps + t } else { t * self.batch + b }
    }
}

/// The parameters of one layer and direction, rows packed r, z, n.
#[derive(Debug, Clone, Copy)]
pub struct GruWeights<'a> {
    /// (3H, I).
    pub weight_ih: &'a [f32],
    /// (3H, H).
    pub weight_hh: &'a [f32],
    /// (`b_i`, `b_h`), each (3H).
    pub biases: Option<(&'a [f32], &'a [f32])>,
}

/// Where the gradients of these are added up.
#[derive(Debug)]
pub struct GruGradients<'a> {
    /// (3H, I).
    pub weight_ih: &'a mut [f32],
    /// (3H, H).
    pub weight_hh: &'a mut [f32],
    /// (`b_i`, `b_h`), each (3H).
    pub biases: Option<(&'a mut [f32], &'a mut [f32])>,
}

/// What a trace keeps of every unit, in this order: `pre_r`, `pre_z`, `pre_n`, `n_input`, `n_hidden`, r, z, n, h.
pub const KEPT: usize = 9;
const N_HIDDEN: usize = 4;
const R: usize = 5;
const Z: usize = 6;
const N: usize = 7;
const H: usize = 8;
