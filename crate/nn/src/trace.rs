use ndarray::{Array5, Array6, ArrayView3, ArrayView6, Dim, s};

use num::Real;

use crate::cells::UnitNumbers;
use crate::error::RecurrentError;
use crate::parameters::Plan;
use crate::quantity::Quantity;
use crate::sequence::Layout;

/// Why a trace's numbers can be had as a slice.
const MADE: &str = "a trace is made in standard layout";

/// What a run keeps of what happens within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// Nothing.
    #[default]
    Nothing,
    /// Every gate and state of every layer and direction.
    Every,
    /// Those of one sample in one layer and direction: what somebody looks at costs no more than that.
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

/// Every gate and state of every step: of all layers, directions and samples, or at one place.
///
/// Step t is the input's step t in both directions (the reverse direction computed the last one first). Never
/// batch-first; N is 1 for unbatched input, and where one sample was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace<T> {
    quantities: &'static [Quantity],
    values: Array6<T>,
    /// (`num_layers`, D, L, N, R); empty without projections.
    projected: Array5<T>,
    /// What comes first.
    first: TracePlace,
}

impl<T: Real> Trace<T> {
    /// One with nothing in it yet, if anything is to be kept; at a place that the call has.
    pub(crate) fn zeros(keep: Keep, plan: &Plan, layout: Layout) -> Option<Self> {
        let ([layers, directions, quantities, steps, batch, hidden], projected) = sizes(plan, layout);
        let (layers, directions, batch, first) = match keep {
            Keep::Nothing => return None,
            Keep::Every => (layers, directions, batch, TracePlace { layer: 0, reverse: false, sample: 0 }),
            Keep::One(place) => (1, 1, 1, place),
        };
        Some(Trace {
            quantities: plan.equations.quantities(),
            values: Array6::zeros(Dim([layers, directions, quantities, steps, batch, hidden])),
            projected: Array5::zeros(Dim([layers, directions, steps, batch, projected])),
            first,
        })
    }

    /// Where a layer and direction lie within, if they are kept.
    fn cell(&self, [layer, direction]: [usize; 2]) -> Option<usize> {
        let (layers, directions) = (self.values.dim().0, self.values.dim().1);
        let TracePlace { layer: first_layer, reverse, .. } = self.first;
        let [layer, direction] =
            [layer.checked_sub(first_layer)?, direction.checked_sub(usize::from(reverse))?];
        (layer < layers && direction < directions).then_some(layer * directions + direction)
    }

    /// Where a sample lies within, if it is kept.
    fn sample(&self, b: usize) -> Option<usize> {
        b.checked_sub(self.first.sample).filter(|&b| b < self.values.dim().4)
    }

    /// Whether it is a whole one of such a call.
    pub(crate) fn check(&self, plan: &Plan, layout: Layout) -> Result<(), RecurrentError> {
        let (expected, projected) = sizes(plan, layout);
        let is_whole = self.values.shape() == expected && self.projected.dim().4 == projected;
        if is_whole && self.quantities == plan.equations.quantities() {
            return Ok(());
        }
        Err(RecurrentError::TraceShape { expected: expected.to_vec(), got: self.values.shape().to_vec() })
    }

    /// Fills every quantity of one unit, where that is kept.
    pub(crate) fn keep_unit(&mut self, cell: [usize; 2], [t, b, j]: [usize; 3], unit: &[T]) {
        let (Some(cell), Some(b)) = (self.cell(cell), self.sample(b)) else { return };
        let (_, _, quantities, steps, batch, hidden) = self.values.dim();
        let plane = steps * batch * hidden;
        let first = cell * quantities * plane + (t * batch + b) * hidden + j;
        let values = self.values.as_slice_mut().expect(MADE);
        for (place, &number) in unit.iter().enumerate() {
            values[first + place * plane] = number;
        }
    }

    /// Fills a feature of the projected state, where that is kept.
    pub(crate) fn keep_projected(&mut self, cell: [usize; 2], [t, b, j]: [usize; 3], h: T) {
        let (Some(cell), Some(b)) = (self.cell(cell), self.sample(b)) else { return };
        let (.., steps, batch, features) = self.projected.dim();
        let values = self.projected.as_slice_mut().expect(MADE);
        values[((cell * steps + t) * batch + b) * features + j] = h;
    }

    /// Every quantity of one unit, of a whole trace.
    pub(crate) fn unit<U: UnitNumbers<T>>(&self, cell: usize, [t, b, j]: [usize; 3]) -> U {
        let (_, _, quantities, steps, batch, hidden) = self.values.dim();
        let plane = steps * batch * hidden;
        let first = cell * quantities * plane + (t * batch + b) * hidden + j;
        let values = self.elements();
        U::from_fn(|place| values[first + place * plane])
    }

    /// One quantity of every unit in one step of one sample of a whole trace: H numbers.
    fn row(&self, cell: usize, place: usize, [t, b]: [usize; 2]) -> &[T] {
        let (_, _, quantities, steps, batch, hidden) = self.values.dim();
        let start = (((cell * quantities + place) * steps + t) * batch + b) * hidden;
        &self.elements()[start..][..hidden]
    }

    /// The state that one step of one sample of a whole trace handed on: R numbers.
    pub(crate) fn state_row(&self, cell: usize, [t, b]: [usize; 2]) -> &[T] {
        let (.., steps, batch, features) = self.projected.dim();
        if features == 0 {
            return self.row(cell, self.quantities.len() - 1, [t, b]);
        }
        let start = ((cell * steps + t) * batch + b) * features;
        &self.projected.as_slice().expect(MADE)[start..][..features]
    }

    /// The cell state after one step of one sample of a whole trace: H numbers, or none.
    pub(crate) fn cell_state_row(&self, cell: usize, at: [usize; 2]) -> &[T] {
        self.place(Quantity::C).map_or(&[], |place| self.row(cell, place, at))
    }

    /// What is kept of a layer and direction: (quantities, L, N, H) from the first sample on that is.
    pub(crate) fn cell_elements_mut(&mut self, cell: [usize; 2]) -> Option<&mut [T]> {
        let cell = self.cell(cell)?;
        let (_, _, quantities, steps, batch, hidden) = self.values.dim();
        let of_cell = quantities * steps * batch * hidden;
        Some(&mut self.values.as_slice_mut().expect(MADE)[cell * of_cell..][..of_cell])
    }

    /// All of it, as it lies.
    pub(crate) fn elements(&self) -> &[T] {
        self.values.as_slice().expect(MADE)
    }

    fn place(&self, quantity: Quantity) -> Option<usize> {
        self.quantities.iter().position(|&kept| kept == quantity)
    }

    /// What is kept, in the order of the third axis of [`Trace::values`].
    pub fn quantities(&self) -> &'static [Quantity] {
        self.quantities
    }

    /// One quantity of one layer and direction, shape (L, N, H), or (L, 1, H) where one sample was kept; none if the module
    /// has no such quantity, layer or direction, or it was not kept.
    pub fn get(&self, layer: usize, reverse: bool, quantity: Quantity) -> Option<ArrayView3<'_, T>> {
        let place = self.place(quantity)?;
        let cell = self.cell([layer, usize::from(reverse)])?;
        let directions = self.values.dim().1;
        Some(self.values.slice(s![cell / directions, cell % directions, place, .., .., ..]))
    }

    /// The projected hidden states of one layer and direction, shape (L, N, `proj_size`), or none without
    /// projections.
    pub fn projected(&self, layer: usize, reverse: bool) -> Option<ArrayView3<'_, T>> {
        let cell = self.cell([layer, usize::from(reverse)])?;
        let (_, directions, .., features) = self.projected.dim();
        (features > 0).then(|| self.projected.slice(s![cell / directions, cell % directions, .., .., ..]))
    }

    /// What comes first: of all of them the first, unless the trace is of one place.
    pub fn first(&self) -> TracePlace {
        self.first
    }

    /// All of it, contiguous, shape (`num_layers`, D, quantities, L, N, H), or (1, 1, quantities, L, 1, H) of one
    /// place.
    pub fn values(&self) -> ArrayView6<'_, T> {
        self.values.view()
    }
}

/// The sizes of a whole trace: (`num_layers`, D, quantities, L, N, H), and R where states are projected.
fn sizes(plan: &Plan, layout: Layout) -> ([usize; 6], usize) {
    let [layers, directions, hidden, projected] =
        [plan.num_layers, plan.directions, plan.hidden_size, plan.projected()].map(|size| size as usize);
    let Layout { steps, batch, .. } = layout;
    ([layers, directions, plan.equations.quantities().len(), steps, batch, hidden], projected)
}
