use std::mem;
use std::ops::Range;

use ndarray::{ArrayD, ArrayViewD, CowArray, IxDyn};

use super::{Mode, Rnn, RnnConfig, RnnTrace};
use crate::cost::LIMIT_BYTES;
use crate::gru::forward::{contiguous, state_row};
use crate::gru::sequence::{Layout, Sequence, shaped};
use crate::gru::walk::Walk;
use crate::gru::{DropoutMask, GruError, Progress, Real};

/// What a call of a module gives.
#[derive(Debug, Clone, PartialEq)]
pub struct RnnOutput<T> {
    /// The last layer's hidden state after every step, both directions side by side: (L, N, D*R), (N, L, D*R) or
    /// (L, D*R); contiguous.
    pub output: ArrayD<T>,
    /// Every layer's and direction's last hidden state: (D*`num_layers`, N, R) or (D*`num_layers`, R);
    /// contiguous. The reverse direction's last is that of step 0.
    pub h_n: ArrayD<T>,
    /// The last cell states of an LSTM: (D*`num_layers`, N, H) or (D*`num_layers`, H); contiguous.
    pub c_n: Option<ArrayD<T>>,
    /// Every gate and state, if asked for.
    pub trace: Option<RnnTrace<T>>,
}

/// A forward pass that is advanced piece by piece, so that a caller can report progress or drop it.
#[derive(Debug)]
pub struct RnnRun<T> {
    rnn: Rnn<T>,
    layout: Layout,
    /// What the current layer reads.
    input: Sequence<T>,
    /// What the current layer has written; the row of the step before is the state that a step reads.
    output: Sequence<T>,
    /// `h_0`, overwritten by `h_n` as each layer and direction ends: (D*`num_layers`, N, R).
    h: Vec<T>,
    /// `c_0`, overwritten by each step: (D*`num_layers`, N, H); empty in an RNN.
    c: Vec<T>,
    /// The hidden state of this step, to be projected: (N, H); empty without projections.
    unprojected: Vec<T>,
    trace: Option<RnnTrace<T>>,
    /// Its units are the H of the cell and after them the R of a projection.
    walk: Walk,
    /// In training mode, what drops elements between layers.
    mask: Option<DropoutMask<T>>,
    progress: Progress,
}

impl<T: Real> RnnRun<T> {
    /// A run of `rnn(input, h_0)` or `lstm(input, (h_0, c_0))` with nothing done yet; an owned input is taken,
    /// not copied.
    ///
    /// # Errors
    /// As [`Rnn::forward`].
    pub fn new<'a>(
        rnn: &Rnn<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Self, GruError> {
        Self::prepare(rnn, input.into(), [h_0, c_0], false, None)
    }

    /// The same, keeping every gate and state.
    ///
    /// # Errors
    /// As [`Rnn::forward_traced`].
    pub fn traced<'a>(
        rnn: &Rnn<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Self, GruError> {
        Self::prepare(rnn, input.into(), [h_0, c_0], true, None)
    }

    /// A run in training mode, dropping what the mask says.
    ///
    /// # Errors
    /// As [`Rnn::forward_training`].
    pub fn training<'a>(
        rnn: &Rnn<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
        mask: &DropoutMask<T>,
    ) -> Result<Self, GruError> {
        Self::prepare(rnn, input.into(), [h_0, c_0], false, Some(mask))
    }

    /// The same, keeping every gate and state.
    ///
    /// # Errors
    /// As [`Rnn::forward_training`]; the trace counts against the limit.
    pub fn training_traced<'a>(
        rnn: &Rnn<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
        mask: &DropoutMask<T>,
    ) -> Result<Self, GruError> {
        Self::prepare(rnn, input.into(), [h_0, c_0], true, Some(mask))
    }

    fn prepare(
        rnn: &Rnn<T>,
        input: CowArray<'_, T, IxDyn>,
        [h_0, c_0]: [Option<ArrayViewD<'_, T>>; 2],
        traced: bool,
        mask: Option<&DropoutMask<T>>,
    ) -> Result<Self, GruError> {
        let config = rnn.config();
        let base = &config.base;
        let layout = layout_of_call(config, input.shape(), [&h_0, &c_0])?;
        let [state_size, hidden, projected, directions, layers] =
            [config.state_size(), base.hidden_size, config.proj_size, base.directions(), base.num_layers]
                .map(|size| size as usize);
        let cost = |batch: usize| config.cost(layout.steps as u64, batch as u64, T::BYTES);
        // An empty batch costs nothing, but its other axes must be addressable all the same.
        let at_least = cost(layout.batch.max(1));
        let needed = if traced { at_least.traced_bytes() } else { at_least.forward_bytes() };
        if let Some(mask) = mask {
            (needed + at_least.dropout_bytes()).within(LIMIT_BYTES)?;
            mask.check_plan(&config.plan(), layout)?;
        }
        needed.within(LIMIT_BYTES)?;

        let state = |given: Option<ArrayViewD<'_, T>>, features: usize| match given {
            Some(given) => contiguous(given.into()),
            None => vec![T::zero(); layers * directions * layout.batch * features],
        };
        Ok(RnnRun {
            rnn: rnn.clone(),
            layout,
            input: Sequence::new(layout, base.input_size as usize, contiguous(input)),
            output: Sequence::zeros(layout, directions * state_size),
            h: state(h_0, state_size),
            c: state(c_0, if config.mode == Mode::Lstm { hidden } else { 0 }),
            unprojected: vec![T::zero(); if projected == 0 { 0 } else { layout.batch * hidden }],
            trace: traced.then(|| RnnTrace::zeros(config, layout)),
            walk: Walk::new(&config.plan(), layout.steps, hidden + projected),
            mask: mask.cloned(),
            progress: Progress {
                done: 0,
                total: cost(layout.batch).multiply_adds.total().to_u64().unwrap_or(u64::MAX),
            },
        })
    }

    /// The same over samples of so many steps each, at least 1, in the input's order.
    #[must_use]
    pub fn with_lengths(mut self, lengths: Vec<usize>) -> Self {
        self.walk = self.walk.with_lengths(lengths);
        self
    }

    /// How far the run is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Does about `multiply_adds` more of the work: at least one unit of one step.
    pub fn advance(&mut self, multiply_adds: u64) -> Progress {
        let Progress { done, total } = self.progress;
        let goal = done.saturating_add(multiply_adds.max(1)).min(total);
        while self.progress.done < goal {
            self.advance_within_step(goal - self.progress.done);
        }
        self.progress
    }

    /// Does what is left and gives the result.
    pub fn finish(mut self) -> RnnOutput<T> {
        self.advance(u64::MAX);
        let config = self.rnn.config();
        let cells = (config.base.num_layers * config.base.directions()) as usize;
        let c_shape = self.layout.states(cells, self.hidden_size());
        RnnOutput {
            output: self.output.into_array(),
            h_n: shaped(self.layout.states(cells, config.state_size() as usize), self.h),
            c_n: (config.mode == Mode::Lstm).then(|| shaped(c_shape, self.c)),
            trace: self.trace,
        }
    }

    fn advance_within_step(&mut self, multiply_adds: u64) {
        let (hidden, state_size) = (self.hidden_size(), self.state_size());
        let of_unit = self.rnn.config().mode.gates() as usize * (self.input.features() + state_size);
        let of_unit = (of_unit * self.layout.batch) as u64;
        let of_projection = (hidden * self.layout.batch) as u64;

        let of_next = if self.walk.units(1).start < hidden { of_unit } else { of_projection };
        let units = self.walk.units(multiply_adds / of_next);
        let in_cell = units.start.min(hidden)..units.end.min(hidden);
        let in_projection = units.start.max(hidden) - hidden..units.end.max(hidden) - hidden;
        self.progress.done += of_unit * in_cell.len() as u64 + of_projection * in_projection.len() as u64;
        self.compute(in_cell);
        self.project(in_projection);
        if self.walk.end_units(units.end) {
            self.end_direction();
        }
    }

    /// Computes some units of every sample for the current step.
    fn compute(&mut self, units: Range<usize>) {
        let (mode, hidden, batch) = (self.rnn.config().mode, self.hidden_size(), self.layout.batch);
        let (index, side) = (self.walk.cell(), self.walk.side(self.state_size()));
        let cell = self.rnn.cell(index);
        for j in units {
            for b in 0..batch {
                let Some(t) = self.walk.time(b) else { continue };
                let h_prev = match self.walk.time_before(b) {
                    Some(t_before) => &self.output.row(t_before, b)[side.clone()],
                    None => &self.h[state_row(index, b, batch, side.len())],
                };
                let mut no_state = T::zero();
                let c = self.c.get_mut((index * batch + b) * hidden + j).unwrap_or(&mut no_state);
                let unit = cell.unit(mode, j, self.input.row(t, b), h_prev, *c);
                *c = unit.c;
                match self.unprojected.get_mut(b * hidden + j) {
                    Some(unprojected) => *unprojected = unit.h,
                    None => self.output.row_mut(t, b)[side.start + j] = unit.h,
                }
                if let Some(trace) = &mut self.trace {
                    trace.keep([self.walk.layer, self.walk.direction], [t, b, j], &unit);
                }
            }
        }
    }

    /// Computes some features of every sample's projected hidden state, once all its units are there.
    fn project(&mut self, features: Range<usize>) {
        let (hidden, side) = (self.hidden_size(), self.walk.side(self.state_size()));
        let cell = self.rnn.cell(self.walk.cell());
        for j in features {
            for b in 0..self.layout.batch {
                let Some(t) = self.walk.time(b) else { continue };
                let h = cell.project(j, &self.unprojected[b * hidden..][..hidden]);
                self.output.row_mut(t, b)[side.start + j] = h;
                if let Some(trace) = &mut self.trace {
                    trace.keep_projected([self.walk.layer, self.walk.direction], [t, b, j], h);
                }
            }
        }
    }

    fn end_direction(&mut self) {
        let (index, side, batch) = (self.walk.cell(), self.walk.side(self.state_size()), self.layout.batch);
        for b in 0..batch {
            let h_n = &self.output.row(self.walk.time_last(b), b)[side.clone()];
            self.h[state_row(index, b, batch, side.len())].copy_from_slice(h_n);
        }
        if self.walk.end_direction() && !self.progress.is_complete() {
            // The old input goes before a new output comes: at most two sequences exist at once.
            mem::swap(&mut self.input, &mut self.output);
            self.output.renew(self.input.features());
            self.drop_out(self.walk.layer - 1);
        }
    }

    /// Multiplies what a layer has written by its mask.
    fn drop_out(&mut self, layer: usize) {
        let Some(mask) = &self.mask else { return };
        for t in 0..self.layout.steps {
            for b in 0..self.layout.batch {
                multiply(self.input.row_mut(t, b), mask.row(layer, t, b));
            }
        }
    }

    fn hidden_size(&self) -> usize {
        self.rnn.config().base.hidden_size as usize
    }

    fn state_size(&self) -> usize {
        self.rnn.config().state_size() as usize
    }
}

/// Multiplies elements by what a mask says of each.
pub(super) fn multiply<T: Real>(elements: &mut [T], mask: &[T]) {
    for (element, &factor) in elements.iter_mut().zip(mask) {
        *element *= factor;
    }
}

/// The layout of a call whose shapes fit.
pub(super) fn layout_of_call<T>(
    config: &RnnConfig,
    input: &[usize],
    states: [&Option<ArrayViewD<'_, T>>; 2],
) -> Result<Layout, GruError> {
    let [h_0, c_0] = states.map(|state| state.as_ref().map(ArrayViewD::shape));
    let (h_out, hidden) = (config.state_size(), config.base.hidden_size);
    let states: &[_] = match config.mode {
        Mode::Lstm => &[("hidden[0]", h_0, h_out), ("hidden[1]", c_0, hidden)],
        Mode::Tanh | Mode::Relu if c_0.is_some() => return Err(GruError::NoCellState),
        Mode::Tanh | Mode::Relu => &[("hidden", h_0, h_out)],
    };
    Layout::of_call(config.mode.module(), &config.base, input, states)
}
