use std::mem;
use std::ops::Range;

use ndarray::{ArrayD, ArrayViewD, CowArray, IxDyn};

use super::sequence::{Layout, Sequence, row_major, shaped};
use super::{Gru, GruConfig, GruError, Real, Trace};
use crate::cost::{Cost, LIMIT_BYTES};

/// What a call of a module gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Output<T> {
    /// The last layer's hidden state after every step, both directions side by side: (L, N, D*`H_out`),
    /// (N, L, D*`H_out`) or (L, D*`H_out`); contiguous.
    pub output: ArrayD<T>,
    /// Every layer's and direction's last hidden state: (D*`num_layers`, N, `H_out`) or
    /// (D*`num_layers`, `H_out`); contiguous. The reverse direction's last is that of step 0.
    pub h_n: ArrayD<T>,
    /// Every gate, if asked for.
    pub trace: Option<Trace<T>>,
}

/// How far a run is, in multiply-adds of matrix products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Done so far.
    pub done: u64,
    /// Of the whole run.
    pub total: u64,
}

impl Progress {
    /// Whether nothing is left to do.
    pub fn is_complete(&self) -> bool {
        self.done == self.total
    }
}

/// A forward pass that is advanced piece by piece, so that a caller can report progress or drop it.
#[derive(Debug)]
pub struct ForwardRun<T> {
    gru: Gru<T>,
    layout: Layout,
    /// What the current layer reads.
    input: Sequence<T>,
    /// What the current layer has written; the row of the step before is the state that a step reads.
    output: Sequence<T>,
    /// `h_0`, overwritten by `h_n` as each layer and direction ends: (D*`num_layers`, N, H).
    state: Vec<T>,
    trace: Option<Trace<T>>,
    next: Cursor,
    progress: Progress,
}

/// The next piece of work.
#[derive(Debug, Clone, Copy, Default)]
struct Cursor {
    layer: usize,
    direction: usize,
    /// Steps complete in this layer and direction.
    steps: usize,
    /// Units of the hidden state complete in this step.
    units: usize,
}

impl<T: Real> ForwardRun<T> {
    /// A run of `gru(input, h_0)` with nothing done yet; an owned input is taken, not copied.
    ///
    /// # Errors
    /// As [`Gru::forward`].
    pub fn new<'a>(
        gru: &Gru<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Self, GruError> {
        Self::prepare(gru, input.into(), h_0, None)
    }

    /// The same, keeping every gate.
    ///
    /// # Errors
    /// As [`Gru::forward_traced`].
    pub fn traced<'a>(
        gru: &Gru<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Self, GruError> {
        Self::prepare(gru, input.into(), h_0, Some(Trace::zeros))
    }

    fn prepare(
        gru: &Gru<T>,
        input: CowArray<'_, T, IxDyn>,
        h_0: Option<ArrayViewD<'_, T>>,
        trace: Option<fn(&GruConfig, Layout) -> Trace<T>>,
    ) -> Result<Self, GruError> {
        let config = gru.config();
        let layout = Layout::of_input(config, input.shape())?;
        let state_shape = layout.state_shape(config);
        if let Some(got) = h_0.as_ref().map(ArrayViewD::shape).filter(|&got| got != state_shape) {
            return Err(GruError::HiddenShape { expected: state_shape, got: got.to_vec() });
        }
        if layout.steps == 0 {
            return Err(GruError::EmptySequence);
        }
        let cost = |batch: usize| Cost::of(config, layout.steps as u64, batch as u64, T::BYTES);
        // An empty batch costs nothing, but its other axes must be addressable all the same.
        let at_least = cost(layout.batch.max(1));
        let needed = if trace.is_some() { at_least.traced_bytes() } else { at_least.forward_bytes() };
        needed.within(LIMIT_BYTES)?;

        let output_size = (config.directions() * config.hidden_size) as usize;
        Ok(ForwardRun {
            gru: gru.clone(),
            layout,
            input: Sequence::new(layout, config.input_size as usize, contiguous(input)),
            output: Sequence::zeros(layout, output_size),
            state: match h_0 {
                Some(h_0) => contiguous(h_0.into()),
                None => vec![T::zero(); state_shape.iter().product()],
            },
            trace: trace.map(|zeros| zeros(config, layout)),
            next: Cursor::default(),
            progress: Progress {
                done: 0,
                total: cost(layout.batch).multiply_adds.total().to_u64().unwrap_or(u64::MAX),
            },
        })
    }

    /// How far the run is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Does about `multiply_adds` more of the work: at least one unit of the hidden state of one step.
    pub fn advance(&mut self, multiply_adds: u64) -> Progress {
        let Progress { done, total } = self.progress;
        let goal = done.saturating_add(multiply_adds.max(1)).min(total);
        while self.progress.done < goal {
            self.advance_within_step(goal - self.progress.done);
        }
        self.progress
    }

    /// Does what is left and gives the result.
    pub fn finish(mut self) -> Output<T> {
        self.advance(u64::MAX);
        Output {
            output: self.output.into_array(),
            h_n: shaped(self.layout.state_shape(self.gru.config()), self.state),
            trace: self.trace,
        }
    }

    fn advance_within_step(&mut self, multiply_adds: u64) {
        let hidden = self.hidden_size();
        let of_one_unit = 3 * ((self.input.features() + hidden) * self.layout.batch) as u64;
        let units_wanted = (multiply_adds / of_one_unit).clamp(1, hidden as u64) as usize;
        let units = self.next.units..hidden.min(self.next.units + units_wanted);

        self.compute(units.clone());
        self.progress.done += of_one_unit * units.len() as u64;
        self.next.units = units.end;
        if units.end == hidden {
            self.end_step();
        }
    }

    /// Computes some units of the hidden state of every sample for the current step.
    fn compute(&mut self, units: Range<usize>) {
        let Cursor { layer, direction, steps, .. } = self.next;
        let (t, t_before) = (self.time(steps), steps.checked_sub(1).map(|steps| self.time(steps)));
        let cell_index = self.cell_index();
        let side = self.side();
        let cell = self.gru.parameters().cell(cell_index);
        for j in units {
            for b in 0..self.layout.batch {
                let h_prev = match t_before {
                    Some(t_before) => &self.output.row(t_before, b)[side.clone()],
                    None => &self.state[state_row(cell_index, b, self.layout.batch, side.len())],
                };
                let gates = cell.unit(j, self.input.row(t, b), h_prev);
                self.output.row_mut(t, b)[side.start + j] = gates.h;
                if let Some(trace) = &mut self.trace {
                    trace.keep([layer, direction], [t, b, j], &gates);
                }
            }
        }
    }

    fn end_step(&mut self) {
        self.next = Cursor { steps: self.next.steps + 1, units: 0, ..self.next };
        if self.next.steps == self.layout.steps {
            self.end_direction();
        }
    }

    fn end_direction(&mut self) {
        let (cell_index, side, batch) = (self.cell_index(), self.side(), self.layout.batch);
        let t_last = self.time(self.layout.steps - 1);
        for b in 0..batch {
            let h_n = &self.output.row(t_last, b)[side.clone()];
            self.state[state_row(cell_index, b, batch, side.len())].copy_from_slice(h_n);
        }
        self.next = Cursor { direction: self.next.direction + 1, steps: 0, ..self.next };
        if self.next.direction == self.directions() {
            self.end_layer();
        }
    }

    fn end_layer(&mut self) {
        self.next = Cursor { layer: self.next.layer + 1, direction: 0, ..self.next };
        if !self.progress.is_complete() {
            // The old input goes before a new output comes: at most two sequences exist at once.
            self.input = mem::replace(&mut self.output, Sequence::empty(self.layout));
            self.output = Sequence::zeros(self.layout, self.input.features());
        }
    }

    fn hidden_size(&self) -> usize {
        self.gru.config().hidden_size as usize
    }

    fn directions(&self) -> usize {
        self.gru.config().directions() as usize
    }

    /// The place of the current layer and direction in the state's first axis.
    fn cell_index(&self) -> usize {
        self.next.layer * self.directions() + self.next.direction
    }

    /// The current direction's part of an output row.
    fn side(&self) -> Range<usize> {
        let start = self.next.direction * self.hidden_size();
        start..start + self.hidden_size()
    }

    /// The input's step that the current direction reads after `steps` others.
    fn time(&self, steps: usize) -> usize {
        if self.next.direction == 0 { steps } else { self.layout.steps - 1 - steps }
    }
}

/// Where the state of one sample lies in (D*`num_layers`, N, H).
pub(super) fn state_row(cell_index: usize, b: usize, batch: usize, hidden: usize) -> Range<usize> {
    let start = (cell_index * batch + b) * hidden;
    start..start + hidden
}

/// The elements in row-major order; those of an owned array in that order are taken, not copied.
pub(super) fn contiguous<T: Real>(array: CowArray<'_, T, IxDyn>) -> Vec<T> {
    let len = array.len();
    match array.try_into_owned_nocopy() {
        Ok(array) if array.is_standard_layout() => {
            let (mut data, offset) = array.into_raw_vec_and_offset();
            // An owned array may have been cut out of a larger one.
            data.drain(..offset.unwrap_or(0));
            data.truncate(len);
            data
        }
        Ok(array) => row_major(&array.view()),
        Err(borrowed) => row_major(&borrowed.view()),
    }
}
