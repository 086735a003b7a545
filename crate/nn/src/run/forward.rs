use std::mem;
use std::ops::Range;

use ndarray::{ArrayViewD, CowArray, IxDyn};
use num::Real;

use super::{CallOptions, Checked, Output, Progress, check, check_mask, drop_out, next_units};
use crate::cells::{Cell, Read, Work};
use crate::dropout::DropoutMask;
use crate::error::RecurrentError;
use crate::kernels::{Forward, ForwardKernel, Pass, forward_kernel};
use crate::memory::Memory;
use crate::module::Module;
use crate::parameters::StepStage;
use crate::sequence::{Layout, Sequence, shaped, state_row};
use crate::trace::{Keep, Trace};
use crate::walk::Walk;

/// A forward pass that is advanced piece by piece, so that a caller can report progress or drop it.
#[derive(Debug)]
pub struct ForwardRun<T> {
    module: Module<T>,
    layout: Layout,
    /// What the current layer reads.
    input: Sequence<T>,
    /// What the current layer has written; the row of the step before is the state that a step reads.
    output: Sequence<T>,
    /// `h_0`, overwritten by `h_n` as each layer and direction ends: (D*`num_layers`, N, R).
    h: Vec<T>,
    /// `c_0`, overwritten by each step: (D*`num_layers`, N, H); empty without a cell state.
    c: Vec<T>,
    /// What the units of this step make for one another: (N, H), or empty.
    made: Vec<T>,
    trace: Option<Trace<T>>,
    walk: Walk,
    /// In training mode, what drops elements between layers.
    mask: Option<DropoutMask<T>>,
    progress: Progress,
    pass: Pass<ForwardKernel<T>>,
}

impl<T: Real> ForwardRun<T> {
    /// A run of `module(input, ...)` with nothing done yet; an owned input is taken, not copied.
    ///
    /// # Errors
    /// A [`RecurrentError`] for shapes that do not fit, an empty sequence, a place that is not there, or more memory than the
    /// limit; a trace and a mask count against it.
    pub fn new<'a>(
        module: &impl AsRef<Module<T>>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        options: CallOptions<'_, T>,
    ) -> Result<Self, RecurrentError> {
        Self::new_in(&mut Memory::default(), module, input, options)
    }

    /// The same in the memory of earlier passes.
    ///
    /// # Errors
    /// As [`ForwardRun::new`].
    pub fn new_in<'a>(
        memory: &mut Memory<T>,
        module: &impl AsRef<Module<T>>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        options: CallOptions<'_, T>,
    ) -> Result<Self, RecurrentError> {
        let (module, input) = (module.as_ref(), input.into());
        let plan = module.plan();
        let checked = check(plan, input.shape(), &options)?;
        let Checked { layout, ref cost, .. } = checked;
        let CallOptions { h_0, c_0, keep, mask, lengths } = options;
        let needed = match keep {
            Keep::Nothing => cost.forward_bytes(),
            Keep::Every => cost.traced_bytes(),
            Keep::One(place) => {
                let has_cell =
                    (place.layer as u64) < plan.num_layers && u64::from(place.reverse) < plan.directions;
                if !has_cell || place.sample >= layout.batch {
                    return Err(RecurrentError::NoPlace);
                }
                cost.traced_at_bytes()
            }
        };
        let needed = check_mask(mask, plan, &checked, needed)?;

        memory.fit_call(*plan, layout);
        let kernels = module.kernels(layout, needed, |bytes| bytes.panels + bytes.scratch);
        let kernels = kernels.filter(|_| lengths.is_none()).and_then(|sizes| match memory.forward.take() {
            None => forward_kernel(sizes),
            Some(mut left) => {
                left.restart();
                Some(left)
            }
        });
        let output_size = (plan.directions * plan.state_size) as usize;
        let written = layout.steps * layout.batch * output_size;
        // The second layer writes where the first one read.
        let room = if plan.num_layers > 1 { written } else { 0 };
        let mut state = |given: Option<ArrayViewD<'_, T>>, features: u64| match given {
            Some(given) => memory.contiguous(0, given.into()),
            None => memory.zeros(plan.cells() * layout.batch * features as usize),
        };
        Ok(ForwardRun {
            h: state(h_0, plan.state_size),
            c: state(c_0, plan.cell_state_size()),
            pass: kernels.into(),
            module: module.clone(),
            layout,
            input: Sequence::new(layout, plan.input_size as usize, memory.contiguous(room, input)),
            output: Sequence::new(layout, output_size, memory.zeros(written)),
            trace: memory.trace.take_if(|_| keep == Keep::Every).or_else(|| Trace::zeros(keep, plan, layout)),
            made: memory.zeros(layout.batch * plan.made_size() as usize),
            walk: Walk::forward(plan, layout.steps, lengths.unwrap_or_default()),
            mask: mask.cloned(),
            progress: Progress { done: 0, total: checked.multiply_adds },
        })
    }

    /// The same unit by unit, as the equations stand: the reference that the kernels are held to. A run in
    /// float32 of `PyTorch`'s GRU uses them otherwise; any other does not.
    ///
    /// # Panics
    /// If the run has begun.
    #[must_use]
    pub fn by_equations(mut self) -> Self {
        assert_eq!(self.progress.done, 0, "a run that has not begun");
        self.pass = Pass::Equations;
        self
    }

    /// How far the run is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Does about `multiply_adds` more of the work: at least one unit of one step, of the kernels four.
    pub fn advance(&mut self, multiply_adds: u64) -> Progress {
        let Progress { done, total } = self.progress;
        let goal = done.saturating_add(multiply_adds.max(1)).min(total);
        while self.progress.done < goal {
            let left = goal - self.progress.done;
            match &mut self.pass {
                Pass::Equations => self.advance_within_step(left),
                Pass::Kernels(_) => self.advance_by_kernels(left),
            }
        }
        self.progress
    }

    /// Does what is left and gives the result.
    pub fn finish(mut self) -> Output<T> {
        self.advance(u64::MAX);
        let plan = self.module.plan();
        let shape = |features: u64| self.layout.states(plan.cells(), features as usize);
        Output {
            output: self.output.into_array(),
            h_n: shaped(shape(plan.state_size), self.h),
            c_n: plan.equations.has_cell_state().then(|| shaped(shape(plan.hidden_size), self.c)),
            trace: self.trace,
        }
    }

    /// What the last layer wrote, of a run that is over.
    pub fn output(&self) -> &Sequence<T> {
        &self.output
    }

    /// Gives a run that is over up for its trace, and leaves its memory to the next.
    pub fn leave_vectors(self, memory: &mut Memory<T>) -> Option<Trace<T>> {
        memory.keep_vectors([self.input, self.output].map(Sequence::into_elements));
        memory.keep_vectors([self.h, self.c, self.made]);
        memory.forward = self.pass.into_kernels();
        self.trace
    }

    fn advance_within_step(&mut self, multiply_adds: u64) {
        let plan = self.module.plan();
        let stages = plan.stages(self.input.features());
        let (stage, units, multiply_adds) = next_units(&self.walk, stages, self.layout.batch, multiply_adds);
        let equations = plan.equations;
        equations.apply(CellStep { run: self, stage, units: units.clone() });
        self.walk.units_done += units.len();
        self.progress.done += multiply_adds;
        if self.walk.units_done == stages.iter().map(|&(_, units, _)| units).sum() {
            self.end_step();
        }
    }

    fn end_step(&mut self) {
        if self.walk.is_last_step() {
            let state_size = self.module.plan().state_size as usize;
            let (index, side, batch) = (self.walk.cell(), self.walk.side(state_size), self.layout.batch);
            for b in 0..batch {
                let h_n = &self.output.row(self.walk.time_last(b), b)[side.clone()];
                self.h[state_row(index, b, batch, state_size)].copy_from_slice(h_n);
            }
        }
        if self.walk.end_step() {
            self.end_layer(self.walk.layer);
        }
    }

    /// Prepares the layer above.
    fn end_layer(&mut self, layer: usize) {
        if !self.progress.is_complete() {
            // The old input goes before a new output comes: at most two sequences exist at once.
            mem::swap(&mut self.input, &mut self.output);
            self.output.fill_zeros(self.input.features());
            drop_out(&mut self.input, self.mask.as_ref(), self.layout, layer - 1);
        }
    }

    /// Does a piece of the work by the kernels.
    fn advance_by_kernels(&mut self, multiply_adds: u64) {
        let Pass::Kernels(pass) = &mut self.pass else { return };
        let call = Forward {
            module: &self.module,
            input: &self.input,
            output: &mut self.output,
            state: &mut self.h,
            trace: self.trace.as_mut(),
        };
        let piece = pass.advance(multiply_adds, call);
        let layer = pass.layer();
        self.progress.done += piece.multiply_adds;
        if piece.ends_layer {
            self.end_layer(layer);
        }
    }
}

/// Some units of one stage, of every sample for the current step.
struct CellStep<'a, T> {
    run: &'a mut ForwardRun<T>,
    stage: StepStage,
    units: Range<usize>,
}

impl<T: Real> Work<T> for CellStep<'_, T> {
    type Output = ();

    fn with<C: Cell<T>>(self, cell: &C) {
        let ForwardRun { module, layout, input, output, h, c, made, trace, walk, .. } = self.run;
        let (index, batch) = (walk.cell(), layout.batch);
        let weights = module.parameters().weights(index);
        let (side, hidden) = (walk.side(module.plan().state_size as usize), weights.hidden_size);
        let at = [walk.layer, walk.direction];
        let projects = !weights.weight_hr.is_empty();
        for j in self.units {
            for b in 0..batch {
                let Some(t) = walk.time(b) else { continue };
                let of_sample = b * hidden;
                let read = Read {
                    weights,
                    x: input.row(t, b),
                    h_prev: match walk.time_before(b) {
                        Some(t_before) => &output.row(t_before, b)[side.clone()],
                        None => &h[state_row(index, b, batch, side.len())],
                    },
                    made: made.get(of_sample..of_sample + hidden).unwrap_or_default(),
                };
                match self.stage {
                    StepStage::Before => made[of_sample + j] = cell.before(j, &read),
                    StepStage::Unit => {
                        let mut no_state = T::zero();
                        let c = c.get_mut((index * batch + b) * hidden + j).unwrap_or(&mut no_state);
                        let unit = cell.unit(j, &read, c);
                        let unit = unit.as_ref();
                        let h = unit[unit.len() - 1];
                        if projects {
                            made[of_sample + j] = h;
                        } else {
                            output.row_mut(t, b)[side.start + j] = h;
                        }
                        if let Some(trace) = trace {
                            trace.keep_unit(at, [t, b, j], unit);
                        }
                    }
                    StepStage::After => {
                        let h = cell.after(j, &read);
                        output.row_mut(t, b)[side.start + j] = h;
                        if let Some(trace) = trace {
                            trace.keep_projected(at, [t, b, j], h);
                        }
                    }
                }
            }
        }
    }
}
