use std::mem;
use std::ops::Range;

use ndarray::{ArrayD, ArrayViewD, CowArray, IxDyn};
use num::Real;

use super::{CallOptions, Checked, Progress, check, check_mask, drop_out, multiply, next_units};
use crate::cells::{Cell, Inverse, OfState, Read, Work};
use crate::dropout::DropoutMask;
use crate::error::RecurrentError;
use crate::kernels::{Backward, BackwardKernel, Pass, backward_kernel};
use crate::memory::Memory;
use crate::module::Module;
use crate::parameters::{StateDict, StepStage};
use crate::sequence::{Layout, Sequence, shaped, state_row};
use crate::trace::Trace;
use crate::walk::Walk;

/// The gradients of a loss by what a call gave; an absent one is zero.
#[derive(Debug, Clone)]
pub struct Upstream<'a, T> {
    /// By `output`, of its shape.
    pub output: Option<ArrayViewD<'a, T>>,
    /// By `h_n`, of its shape.
    pub h_n: Option<ArrayViewD<'a, T>>,
    /// By an LSTM's `c_n`, of its shape.
    pub c_n: Option<ArrayViewD<'a, T>>,
}

impl<T> Default for Upstream<'_, T> {
    fn default() -> Self {
        Upstream { output: None, h_n: None, c_n: None }
    }
}

/// The gradients of a loss by what went into a call, each contiguous.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradients<T> {
    /// By every parameter, of its shape, with its name, in the order of the state dict.
    pub parameters: Vec<(String, ArrayD<T>)>,
    /// By the input, of its shape.
    pub input: ArrayD<T>,
    /// By `h_0`, of its shape; there even if none was given and zero stood for it.
    pub h_0: ArrayD<T>,
    /// By an LSTM's `c_0` likewise.
    pub c_0: Option<ArrayD<T>>,
}

/// A backward pass that is advanced piece by piece, so that a caller can report progress or drop it.
#[derive(Debug)]
pub struct BackwardRun<T> {
    module: Module<T>,
    layout: Layout,
    input: Sequence<T>,
    h_0: Vec<T>,
    /// Empty without a cell state, as is all that is of c.
    c_0: Vec<T>,
    trace: Trace<T>,
    /// In training mode, what the forward pass dropped between layers.
    mask: Option<DropoutMask<T>>,
    /// What the current layer read in the current step: (N, I).
    x: Vec<T>,
    /// What the units of the current step made for one another: (N, H), or empty.
    made: Vec<T>,
    /// By what the current layer wrote.
    grad_output: Sequence<T>,
    /// By what the current layer read.
    grad_input: Sequence<T>,
    /// Whether it is asked for in the first layer too; the kernels leave it out if not.
    wants_input: bool,
    /// By the state after the current step, and when a layer and direction ends, by its `h_0`:
    /// (D*`num_layers`, N, R).
    grad_h: Vec<T>,
    /// Likewise by the cell state, each unit of which is that before the step once it is done:
    /// (D*`num_layers`, N, H).
    grad_c: Vec<T>,
    /// By the state before the current step: (N, R).
    grad_h_prev: Vec<T>,
    /// By what the units of this step made: (N, H), or empty.
    grad_made: Vec<T>,
    grad_parameters: StateDict<T>,
    walk: Walk,
    progress: Progress,
    pass: Pass<BackwardKernel<T>>,
}

impl<T: Real> BackwardRun<T> {
    /// A backward pass with nothing done yet over the call of the module that had these arguments and left this trace.
    ///
    /// # Errors
    /// As [`ForwardRun::new`](super::ForwardRun::new); [`RecurrentError::GradientShape`] and [`RecurrentError::TraceShape`].
    pub fn new<'a>(
        module: &impl AsRef<Module<T>>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        options: CallOptions<'_, T>,
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Self, RecurrentError> {
        Self::new_in(&mut Memory::default(), module, input, options, trace, upstream)
    }

    /// The same in the memory of earlier passes. What it starts from may be changed by
    /// [`BackwardRun::grad_output_mut`].
    ///
    /// # Errors
    /// As [`BackwardRun::new`].
    pub fn new_in<'a>(
        memory: &mut Memory<T>,
        module: &impl AsRef<Module<T>>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        options: CallOptions<'_, T>,
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Self, RecurrentError> {
        let (module, input) = (module.as_ref(), input.into());
        let plan = module.plan();
        let has_c = plan.equations.has_cell_state();
        if !has_c && upstream.c_n.is_some() {
            return Err(RecurrentError::NoCellState);
        }
        let checked = check(plan, input.shape(), &options)?;
        let Checked { layout, ref cost, .. } = checked;
        let [h_shape, c_shape] = [plan.state_size, plan.hidden_size]
            .map(|features| layout.states(plan.cells(), features as usize));
        let CallOptions { h_0, c_0, mask, lengths, .. } = options;
        let needed = check_mask(mask, plan, &checked, cost.trained_bytes())?;
        trace.check(plan, layout)?;

        let [input_size, state_size, layers, directions] =
            [plan.input_size, plan.state_size, plan.num_layers, plan.directions].map(|size| size as usize);
        let output_size = directions * state_size;
        let reads = if layers == 1 || layout.batch == 0 { input_size } else { output_size };
        memory.fit_call(*plan, layout);
        // The panels of the forward pass are still there.
        let kernels = module
            .kernels(layout, needed, |bytes| bytes.panels + bytes.backward_panels + bytes.backward_scratch);
        let kernels = kernels.filter(|_| lengths.is_none()).and_then(|sizes| match memory.backward.take() {
            None => backward_kernel(sizes),
            Some(mut left) => {
                left.restart();
                Some(left)
            }
        });
        let rows = layout.steps * layout.batch;
        // From layer to layer the two change places; one of them ends as the input's.
        let [room, other] = if layers % 2 == 0 { [rows * input_size, 0] } else { [0, rows * input_size] };
        let grad_output =
            memory.elements_or_zero(room, "output", &layout.shape(output_size), upstream.output)?;
        let grad_input = memory.zeros_within(other, rows * reads);
        let made = layout.batch * plan.made_size() as usize;
        let mut of_c =
            |of, c| if has_c { memory.elements_or_zero(0, of, &c_shape, c) } else { Ok(Vec::new()) };
        Ok(BackwardRun {
            c_0: of_c("c_0", c_0)?,
            grad_c: of_c("c_n", upstream.c_n)?,
            input: Sequence::new(layout, input_size, memory.contiguous(0, input)),
            h_0: memory.elements_or_zero(0, "h_0", &h_shape, h_0)?,
            trace,
            mask: mask.cloned(),
            grad_output: Sequence::new(layout, output_size, grad_output),
            grad_input: Sequence::new(layout, reads, grad_input),
            wants_input: true,
            grad_h: memory.elements_or_zero(0, "h_n", &h_shape, upstream.h_n)?,
            x: memory.room(layout.batch * reads.max(input_size)),
            made: memory.zeros(made),
            grad_h_prev: memory.zeros(layout.batch * state_size),
            grad_made: memory.zeros(made),
            grad_parameters: match memory.gradients.take() {
                None => StateDict::zeros(plan),
                Some(mut gradients) => {
                    gradients.clear();
                    gradients
                }
            },
            walk: Walk::backward(plan, layout.steps, lengths.unwrap_or_default()),
            progress: Progress { done: 0, total: checked.multiply_adds.saturating_mul(2) },
            pass: kernels.into(),
            layout,
            module: module.clone(),
        })
    }

    /// The same unit by unit, as the equations stand: the reference that the kernels are held to.
    ///
    /// # Panics
    /// If the run has begun.
    #[must_use]
    pub fn by_equations(mut self) -> Self {
        assert_eq!(self.progress.done, 0, "a run that has not begun");
        self.pass = Pass::Equations;
        self
    }

    /// How far the run is: two multiply-adds for each of the forward pass.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Does about `multiply_adds` more of the work: at least one unit of one step, of the kernels twelve.
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
    pub fn finish(mut self) -> Gradients<T> {
        self.advance(u64::MAX);
        let plan = self.module.plan();
        let names = plan.parameters().map(|spec| plan.name(&spec));
        let shape = |features: u64| self.layout.states(plan.cells(), features as usize);
        Gradients {
            parameters: names.zip(self.grad_parameters.into_tensors()).collect(),
            input: self.grad_input.into_array(),
            h_0: shaped(shape(plan.state_size), self.grad_h),
            c_0: plan.equations.has_cell_state().then(|| shaped(shape(plan.hidden_size), self.grad_c)),
        }
    }

    /// The same without the gradient by the input, which has no meaning then; the work still counts as done.
    #[must_use]
    pub fn without_input(mut self) -> Self {
        self.wants_input = false;
        self
    }

    /// By `output`, to be changed before the run begins.
    pub fn grad_output_mut(&mut self) -> &mut Sequence<T> {
        &mut self.grad_output
    }

    /// By the input, of a run that is over: its elements, in the input's order.
    pub fn grad_input(&self) -> &[T] {
        self.grad_input.elements()
    }

    /// Gives a run that is over up, and leaves its memory to the next, the gradients among it.
    pub fn leave_vectors(self, memory: &mut Memory<T>) {
        memory.keep_vectors([self.input, self.grad_output, self.grad_input].map(Sequence::into_elements));
        memory.keep_vectors([self.h_0, self.c_0, self.grad_h, self.grad_c, self.x, self.grad_h_prev]);
        memory.keep_vectors([self.made, self.grad_made]);
        memory.trace = Some(self.trace);
        memory.gradients = Some(self.grad_parameters);
        memory.backward = self.pass.into_kernels();
    }

    fn advance_within_step(&mut self, multiply_adds: u64) {
        let plan = *self.module.plan();
        let stages = plan.stages(self.grad_input.features());
        let inverted = stages.map(|(stage, units, of_unit)| (stage, units, 2 * of_unit)).into_iter().rev();
        let (stage, units, multiply_adds) =
            next_units(&self.walk, inverted, self.layout.batch, multiply_adds);
        let begins = self.walk.units_done == 0;
        if begins {
            self.read_step();
        }
        plan.equations.apply(StepBack { run: self, stage, units: units.clone(), begins });
        self.walk.units_done += units.len();
        self.progress.done += multiply_adds;
        if self.walk.units_done == stages.iter().map(|&(_, units, _)| units).sum::<usize>() {
            self.end_step();
        }
    }

    /// Fetches what the current step read.
    fn read_step(&mut self) {
        let (layer, features) = (self.walk.layer, self.grad_input.features());
        self.x.clear();
        self.x.resize(self.layout.batch * features, T::zero());
        for (b, x) in self.x.chunks_exact_mut(features.max(1)).enumerate() {
            let Some(t) = self.walk.time(b) else { continue };
            let Some(below) = layer.checked_sub(1) else {
                x.copy_from_slice(self.input.row(t, b));
                continue;
            };
            let plan = self.module.plan();
            let directions = plan.directions as usize;
            for (direction, x) in x.chunks_exact_mut(plan.state_size as usize).enumerate() {
                x.copy_from_slice(self.trace.state_row(below * directions + direction, [t, b]));
            }
            if let Some(mask) = &self.mask {
                multiply(x, mask.row(below, t, b));
            }
        }
    }

    fn end_step(&mut self) {
        let (index, batch) = (self.walk.cell(), self.layout.batch);
        let state_size = self.module.plan().state_size as usize;
        for b in (0..batch).filter(|&b| self.walk.time(b).is_some()) {
            let state = &mut self.grad_h[state_row(index, b, batch, state_size)];
            state.copy_from_slice(&self.grad_h_prev[b * state_size..][..state_size]);
        }
        self.grad_h_prev.fill(T::zero());
        self.grad_made.fill(T::zero());
        if self.walk.end_step() {
            self.begin_layer(self.walk.layer);
        }
    }

    /// Goes down to a layer: what the one above read is what this one wrote.
    fn begin_layer(&mut self, layer: usize) {
        if !self.progress.is_complete() {
            let reads = if layer == 0 { self.input.features() } else { self.grad_input.features() };
            mem::swap(&mut self.grad_output, &mut self.grad_input);
            self.grad_input.fill_zeros(reads);
            // Inverts x = mask * output.
            drop_out(&mut self.grad_output, self.mask.as_ref(), self.layout, layer);
        }
    }

    /// Does a piece of the work by the kernels.
    fn advance_by_kernels(&mut self, multiply_adds: u64) {
        let Pass::Kernels(pass) = &mut self.pass else { return };
        let call = Backward {
            module: &self.module,
            input: &self.input,
            h_0: &self.h_0,
            trace: &self.trace,
            mask: self.mask.as_ref(),
            grad_output: &self.grad_output,
            grad_input: &mut self.grad_input,
            wants_input: self.wants_input,
            grad_state: &mut self.grad_h,
            grad_parameters: &mut self.grad_parameters,
        };
        let piece = pass.advance(multiply_adds, call);
        let layer = pass.layer();
        self.progress.done += piece.multiply_adds;
        if piece.ends_layer {
            self.begin_layer(layer);
        }
    }
}

/// Some units of one stage inverted, of every sample for the current step.
struct StepBack<'a, T> {
    run: &'a mut BackwardRun<T>,
    stage: StepStage,
    units: Range<usize>,
    /// Whether they are the first of the step.
    begins: bool,
}

impl<T: Real> Work<T> for StepBack<'_, T> {
    type Output = ();

    fn with<C: Cell<T>>(self, cell: &C) {
        let BackwardRun { module, layout, trace, walk, grad_input, grad_h, grad_c, .. } = self.run;
        let (index, batch, features) = (walk.cell(), layout.batch, grad_input.features());
        let weights = module.parameters().weights(index);
        let mut grad_weights = self.run.grad_parameters.weights_mut(index);
        let (hidden, state_size) = (weights.hidden_size, module.plan().state_size as usize);
        let (side, projects) = (walk.side(state_size), !weights.weight_hr.is_empty());
        // The hidden state before the step of a sample, and the cell state of a unit.
        let h_prev = |b: usize| match walk.time_before(b) {
            Some(t) => trace.state_row(index, [t, b]),
            None => &self.run.h_0[state_row(index, b, batch, state_size)],
        };
        let c_prev = |b: usize, j: usize| match walk.time_before(b) {
            Some(t) => trace.cell_state_row(index, [t, b])[j],
            None => self.run.c_0[state_row(index, b, batch, hidden)][j],
        };
        if self.begins && !self.run.made.is_empty() {
            for b in 0..batch {
                let Some(t) = walk.time(b) else { continue };
                for j in 0..hidden {
                    let unit: C::Unit = trace.unit(index, [t, b, j]);
                    self.run.made[b * hidden + j] = cell.remade(j, &unit, h_prev(b));
                }
            }
        }
        for j in self.units {
            for b in 0..batch {
                let Some(t) = walk.time(b) else { continue };
                let of_sample = b * hidden..(b + 1) * hidden;
                let grad = match self.stage {
                    StepStage::Before => self.run.grad_made[of_sample.start + j],
                    StepStage::Unit if projects => self.run.grad_made[of_sample.start + j],
                    // A state is read by the step after it, and by whoever reads the output.
                    StepStage::Unit | StepStage::After => {
                        let state = state_row(index, b, batch, state_size);
                        grad_h[state.start + j] + self.run.grad_output.row(t, b)[side.start + j]
                    }
                };
                let mut inverse = Inverse {
                    read: Read {
                        weights,
                        x: &self.run.x[b * features..][..features],
                        h_prev: h_prev(b),
                        made: self.run.made.get(of_sample.clone()).unwrap_or_default(),
                    },
                    grad_weights: &mut grad_weights,
                    grad_x: grad_input.row_mut(t, b),
                    grad_h_prev: &mut self.run.grad_h_prev[b * state_size..][..state_size],
                    grad_made: self.run.grad_made.get_mut(of_sample).unwrap_or_default(),
                };
                match self.stage {
                    StepStage::After => cell.after_backward(j, grad, &mut inverse),
                    StepStage::Unit => {
                        let unit = trace.unit(index, [t, b, j]);
                        let mut no_state = T::zero();
                        let of_state = match grad_c.get_mut((index * batch + b) * hidden + j) {
                            Some(grad_c) => OfState { grad_h: grad, c_prev: c_prev(b, j), grad_c },
                            None => OfState { grad_h: grad, c_prev: T::zero(), grad_c: &mut no_state },
                        };
                        cell.unit_backward(j, unit, of_state, &mut inverse);
                    }
                    StepStage::Before => {
                        cell.before_backward(j, &trace.unit(index, [t, b, j]), grad, &mut inverse);
                    }
                }
            }
        }
    }
}
