use std::any::Any;
use std::mem;
use std::ops::Range;

use ndarray::{ArrayD, ArrayViewD, CowArray, IxDyn};

use super::cell::Kept;
use super::forward::state_row;
use super::kernel::{self, BackwardCall, BackwardPass, KernelBytes};
use super::memory::Memory;
use super::sequence::{Layout, Sequence, shaped};
use super::state_dict::StateDict;
use super::walk_back::WalkBack;
use super::{DropoutMask, Gru, GruError, Progress, Quantity, Real, Trace, Variant};
use crate::cost::{Cost, Count, LIMIT_BYTES};

/// The gradients of a loss by what a call gave; an absent one is zero.
#[derive(Debug, Clone)]
pub struct Upstream<'a, T> {
    /// By `output`, of its shape.
    pub output: Option<ArrayViewD<'a, T>>,
    /// By `h_n`, of its shape.
    pub h_n: Option<ArrayViewD<'a, T>>,
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
}

/// A backward pass that is advanced piece by piece, so that a caller can report progress or drop it.
#[derive(Debug)]
pub struct BackwardRun<T> {
    gru: Gru<T>,
    layout: Layout,
    input: Sequence<T>,
    h_0: Vec<T>,
    trace: Trace<T>,
    /// In training mode, what the forward pass dropped between layers.
    mask: Option<DropoutMask<T>>,
    /// What the current layer read in the current step: (N, I).
    x: Vec<T>,
    /// By what the current layer wrote.
    grad_output: Sequence<T>,
    /// By what the current layer read.
    grad_input: Sequence<T>,
    /// Whether it is asked for in the first layer too; the kernels leave it out if not.
    wants_input: bool,
    /// By the state after the current step, and when a layer and direction ends, by its `h_0`:
    /// (D*`num_layers`, N, H).
    grad_state: Vec<T>,
    /// By the state before the current step: (N, H).
    grad_h_prev: Vec<T>,
    grad_parameters: StateDict<T>,
    walk: WalkBack,
    progress: Progress,
    /// In float32, where this is what does the work; else it is done unit by unit.
    kernel: Option<Box<BackwardPass>>,
}

impl<T: Real> BackwardRun<T> {
    /// A backward pass with nothing done yet over the call of `gru` that had these arguments and left this trace.
    ///
    /// # Errors
    /// As [`Gru::backward`].
    pub fn new<'a>(
        gru: &Gru<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Self, GruError> {
        Self::prepare(gru, (input.into(), h_0), (trace, None), upstream, &mut Memory::default())
    }

    /// The same over a call in training mode, that dropped what the mask says.
    ///
    /// # Errors
    /// As [`Gru::backward_training`].
    pub fn training<'a>(
        gru: &Gru<T>,
        input: impl Into<CowArray<'a, T, IxDyn>>,
        h_0: Option<ArrayViewD<'_, T>>,
        (trace, mask): (Trace<T>, &DropoutMask<T>),
        upstream: Upstream<'_, T>,
    ) -> Result<Self, GruError> {
        Self::prepare(gru, (input.into(), h_0), (trace, Some(mask)), upstream, &mut Memory::default())
    }

    /// A run over a call from a zero state, in training mode if there is a mask, in the memory of earlier passes. What
    /// it starts from is zero until [`BackwardRun::grad_output_mut`] is changed.
    ///
    /// # Errors
    /// A [`GruError`] for a call or a trace that does not fit, or more memory than the limit.
    pub fn new_in(
        memory: &mut Memory<T>,
        gru: &Gru<T>,
        input: CowArray<'_, T, IxDyn>,
        of_call: (Trace<T>, Option<&DropoutMask<T>>),
    ) -> Result<Self, GruError> {
        Self::prepare(gru, (input, None), of_call, Upstream { output: None, h_n: None }, memory)
    }

    fn prepare(
        gru: &Gru<T>,
        (input, h_0): (CowArray<'_, T, IxDyn>, Option<ArrayViewD<'_, T>>),
        (trace, mask): (Trace<T>, Option<&DropoutMask<T>>),
        upstream: Upstream<'_, T>,
        memory: &mut Memory<T>,
    ) -> Result<Self, GruError> {
        if gru.variant() != Variant::default() {
            return Err(GruError::NoBackward);
        }
        let config = gru.config();
        let h_0_shape = h_0.as_ref().map(ArrayViewD::shape);
        let states = [("hidden", h_0_shape, config.hidden_size)];
        let layout = Layout::of_call("GRU", config, input.shape(), &states)?;
        let state_shape = layout.state_shape(config);
        let at_least = Cost::of(config, layout.steps as u64, layout.batch.max(1) as u64, T::BYTES);
        let mut needed = at_least.trained_bytes();
        needed.within(LIMIT_BYTES)?;
        if let Some(mask) = mask {
            needed = needed + at_least.dropout_bytes();
            needed.within(LIMIT_BYTES)?;
            mask.check(config, layout)?;
        }
        trace.check(config, layout)?;

        let [input_size, hidden, layers] =
            [config.input_size, config.hidden_size, config.num_layers].map(|size| size as usize);
        let output_size = config.directions() as usize * hidden;
        let reads = if layers == 1 || layout.batch == 0 { input_size } else { output_size };
        memory.fit(config.plan(), layout);
        let rows = layout.steps * layout.batch;
        // From layer to layer the two change places; one of them ends as the input's.
        let [room, other] = if layers % 2 == 0 { [rows * input_size, 0] } else { [0, rows * input_size] };
        let grad_output =
            memory.elements_or_zero(room, "output", &layout.shape(output_size), upstream.output)?;
        let grad_input = memory.zeros_within(other, rows * reads);
        Ok(BackwardRun {
            layout,
            kernel: if kernel::COMPILED { pass(gru, layout, needed, memory) } else { None },
            input: Sequence::new(layout, input_size, memory.contiguous(0, input)),
            h_0: memory.elements_or_zero(0, "h_0", &state_shape, h_0)?,
            trace,
            mask: mask.cloned(),
            grad_output: Sequence::new(layout, output_size, grad_output),
            grad_input: Sequence::new(layout, reads, grad_input),
            wants_input: true,
            grad_state: memory.elements_or_zero(0, "h_n", &state_shape, upstream.h_n)?,
            x: memory.room(layout.batch * reads.max(input_size)),
            grad_h_prev: memory.zeros(layout.batch * hidden),
            grad_parameters: match memory.gradients.take() {
                None => StateDict::zeros(&config.plan()),
                Some(mut gradients) => {
                    gradients.clear();
                    gradients
                }
            },
            walk: WalkBack::new([config.num_layers, config.directions()], layout.steps, hidden),
            progress: Progress {
                done: 0,
                total: match layout.batch {
                    0 => 0,
                    _ => at_least.multiply_adds.total().to_u64().map_or(u64::MAX, |total| 2 * total),
                },
            },
            gru: gru.clone(),
        })
    }

    /// The same unit by unit, as the equations stand: the reference that the kernels are held to.
    ///
    /// # Panics
    /// If the run has begun.
    #[must_use]
    pub fn by_equations(mut self) -> Self {
        assert_eq!(self.progress.done, 0, "a run that has not begun");
        self.kernel = None;
        self
    }

    /// How far the run is: two multiply-adds for each of the forward pass.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Does about `multiply_adds` more of the work: at least one unit of the hidden state of one step, of the kernels
    /// twelve.
    pub fn advance(&mut self, multiply_adds: u64) -> Progress {
        let Progress { done, total } = self.progress;
        let goal = done.saturating_add(multiply_adds.max(1)).min(total);
        while self.progress.done < goal {
            let left = goal - self.progress.done;
            let with_kernel: Option<&mut BackwardRun<f32>> = (self as &mut dyn Any).downcast_mut();
            if !(kernel::COMPILED && with_kernel.is_some_and(|run| run.advance_by_kernel(left))) {
                self.advance_within_step(left);
            }
        }
        self.progress
    }

    /// Does what is left and gives the result.
    pub fn finish(mut self) -> Gradients<T> {
        self.advance(u64::MAX);
        let config = self.gru.config();
        let names = config.parameters().map(|spec| spec.name());
        Gradients {
            parameters: names.zip(self.grad_parameters.into_tensors()).collect(),
            input: self.grad_input.into_array(),
            h_0: shaped(self.layout.state_shape(config), self.grad_state),
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
    pub fn leave(self, memory: &mut Memory<T>) {
        memory.keep([self.input, self.grad_output, self.grad_input].map(Sequence::into_elements));
        memory.keep([self.h_0, self.grad_state, self.x, self.grad_h_prev]);
        memory.trace = Some(self.trace);
        memory.gradients = Some(self.grad_parameters);
        memory.backward = self.kernel;
    }

    fn advance_within_step(&mut self, multiply_adds: u64) {
        let of_one_unit = 6 * ((self.grad_input.features() + self.hidden_size()) * self.layout.batch) as u64;
        let units = self.walk.units(multiply_adds / of_one_unit);
        if units.start == 0 {
            self.begin_step();
        }
        self.compute(units.clone());
        self.progress.done += of_one_unit * units.len() as u64;
        if self.walk.end_units(units.end) {
            self.end_step();
        }
    }

    /// Fetches what the current step read.
    fn begin_step(&mut self) {
        let (t, layer) = (self.walk.time(), self.walk.layer);
        self.x.clear();
        for b in 0..self.layout.batch {
            if layer == 0 {
                self.x.extend_from_slice(self.input.row(t, b));
            } else {
                for direction in 0..self.gru.config().directions() as usize {
                    self.x.extend_from_slice(self.trace.row([layer - 1, direction], Quantity::H, [t, b]));
                }
                if let Some(mask) = &self.mask {
                    let features = self.grad_input.features();
                    multiply(&mut self.x[b * features..], mask.row(layer - 1, t, b));
                }
            }
        }
    }

    /// Inverts some units of the hidden state of every sample for the current step.
    fn compute(&mut self, units: Range<usize>) {
        let (hidden, features, batch) = (self.hidden_size(), self.grad_input.features(), self.layout.batch);
        let WalkBack { layer, direction, .. } = self.walk;
        let (t, index, side, at) =
            (self.walk.time(), self.walk.cell(), self.walk.side(hidden), [layer, direction]);
        let cell = self.gru.parameters().cell(index);
        let mut grad_cell = self.grad_parameters.cell_mut(index);
        for j in units {
            for b in 0..batch {
                let state = state_row(index, b, batch, hidden);
                let unit = |quantity: Quantity| self.trace.row(at, quantity, [t, b])[j];
                let kept = Kept {
                    x: &self.x[b * features..][..features],
                    h_prev: match self.walk.time_before() {
                        Some(t_before) => self.trace.row(at, Quantity::H, [t_before, b]),
                        None => &self.h_0[state.clone()],
                    },
                    n_hidden: unit(Quantity::NHidden),
                    r: unit(Quantity::R),
                    z: unit(Quantity::Z),
                    n: unit(Quantity::N),
                };
                // A state is read by the step after it, and by whoever reads the output.
                let grad_h = self.grad_state[state.start + j] + self.grad_output.row(t, b)[side.start + j];
                let grad_h_prev = &mut self.grad_h_prev[b * hidden..][..hidden];
                let below = [self.grad_input.row_mut(t, b), grad_h_prev];
                cell.unit_backward(j, &kept, grad_h, &mut grad_cell, below);
            }
        }
    }

    fn end_step(&mut self) {
        let of_cell = self.grad_h_prev.len();
        self.grad_state[self.walk.cell() * of_cell..][..of_cell].copy_from_slice(&self.grad_h_prev);
        self.grad_h_prev.fill(T::zero());
        if self.walk.end_step() {
            self.begin_layer(self.walk.layer);
        }
    }

    /// Goes down to a layer: what the one above read is what this one wrote.
    fn begin_layer(&mut self, layer: usize) {
        let reads = if layer == 0 { self.input.features() } else { self.grad_input.features() };
        mem::swap(&mut self.grad_output, &mut self.grad_input);
        self.grad_input.renew(reads);
        self.drop_out(layer);
    }

    /// Inverts `x = mask * output` of a layer.
    fn drop_out(&mut self, layer: usize) {
        let Some(mask) = &self.mask else { return };
        for t in 0..self.layout.steps {
            for b in 0..self.layout.batch {
                multiply(self.grad_output.row_mut(t, b), mask.row(layer, t, b));
            }
        }
    }

    fn hidden_size(&self) -> usize {
        self.gru.config().hidden_size as usize
    }
}

impl BackwardRun<f32> {
    /// Does a piece of the work by the kernels, if the run has them.
    fn advance_by_kernel(&mut self, multiply_adds: u64) -> bool {
        let Some(pass) = &mut self.kernel else { return false };
        let mut call = BackwardCall {
            gru: &self.gru,
            input: &self.input,
            h_0: &self.h_0,
            trace: &self.trace,
            mask: self.mask.as_ref(),
            grad_output: &self.grad_output,
            grad_input: &mut self.grad_input,
            wants_input: self.wants_input,
            grad_state: &mut self.grad_state,
            grad_parameters: &mut self.grad_parameters,
        };
        let piece = pass.advance(multiply_adds, &mut call);
        let layer = pass.layer();
        self.progress.done += piece.multiply_adds;
        if piece.ends_layer && !self.progress.is_complete() {
            self.begin_layer(layer);
        }
        true
    }
}

/// The kernels' pass for a module that they know, if what it adds to what is needed anyway leaves it within the limit.
fn pass<T: Real>(
    gru: &Gru<T>,
    layout: Layout,
    needed: Count,
    memory: &mut Memory<T>,
) -> Option<Box<BackwardPass>> {
    let gru: &Gru<f32> = (gru as &dyn Any).downcast_ref()?;
    let bytes = KernelBytes::of(gru.config(), layout.steps, layout.batch);
    // The panels of the forward pass are still there.
    let more = Count::from(bytes.panels + bytes.backward_panels + bytes.backward_scratch);
    (needed + more).within(LIMIT_BYTES).ok()?;
    let Some(mut left) = memory.backward.take() else {
        return Some(Box::new(BackwardPass::new(gru.config(), layout)));
    };
    left.restart(gru.config().num_layers as usize);
    Some(left)
}

fn multiply<T: Real>(elements: &mut [T], mask: &[T]) {
    for (element, &factor) in elements.iter_mut().zip(mask) {
        *element *= factor;
    }
}
