use ndarray::{Array5, Array6, ArrayView3, ArrayView6, s};

use super::cell::Unit;
use super::{Mode, RnnConfig};
use crate::gru::sequence::Layout;
use crate::gru::{GruError, Real};

/// Why a trace's numbers can be had as a slice.
const MADE: &str = "a trace is made in standard layout";

/// What a trace keeps of every unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RnnQuantity {
    /// An RNN's `W_ih x + b_ih + W_hh h + b_hh`.
    Pre,
    /// `W_ii x + b_ii + W_hi h + b_hi`.
    PreI,
    /// `W_if x + b_if + W_hf h + b_hf`.
    PreF,
    /// `W_ig x + b_ig + W_hg h + b_hg`.
    PreG,
    /// `W_io x + b_io + W_ho h + b_ho`.
    PreO,
    /// The input gate, `sigmoid(pre_i)`, in [0, 1].
    I,
    /// The forget gate, `sigmoid(pre_f)`, in [0, 1].
    F,
    /// The cell gate, `tanh(pre_g)`, in [-1, 1].
    G,
    /// The output gate, `sigmoid(pre_o)`, in [0, 1].
    O,
    /// The cell state after the step, `f * c + i * g`.
    C,
    /// `tanh(c)`, in [-1, 1].
    TanhC,
    /// The hidden state after the step, in an LSTM `o * tanh(c)`, before any projection.
    H,
}

impl RnnQuantity {
    /// What is kept of a module of this mode.
    pub fn of(mode: Mode) -> &'static [RnnQuantity] {
        quantities(mode)
    }

    /// The name within equations: `pre_i`, `f`.
    pub fn name(self) -> &'static str {
        match self {
            RnnQuantity::Pre => "pre",
            RnnQuantity::PreI => "pre_i",
            RnnQuantity::PreF => "pre_f",
            RnnQuantity::PreG => "pre_g",
            RnnQuantity::PreO => "pre_o",
            RnnQuantity::I => "i",
            RnnQuantity::F => "f",
            RnnQuantity::G => "g",
            RnnQuantity::O => "o",
            RnnQuantity::C => "c",
            RnnQuantity::TanhC => "tanh_c",
            RnnQuantity::H => "h",
        }
    }
}

/// What a trace of a module keeps, in the order of its third axis.
pub(super) fn quantities(mode: Mode) -> &'static [RnnQuantity] {
    use RnnQuantity::{C, F, G, H, I, O, Pre, PreF, PreG, PreI, PreO, TanhC};
    match mode {
        Mode::Tanh | Mode::Relu => &[Pre, H],
        Mode::Lstm => &[PreI, PreF, PreG, PreO, I, F, G, O, C, TanhC, H],
    }
}

/// Every gate and state of every layer, direction and step.
///
/// Step t is the input's step t in both directions. N is 1 for unbatched input; never batch-first.
#[derive(Debug, Clone, PartialEq)]
pub struct RnnTrace<T> {
    quantities: &'static [RnnQuantity],
    values: Array6<T>,
    /// (`num_layers`, D, L, N, R); empty without projections.
    projected: Array5<T>,
}

impl<T: Real> RnnTrace<T> {
    pub(super) fn zeros(config: &RnnConfig, layout: Layout) -> Self {
        let (values, projected) = dimensions(config, layout);
        RnnTrace {
            quantities: quantities(config.mode),
            values: Array6::zeros(values),
            projected: Array5::zeros(projected),
        }
    }

    pub(super) fn keep(&mut self, [layer, direction]: [usize; 2], [t, b, j]: [usize; 3], unit: &Unit<T>) {
        for (place, quantity) in self.quantities.iter().enumerate() {
            self.values[[layer, direction, place, t, b, j]] = match quantity {
                RnnQuantity::Pre | RnnQuantity::PreI => unit.pre[0],
                RnnQuantity::PreF => unit.pre[1],
                RnnQuantity::PreG => unit.pre[2],
                RnnQuantity::PreO => unit.pre[3],
                RnnQuantity::I => unit.gates[0],
                RnnQuantity::F => unit.gates[1],
                RnnQuantity::G => unit.gates[2],
                RnnQuantity::O => unit.gates[3],
                RnnQuantity::C => unit.c,
                RnnQuantity::TanhC => unit.tanh_c,
                RnnQuantity::H => unit.h,
            };
        }
    }

    pub(super) fn keep_projected(&mut self, [layer, direction]: [usize; 2], [t, b, j]: [usize; 3], h: T) {
        self.projected[[layer, direction, t, b, j]] = h;
    }

    /// What is kept, in the order of the third axis of [`RnnTrace::values`].
    pub fn quantities(&self) -> &'static [RnnQuantity] {
        self.quantities
    }

    /// One quantity of one layer and direction, shape (L, N, H), or none if the module has not got it.
    pub fn get(&self, layer: usize, reverse: bool, quantity: RnnQuantity) -> Option<ArrayView3<'_, T>> {
        let (layers, directions) = (self.values.dim().0, self.values.dim().1);
        let direction = usize::from(reverse);
        let place = self.quantities.iter().position(|&kept| kept == quantity)?;
        (layer < layers && direction < directions)
            .then(|| self.values.slice(s![layer, direction, place, .., .., ..]))
    }

    /// The projected hidden states of one layer and direction, shape (L, N, `proj_size`), or none without
    /// projections.
    pub fn projected(&self, layer: usize, reverse: bool) -> Option<ArrayView3<'_, T>> {
        let (layers, directions, .., features) = self.projected.dim();
        let direction = usize::from(reverse);
        (layer < layers && direction < directions && features > 0)
            .then(|| self.projected.slice(s![layer, direction, .., .., ..]))
    }

    /// One quantity of every unit in one step of one sample: H numbers, or none if the module has not got it.
    pub(super) fn quantity_row(
        &self,
        [layer, direction]: [usize; 2],
        quantity: RnnQuantity,
        [t, b]: [usize; 2],
    ) -> &[T] {
        let Some(place) = self.quantities.iter().position(|&kept| kept == quantity) else { return &[] };
        let (_, directions, quantities, steps, batch, hidden) = self.values.dim();
        let plane = (layer * directions + direction) * quantities + place;
        let start = ((plane * steps + t) * batch + b) * hidden;
        &self.values.as_slice().expect(MADE)[start..][..hidden]
    }

    /// The state that one step of one sample handed on: R numbers.
    pub(super) fn state_row(&self, [layer, direction]: [usize; 2], [t, b]: [usize; 2]) -> &[T] {
        let (_, directions, steps, batch, features) = self.projected.dim();
        if features == 0 {
            return self.quantity_row([layer, direction], RnnQuantity::H, [t, b]);
        }
        let start = (((layer * directions + direction) * steps + t) * batch + b) * features;
        &self.projected.as_slice().expect(MADE)[start..][..features]
    }

    /// Whether it is one of such a call.
    pub(super) fn check(&self, config: &RnnConfig, layout: Layout) -> Result<(), GruError> {
        let (values, projected) = dimensions(config, layout);
        if self.quantities == quantities(config.mode)
            && self.values.dim() == values
            && self.projected.dim() == projected
        {
            return Ok(());
        }
        let (layers, directions, quantities, steps, batch, hidden) = values;
        let expected = vec![layers, directions, quantities, steps, batch, hidden];
        Err(GruError::TraceShape { expected, got: self.values.shape().to_vec() })
    }

    /// All of it, contiguous, shape (`num_layers`, D, quantities, L, N, H).
    pub fn values(&self) -> ArrayView6<'_, T> {
        self.values.view()
    }
}

/// The shapes of a trace: (`num_layers`, D, quantities, L, N, H) and (`num_layers`, D, L, N, `proj_size`).
#[expect(clippy::type_complexity, reason = "ndarray's own type of dimensions")]
fn dimensions(
    config: &RnnConfig,
    layout: Layout,
) -> ((usize, usize, usize, usize, usize, usize), (usize, usize, usize, usize, usize)) {
    let base = &config.base;
    let [layers, directions, hidden, projected] =
        [base.num_layers, base.directions(), base.hidden_size, config.proj_size].map(|size| size as usize);
    let Layout { steps, batch, .. } = layout;
    let kept = quantities(config.mode).len();
    ((layers, directions, kept, steps, batch, hidden), (layers, directions, steps, batch, projected))
}
