use ndarray::{Array6, ArrayView3, ArrayView6, s};

use super::cell::Gates;
use super::sequence::Layout;
use super::{GruConfig, GruError, Real};

/// Why a trace's numbers can be had as a slice.
const MADE: &str = "a trace is made in standard layout";

/// What a trace keeps of every unit, in the order of its third axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// `W_ir x + b_ir + W_hr h + b_hr`.
    PreR,
    /// `W_iz x + b_iz + W_hz h + b_hz`.
    PreZ,
    /// `n_input + r * n_hidden`.
    PreN,
    /// `W_in x + b_in`.
    NInput,
    /// `W_hn h + b_hn`.
    NHidden,
    /// The reset gate, `sigmoid(pre_r)`, in [0, 1].
    R,
    /// The update gate, `sigmoid(pre_z)`, in [0, 1].
    Z,
    /// The new gate, `tanh(pre_n)`, in [-1, 1].
    N,
    /// The hidden state after the step, `(1 - z) * n + z * h`.
    H,
}

impl Quantity {
    /// Every quantity, in the trace's order.
    pub const ALL: [Quantity; 9] = [
        Quantity::PreR,
        Quantity::PreZ,
        Quantity::PreN,
        Quantity::NInput,
        Quantity::NHidden,
        Quantity::R,
        Quantity::Z,
        Quantity::N,
        Quantity::H,
    ];

    /// The name within equations: `pre_r`, `z`.
    pub fn name(self) -> &'static str {
        match self {
            Quantity::PreR => "pre_r",
            Quantity::PreZ => "pre_z",
            Quantity::PreN => "pre_n",
            Quantity::NInput => "n_input",
            Quantity::NHidden => "n_hidden",
            Quantity::R => "r",
            Quantity::Z => "z",
            Quantity::N => "n",
            Quantity::H => "h",
        }
    }
}

/// What a run keeps of what happens within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    Nothing,
    /// Every gate of every layer and direction.
    Every,
    /// Those of one sample in one layer and direction.
    One(TracePlace),
}

/// A sample in a layer and direction, each counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TracePlace {
    /// The layer.
    pub layer: usize,
    /// Whether it is the reverse direction.
    pub reverse: bool,
    /// The sample; 0 for unbatched input.
    pub sample: usize,
}

/// Every gate of every step: of all layers, directions and samples, or at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace<T> {
    values: Array6<T>,
    /// What comes first.
    first: TracePlace,
}

impl<T: Real> Trace<T> {
    /// One with nothing in it yet, if anything is to be kept; at a place that the call has.
    pub(super) fn zeros(keep: Keep, config: &GruConfig, layout: Layout) -> Option<Self> {
        let whole @ (_, _, quantities, steps, _, hidden) = dimensions(config, layout);
        let (dimensions, first) = match keep {
            Keep::Nothing => return None,
            Keep::Every => (whole, TracePlace { layer: 0, reverse: false, sample: 0 }),
            Keep::One(place) => ((1, 1, quantities, steps, 1, hidden), place),
        };
        Some(Trace { values: Array6::zeros(dimensions), first })
    }

    /// Where a layer and direction lie within, if they are kept.
    fn cell(&self, [layer, direction]: [usize; 2]) -> Option<[usize; 2]> {
        let (layers, directions) = (self.values.dim().0, self.values.dim().1);
        let TracePlace { layer: first_layer, reverse, .. } = self.first;
        let cell = [layer.checked_sub(first_layer)?, direction.checked_sub(usize::from(reverse))?];
        (cell[0] < layers && cell[1] < directions).then_some(cell)
    }

    /// Where a sample lies within, if it is kept.
    fn sample(&self, b: usize) -> Option<usize> {
        b.checked_sub(self.first.sample).filter(|&b| b < self.values.dim().4)
    }

    /// Whether it is a whole one of such a call.
    pub(super) fn check(&self, config: &GruConfig, layout: Layout) -> Result<(), GruError> {
        let expected = dimensions(config, layout);
        if self.values.dim() == expected {
            return Ok(());
        }
        let (layers, directions, quantities, steps, batch, hidden) = expected;
        let expected = vec![layers, directions, quantities, steps, batch, hidden];
        Err(GruError::TraceShape { expected, got: self.values.shape().to_vec() })
    }

    /// One quantity of every unit in one step of one sample: H numbers.
    pub(super) fn row(&self, [layer, direction]: [usize; 2], quantity: Quantity, [t, b]: [usize; 2]) -> &[T] {
        let (_, directions, quantities, steps, batch, hidden) = self.values.dim();
        let plane = (layer * directions + direction) * quantities + quantity as usize;
        let start = ((plane * steps + t) * batch + b) * hidden;
        &self.values.as_slice().expect(MADE)[start..][..hidden]
    }

    /// Fills every quantity of one unit, where that is kept.
    pub(super) fn keep(&mut self, cell: [usize; 2], [t, b, j]: [usize; 3], gates: &Gates<T>) {
        let (Some([layer, direction]), Some(b)) = (self.cell(cell), self.sample(b)) else { return };
        for quantity in Quantity::ALL {
            self.values[[layer, direction, quantity as usize, t, b, j]] = match quantity {
                Quantity::PreR => gates.pre_r,
                Quantity::PreZ => gates.pre_z,
                Quantity::PreN => gates.pre_n,
                Quantity::NInput => gates.n_input,
                Quantity::NHidden => gates.n_hidden,
                Quantity::R => gates.r,
                Quantity::Z => gates.z,
                Quantity::N => gates.n,
                Quantity::H => gates.h,
            };
        }
    }

    /// What is kept of a layer and direction: (9, L, N, H) from the first sample on that is.
    pub(super) fn cell_elements_mut(&mut self, cell: [usize; 2]) -> Option<&mut [T]> {
        let [layer, direction] = self.cell(cell)?;
        let (_, directions, quantities, steps, batch, hidden) = self.values.dim();
        let of_cell = quantities * steps * batch * hidden;
        let values = self.values.as_slice_mut().expect(MADE);
        Some(&mut values[(layer * directions + direction) * of_cell..][..of_cell])
    }

    /// All of it, as it lies.
    pub(super) fn elements(&self) -> &[T] {
        self.values.as_slice().expect(MADE)
    }

    /// One quantity of one layer and direction, shape (L, N, H), or (L, 1, H) where one sample was kept; none if there
    /// is no such layer or direction, or it was not kept.
    ///
    /// Step t is the input's step t in both directions (the reverse direction computed the last one
    /// first). Never batch-first; N is 1 for unbatched input.
    pub fn get(&self, layer: usize, reverse: bool, quantity: Quantity) -> Option<ArrayView3<'_, T>> {
        let [layer, direction] = self.cell([layer, usize::from(reverse)])?;
        Some(self.values.slice(s![layer, direction, quantity as usize, .., .., ..]))
    }

    /// What comes first: of all of them the first, unless the trace is of one place.
    pub fn first(&self) -> TracePlace {
        self.first
    }

    /// All of it, contiguous, shape (`num_layers`, D, 9, L, N, H), or (1, 1, 9, L, 1, H) of one place;
    /// the third axis is [`Quantity::ALL`].
    pub fn values(&self) -> ArrayView6<'_, T> {
        self.values.view()
    }
}

/// The shape of a trace: (`num_layers`, D, 9, L, N, H).
fn dimensions(config: &GruConfig, layout: Layout) -> (usize, usize, usize, usize, usize, usize) {
    let Layout { steps, batch, .. } = layout;
    let [layers, directions, hidden] =
        [config.num_layers, config.directions(), config.hidden_size].map(|size| size as usize);
    (layers, directions, Quantity::ALL.len(), steps, batch, hidden)
}
