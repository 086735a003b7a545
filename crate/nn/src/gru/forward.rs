use std::any::Any;
use std::mem;
use std::ops::Range;

use ndarray::{ArrayD, ArrayViewD, CowArray, IxDyn};

use super::kernel::{self, Call, KernelBytes, Pass};
use super::memory::Memory;
use super::sequence::{Layout, Sequence, row_major, shaped};
use super::trace::{Keep, TracePlace};
use super::walk::Walk;
use super::{DropoutMask, Gru, GruError, Real, Reset, Trace, Variant};
use crate::cost::{Cost, Count, LIMIT_BYTES};

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
    /// `r * h` of this step where the reset comes before the matrix product: (N, H); else empty.
    reset: Vec<T>,
    /// Its units are those of the hidden state, before them those of `reset`.
    walk: Walk,
    /// In training mode, what drops elements between layers.
    mask: Option<DropoutMask<T>>,
    progress: Progress,
    /// In float32, where this is what does the work; else it is done unit by unit.
    kernel: Option<Box<Pass>>,
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
        Self::prepare(gru, input.into(), h_0, Keep::Nothing, None, &mut Memory::default())
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
        Self::prepare(gru, input.into(), h_0, Keep::Every, None, &mut Memory::default())
    }

    /// The same, keeping the gates of one sample in one layer and direction: what somebody looks at costs no more than
    /// that.
    ///
    /// # Errors
    /// As [`Gru::forward_traced`]; [`GruError::NoPlace`].
    pub fn traced_at<'a>(
        gru: &Gru<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
        place: TracePlace,
    ) -> Result<Self, GruError> {
        Self::prepare(gru, input.into(), h_0, Keep::One(place), None, &mut Memory::default())
    }

    /// A run in training mode, dropping what the mask says.
    ///
    /// # Errors
    /// As [`Gru::forward_training`].
    pub fn training<'a>(
        gru: &Gru<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
        mask: &DropoutMask<T>,
    ) -> Result<Self, GruError> {
        Self::prepare(gru, input.into(), h_0, Keep::Nothing, Some(mask), &mut Memory::default())
    }

    /// The same, keeping every gate.
    ///
    /// # Errors
    /// As [`Gru::forward_training`]; the trace counts against the limit.
    pub fn training_traced<'a>(
        gru: &Gru<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
        mask: &DropoutMask<T>,
    ) -> Result<Self, GruError> {
        Self::prepare(gru, input.into(), h_0, Keep::Every, Some(mask), &mut Memory::default())
    }

    /// A run from a zero state that keeps every gate, in training mode if there is a mask, in the memory of earlier
    /// passes.
    ///
    /// # Errors
    /// A [`GruError`] for a call that does not fit, or more memory than the limit.
    pub fn traced_in(
        memory: &mut Memory<T>,
        gru: &Gru<T>,
        input: CowArray<'_, T, IxDyn>,
        mask: Option<&DropoutMask<T>>,
    ) -> Result<Self, GruError> {
        Self::prepare(gru, input, None, Keep::Every, mask, memory)
    }

    fn prepare(
        gru: &Gru<T>,
        input: CowArray<'_, T, IxDyn>,
        h_0: Option<ArrayViewD<'_, T>>,
        keep: Keep,
        mask: Option<&DropoutMask<T>>,
        memory: &mut Memory<T>,
    ) -> Result<Self, GruError> {
        let config = gru.config();
        let h_0_shape = h_0.as_ref().map(ArrayViewD::shape);
        let states = [("hidden", h_0_shape, config.hidden_size)];
        let layout = Layout::of_call("GRU", config, input.shape(), &states)?;
        let state_shape = layout.state_shape(config);
        // An empty batch costs nothing, but its other axes must be addressable all the same.
        let at_least = Cost::of(config, layout.steps as u64, layout.batch.max(1) as u64, T::BYTES);
        let needed = match keep {
            Keep::Nothing => at_least.forward_bytes(),
            Keep::Every => at_least.traced_bytes(),
            Keep::One(place) => {
                let has_cell =
                    (place.layer as u64) < config.num_layers && place.reverse <= config.bidirectional;
                if !has_cell || place.sample >= layout.batch {
                    return Err(GruError::NoPlace);
                }
                at_least.traced_at_bytes()
            }
        };
        if let Some(mask) = mask {
            (needed + at_least.dropout_bytes()).within(LIMIT_BYTES)?;
            mask.check(config, layout)?;
        }
        needed.within(LIMIT_BYTES)?;

        memory.fit(config.plan(), layout);
        let hidden = config.hidden_size as usize;
        let resets = if gru.variant().reset == Reset::BeforeProduct { hidden } else { 0 };
        let output_size = (config.directions() * config.hidden_size) as usize;
        let written = layout.steps * layout.batch * output_size;
        // The second layer writes where the first one read.
        let room = if config.num_layers > 1 { written } else { 0 };
        Ok(ForwardRun {
            kernel: if kernel::COMPILED { pass(gru, layout, needed, memory) } else { None },
            gru: gru.clone(),
            layout,
            input: Sequence::new(layout, config.input_size as usize, memory.contiguous(room, input)),
            output: Sequence::new(layout, output_size, memory.zeros(written)),
            state: match h_0 {
                Some(h_0) => memory.contiguous(0, h_0.into()),
                None => memory.zeros(state_shape.iter().product()),
            },
            trace: memory
                .trace
                .take_if(|_| keep == Keep::Every)
                .or_else(|| Trace::zeros(keep, config, layout)),
            reset: memory.zeros(layout.batch * resets),
            walk: Walk::new(&config.plan(), layout.steps, hidden + resets),
            mask: mask.cloned(),
            progress: Progress {
                done: 0,
                total: match layout.batch {
                    0 => 0,
                    _ => at_least.multiply_adds.total().to_u64().unwrap_or(u64::MAX),
                },
            },
        })
    }

    /// The same over samples of so many steps each, at least 1, in the input's order.
    #[must_use]
    pub fn with_lengths(mut self, lengths: Vec<usize>) -> Self {
        self.walk = self.walk.with_lengths(lengths);
        self.by_equations()
    }

    /// The same unit by unit, as the equations stand: the reference that the kernels are held to. A run in
    /// float32 of `PyTorch`'s GRU uses them otherwise; any other does not.
    ///
    /// # Panics
    /// If the run has begun.
    #[must_use]
    pub fn by_equations(mut self) -> Self {
        assert_eq!(self.progress.done, 0, "a run that has not begun");
        self.kernel = None;
        self
    }

    /// How far the run is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Does about `multiply_adds` more of the work: at least one unit of the hidden state of one step, of the kernels
    /// four.
    pub fn advance(&mut self, multiply_adds: u64) -> Progress {
        let Progress { done, total } = self.progress;
        let goal = done.saturating_add(multiply_adds.max(1)).min(total);
        while self.progress.done < goal {
            let left = goal - self.progress.done;
            let with_kernel: Option<&mut ForwardRun<f32>> = (self as &mut dyn Any).downcast_mut();
            if !(kernel::COMPILED && with_kernel.is_some_and(|run| run.advance_by_kernel(left))) {
                self.advance_within_step(left);
            }
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

    /// What the last layer wrote, of a run that is over.
    pub fn output(&self) -> &Sequence<T> {
        &self.output
    }

    /// Gives a run that is over up for its trace, and leaves its memory to the next.
    pub fn leave(self, memory: &mut Memory<T>) -> Option<Trace<T>> {
        memory.keep([self.input, self.output].map(Sequence::into_elements));
        memory.keep([self.state, self.reset]);
        memory.forward = self.kernel;
        self.trace
    }

    fn advance_within_step(&mut self, multiply_adds: u64) {
        let of_row = ((self.input.features() + self.hidden_size()) * self.layout.batch) as u64;
        let units = self.walk.units(multiply_adds / (3 * of_row));
        // A unit of the state takes the three gates' rows; where the reset comes first, that takes one of them.
        let resets = self.resets();
        let rows = match resets {
            0 => 3 * units.len(),
            _ => {
                units.end.min(resets).saturating_sub(units.start)
                    + 2 * units.end.saturating_sub(units.start.max(resets))
            }
        };

        self.compute(units.clone());
        self.progress.done += of_row * rows as u64;
        if self.walk.end_units(units.end) {
            self.end_direction();
        }
    }

    /// Computes some units of the hidden state of every sample for the current step.
    fn compute(&mut self, units: Range<usize>) {
        let walk = &self.walk;
        let (cell_index, side) = (walk.cell(), walk.side(self.hidden_size()));
        let cell = self.gru.parameters().cell(cell_index);
        let (variant, resets, hidden) = (self.gru.variant(), self.resets(), side.len());
        for j in units {
            for b in 0..self.layout.batch {
                let Some(t) = walk.time(b) else { continue };
                let h_prev = match walk.time_before(b) {
                    Some(t_before) => &self.output.row(t_before, b)[side.clone()],
                    None => &self.state[state_row(cell_index, b, self.layout.batch, side.len())],
                };
                let x = self.input.row(t, b);
                let Some(j) = j.checked_sub(resets) else {
                    self.reset[b * hidden + j] = cell.reset(j, x, h_prev);
                    continue;
                };
                let gates = if variant == Variant::default() {
                    cell.unit(j, x, h_prev)
                } else {
                    cell.unit_of(variant, j, x, h_prev, &self.reset[b * resets..][..resets])
                };
                self.output.row_mut(t, b)[side.start + j] = gates.h;
                if let Some(trace) = &mut self.trace {
                    trace.keep([walk.layer, walk.direction], [t, b, j], &gates);
                }
            }
        }
    }

    fn end_direction(&mut self) {
        let (cell_index, side, batch) =
            (self.walk.cell(), self.walk.side(self.hidden_size()), self.layout.batch);
        for b in 0..batch {
            let h_n = &self.output.row(self.walk.time_last(b), b)[side.clone()];
            self.state[state_row(cell_index, b, batch, side.len())].copy_from_slice(h_n);
        }
        if self.walk.end_direction() {
            self.end_layer(self.walk.layer);
        }
    }

    /// Prepares the layer above.
    fn end_layer(&mut self, layer: usize) {
        if !self.progress.is_complete() {
            // The old input goes before a new output comes: at most two sequences exist at once.
            mem::swap(&mut self.input, &mut self.output);
            self.output.renew(self.input.features());
            self.drop_out(layer - 1);
        }
    }

    /// Multiplies what a layer has written by its mask.
    fn drop_out(&mut self, layer: usize) {
        let Some(mask) = &self.mask else { return };
        for t in 0..self.layout.steps {
            for b in 0..self.layout.batch {
                for (element, &factor) in self.input.row_mut(t, b).iter_mut().zip(mask.row(layer, t, b)) {
                    *element *= factor;
                }
            }
        }
    }

    /// Units that come before those of the hidden state.
    fn resets(&self) -> usize {
        match self.gru.variant().reset {
            Reset::AfterProduct => 0,
            Reset::BeforeProduct => self.hidden_size(),
        }
    }

    fn hidden_size(&self) -> usize {
        self.gru.config().hidden_size as usize
    }
}

impl ForwardRun<f32> {
    /// Does a piece of the work by the kernels, if the run has them.
    fn advance_by_kernel(&mut self, multiply_adds: u64) -> bool {
        let Some(pass) = &mut self.kernel else { return false };
        let mut call = Call {
            gru: &self.gru,
            input: &self.input,
            output: &mut self.output,
            state: &mut self.state,
            trace: self.trace.as_mut(),
        };
        let piece = pass.advance(multiply_adds, &mut call);
        let layer = pass.layer();
        self.progress.done += piece.multiply_adds;
        if piece.ends_layer {
            self.end_layer(layer);
        }
        true
    }
}

/// The kernels' pass for a module that they know, if what it adds to what is needed anyway leaves it within the limit.
fn pass<T: Real>(gru: &Gru<T>, layout: Layout, needed: Count, memory: &mut Memory<T>) -> Option<Box<Pass>> {
    let gru: &Gru<f32> = (gru as &dyn Any).downcast_ref()?;
    let KernelBytes { panels, scratch, .. } = KernelBytes::of(gru.config(), layout.steps, layout.batch);
    let fits = (needed + Count::from(panels + scratch)).within(LIMIT_BYTES).is_ok();
    if !fits || gru.variant() != Variant::default() {
        return None;
    }
    let Some(mut left) = memory.forward.take() else {
        return Some(Box::new(Pass::new(gru.config(), layout)));
    };
    left.restart();
    Some(left)
}

/// Where the state of one sample lies in (D*`num_layers`, N, H).
pub fn state_row(cell_index: usize, b: usize, batch: usize, hidden: usize) -> Range<usize> {
    let start = (cell_index * batch + b) * hidden;
    start..start + hidden
}

/// The elements in row-major order; those of an owned array in that order are taken, not copied.
pub fn contiguous<T: Real>(array: CowArray<'_, T, IxDyn>) -> Vec<T> {
    owned(array).unwrap_or_else(|array| row_major(&array.view()))
}

/// The elements of an owned array in row-major order, or else the array.
pub(super) fn owned<T: Real>(array: CowArray<'_, T, IxDyn>) -> Result<Vec<T>, CowArray<'_, T, IxDyn>> {
    let len = array.len();
    match array.try_into_owned_nocopy() {
        Ok(array) if array.is_standard_layout() => {
            let (mut data, offset) = array.into_raw_vec_and_offset();
            // An owned array may have been cut out of a larger one.
            data.drain(..offset.unwrap_or(0));
            data.truncate(len);
            Ok(data)
        }
        Ok(array) => Err(array.into()),
        Err(borrowed) => Err(borrowed),
    }
}
