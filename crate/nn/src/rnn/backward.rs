use std::mem;
use std::ops::Range;

use ndarray::{ArrayD, ArrayViewD, CowArray, IxDyn};

use super::cell::{CellGradients, Kept};
use super::forward::{layout_of_call, multiply};
use super::{Mode, Rnn, RnnQuantity, RnnTrace};
use crate::cost::LIMIT_BYTES;
use crate::gru::forward::{contiguous, state_row};
use crate::gru::memory::Memory;
use crate::gru::sequence::{Layout, Sequence, shaped};
use crate::gru::state_dict::StateDict;
use crate::gru::walk_back::WalkBack;
use crate::gru::{DropoutMask, GruError, Progress, Real};

/// The gradients of a loss by what a call gave; an absent one is zero.
#[derive(Debug, Clone)]
pub struct RnnUpstream<'a, T> {
    /// By `output`, of its shape.
    pub output: Option<ArrayViewD<'a, T>>,
    /// By `h_n`, of its shape.
    pub h_n: Option<ArrayViewD<'a, T>>,
    /// By an LSTM's `c_n`, of its shape.
    pub c_n: Option<ArrayViewD<'a, T>>,
}

/// The gradients of a loss by what went into a call, each contiguous.
#[derive(Debug, Clone, PartialEq)]
pub struct RnnGradients<T> {
    /// By every parameter, of its shape, with its name, in the order of the state dict.
    pub parameters: Vec<(String, ArrayD<T>)>,
    /// By the input, of its shape.
    pub input: ArrayD<T>,
    /// By `h_0`, of its shape; there even if none was given and zero stood for it.
    pub h_0: ArrayD<T>,
    /// By an LSTM's `c_0` likewise.
    pub c_0: Option<ArrayD<T>>,
}

/// What a call of a module read: `rnn(input, h_0)` or `lstm(input, (h_0, c_0))`.
#[derive(Debug, Clone)]
pub struct RnnArguments<'a, T> {
    /// The input.
    pub input: CowArray<'a, T, IxDyn>,
    /// `h_0`; zero if absent.
    pub h_0: Option<ArrayViewD<'a, T>>,
    /// An LSTM's `c_0`; zero if absent.
    pub c_0: Option<ArrayViewD<'a, T>>,
}

/// A backward pass that is advanced piece by piece, so that a caller can report progress or drop it.
#[derive(Debug)]
pub struct RnnBackwardRun<T> {
    rnn: Rnn<T>,
    layout: Layout,
    input: Sequence<T>,
    h_0: Vec<T>,
    /// Empty in an RNN, as is all that is of c.
    c_0: Vec<T>,
    trace: RnnTrace<T>,
    /// In training mode, what the forward pass dropped between layers.
    mask: Option<DropoutMask<T>>,
    /// What the current layer read in the current step: (N, I).
    x: Vec<T>,
    /// By what the current layer wrote.
    grad_output: Sequence<T>,
    /// By what the current layer read.
    grad_input: Sequence<T>,
    /// By the state after the current step, and when a layer and direction ends, by its `h_0`:
    /// (D*`num_layers`, N, R).
    grad_state: Vec<T>,
    /// Likewise by the cell state, each unit of which is that before the step once it is done:
    /// (D*`num_layers`, N, H).
    grad_c: Vec<T>,
    /// By the state before the current step: (N, R).
    grad_h_prev: Vec<T>,
    /// By the hidden state of this step that is projected: (N, H); empty without projections.
    grad_unprojected: Vec<T>,
    grad_parameters: StateDict<T>,
    /// Its units are the R of a projection and after them the H of the cell.
    walk: WalkBack,
    progress: Progress,
}

impl<T: Real> RnnBackwardRun<T> {
    /// A backward pass with nothing done yet over the call of `rnn` that had these arguments and left this trace.
    ///
    /// # Errors
    /// As [`Rnn::backward`].
    pub fn new(
        rnn: &Rnn<T>,
        arguments: RnnArguments<'_, T>,
        trace: RnnTrace<T>,
        upstream: RnnUpstream<'_, T>,
    ) -> Result<Self, GruError> {
        Self::prepare(rnn, arguments, (trace, None), upstream)
    }

    /// The same over a call in training mode, that dropped what the mask says.
    ///
    /// # Errors
    /// As [`Rnn::backward_training`].
    pub fn training(
        rnn: &Rnn<T>,
        arguments: RnnArguments<'_, T>,
        (trace, mask): (RnnTrace<T>, &DropoutMask<T>),
        upstream: RnnUpstream<'_, T>,
    ) -> Result<Self, GruError> {
        Self::prepare(rnn, arguments, (trace, Some(mask)), upstream)
    }

    fn prepare(
        rnn: &Rnn<T>,
        arguments: RnnArguments<'_, T>,
        (trace, mask): (RnnTrace<T>, Option<&DropoutMask<T>>),
        upstream: RnnUpstream<'_, T>,
    ) -> Result<Self, GruError> {
        let (config, RnnArguments { input, h_0, c_0 }) = (rnn.config(), arguments);
        let base = &config.base;
        let layout = layout_of_call(config, input.shape(), [&h_0, &c_0])?;
        let [input_size, hidden, state_size, projected, directions, layers] = [
            base.input_size,
            base.hidden_size,
            config.state_size(),
            config.proj_size,
            base.directions(),
            base.num_layers,
        ]
        .map(|size| size as usize);
        let h_shape = layout.states(layers * directions, state_size);
        let c_shape = layout.states(layers * directions, hidden);
        if config.mode != Mode::Lstm && upstream.c_n.is_some() {
            return Err(GruError::NoCellState);
        }
        let cost = |batch: usize| config.cost(layout.steps as u64, batch as u64, T::BYTES);
        let at_least = cost(layout.batch.max(1));
        at_least.trained_bytes().within(LIMIT_BYTES)?;
        if let Some(mask) = mask {
            (at_least.trained_bytes() + at_least.dropout_bytes()).within(LIMIT_BYTES)?;
            mask.check_plan(&config.plan(), layout)?;
        }
        trace.check(config, layout)?;

        let output_size = directions * state_size;
        let reads = if layers == 1 || layout.batch == 0 { input_size } else { output_size };
        let elements_or_zero =
            |of, shape: &[usize], tensor| Memory::default().elements_or_zero(0, of, shape, tensor);
        let of_c = |of, c| match config.mode {
            Mode::Lstm => elements_or_zero(of, &c_shape, c),
            Mode::Tanh | Mode::Relu => Ok(Vec::new()),
        };
        let grad_output = elements_or_zero("output", &layout.shape(output_size), upstream.output)?;
        Ok(RnnBackwardRun {
            layout,
            input: Sequence::new(layout, input_size, contiguous(input)),
            h_0: elements_or_zero("h_0", &h_shape, h_0)?,
            c_0: of_c("c_0", c_0)?,
            trace,
            mask: mask.cloned(),
            x: Vec::with_capacity(layout.batch * reads.max(input_size)),
            grad_output: Sequence::new(layout, output_size, grad_output),
            grad_input: Sequence::zeros(layout, reads),
            grad_state: elements_or_zero("h_n", &h_shape, upstream.h_n)?,
            grad_c: of_c("c_n", upstream.c_n)?,
            grad_h_prev: vec![T::zero(); layout.batch * state_size],
            grad_unprojected: vec![T::zero(); if projected == 0 { 0 } else { layout.batch * hidden }],
            grad_parameters: StateDict::zeros(&config.plan()),
            walk: WalkBack::new([base.num_layers, base.directions()], layout.steps, projected + hidden),
            progress: Progress {
                done: 0,
                total: cost(layout.batch).multiply_adds.total().to_u64().map_or(u64::MAX, |total| 2 * total),
            },
            rnn: rnn.clone(),
        })
    }

    /// How far the run is: two multiply-adds for each of the forward pass.
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
    pub fn finish(mut self) -> RnnGradients<T> {
        self.advance(u64::MAX);
        let (config, layout) = (self.rnn.config(), self.layout);
        let plan = config.plan();
        let cells = (plan.num_layers * plan.directions) as usize;
        let names = plan.parameters().map(|spec| plan.name(&spec));
        let c_shape = layout.states(cells, plan.hidden_size as usize);
        RnnGradients {
            parameters: names.zip(self.grad_parameters.into_tensors()).collect(),
            input: self.grad_input.into_array(),
            h_0: shaped(layout.states(cells, plan.state_size as usize), self.grad_state),
            c_0: (config.mode == Mode::Lstm).then(|| shaped(c_shape, self.grad_c)),
        }
    }

    fn advance_within_step(&mut self, multiply_adds: u64) {
        let (hidden, state_size) = (self.hidden_size(), self.state_size());
        let projected = self.rnn.config().proj_size as usize;
        let of_unit = self.rnn.config().mode.gates() as usize * (self.grad_input.features() + state_size);
        let of_unit = (2 * of_unit * self.layout.batch) as u64;
        let of_projection = (2 * hidden * self.layout.batch) as u64;

        let start = self.walk.units(1).start;
        let of_next = if start < projected { of_projection } else { of_unit };
        let units = self.walk.units(multiply_adds / of_next);
        if start == 0 {
            self.begin_step();
        }
        let in_projection = units.start.min(projected)..units.end.min(projected);
        let in_cell = units.start.max(projected) - projected..units.end.max(projected) - projected;
        self.progress.done += of_unit * in_cell.len() as u64 + of_projection * in_projection.len() as u64;
        self.project(in_projection);
        self.compute(in_cell);
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
                for direction in 0..self.rnn.config().base.directions() as usize {
                    self.x.extend_from_slice(self.trace.state_row([layer - 1, direction], [t, b]));
                }
                if let Some(mask) = &self.mask {
                    let features = self.grad_input.features();
                    multiply(&mut self.x[b * features..], mask.row(layer - 1, t, b));
                }
            }
        }
    }

    /// Inverts some features of every sample's projection, before the units that they were made of.
    fn project(&mut self, features: Range<usize>) {
        let (hidden, state_size, batch) = (self.hidden_size(), self.state_size(), self.layout.batch);
        let WalkBack { layer, direction, .. } = self.walk;
        let (t, index, side) = (self.walk.time(), self.walk.cell(), self.walk.side(state_size));
        let cell = self.rnn.cell(index);
        let mut grad_cell = gradients(&mut self.grad_parameters, self.rnn.config(), index);
        for j in features {
            for b in 0..batch {
                let state = state_row(index, b, batch, state_size);
                let grad_h = self.grad_state[state.start + j] + self.grad_output.row(t, b)[side.start + j];
                let h = self.trace.quantity_row([layer, direction], RnnQuantity::H, [t, b]);
                let grad_unprojected = &mut self.grad_unprojected[b * hidden..][..hidden];
                cell.project_backward(j, grad_h, &mut grad_cell, (h, grad_unprojected));
            }
        }
    }

    /// Inverts some units of every sample for the current step.
    fn compute(&mut self, units: Range<usize>) {
        let (hidden, state_size, batch) = (self.hidden_size(), self.state_size(), self.layout.batch);
        let (mode, features) = (self.rnn.config().mode, self.grad_input.features());
        let at = [self.walk.layer, self.walk.direction];
        let (t, t_before) = (self.walk.time(), self.walk.time_before());
        let (index, side) = (self.walk.cell(), self.walk.side(state_size));
        let cell = self.rnn.cell(index);
        let mut grad_cell = gradients(&mut self.grad_parameters, self.rnn.config(), index);
        for j in units {
            for b in 0..batch {
                let state = state_row(index, b, batch, state_size);
                let of_c = (index * batch + b) * hidden + j;
                let unit = |quantity: RnnQuantity, t: usize| {
                    self.trace.quantity_row(at, quantity, [t, b]).get(j).copied().unwrap_or(T::zero())
                };
                let gates = [RnnQuantity::I, RnnQuantity::F, RnnQuantity::G, RnnQuantity::O];
                let kept = Kept {
                    x: &self.x[b * features..][..features],
                    h_prev: match t_before {
                        Some(t_before) => self.trace.state_row(at, [t_before, b]),
                        None => &self.h_0[state.clone()],
                    },
                    c_prev: match t_before {
                        Some(t_before) => unit(RnnQuantity::C, t_before),
                        None => self.c_0.get(of_c).copied().unwrap_or(T::zero()),
                    },
                    gates: gates.map(|gate| unit(gate, t)),
                    tanh_c: unit(RnnQuantity::TanhC, t),
                    h: unit(RnnQuantity::H, t),
                };
                // A state is read by the step after it, and by whoever reads the output; or by its projection.
                let grad_h = match self.grad_unprojected.get(b * hidden + j) {
                    Some(&grad_unprojected) => grad_unprojected,
                    None => self.grad_state[state.start + j] + self.grad_output.row(t, b)[side.start + j],
                };
                let mut no_state = T::zero();
                let grad_c = self.grad_c.get_mut(of_c).unwrap_or(&mut no_state);
                let grad_h_prev = &mut self.grad_h_prev[b * state_size..][..state_size];
                let below = [self.grad_input.row_mut(t, b), grad_h_prev];
                cell.unit_backward((mode, j), &kept, (grad_h, grad_c), &mut grad_cell, below);
            }
        }
    }

    fn end_step(&mut self) {
        let of_cell = self.grad_h_prev.len();
        self.grad_state[self.walk.cell() * of_cell..][..of_cell].copy_from_slice(&self.grad_h_prev);
        self.grad_h_prev.fill(T::zero());
        self.grad_unprojected.fill(T::zero());
        if self.walk.end_step() {
            // What a layer read is what the one below wrote.
            let reads = if self.walk.layer == 0 { self.input.features() } else { self.grad_input.features() };
            mem::swap(&mut self.grad_output, &mut self.grad_input);
            self.grad_input.renew(reads);
            self.drop_out(self.walk.layer);
        }
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
        self.rnn.config().base.hidden_size as usize
    }

    fn state_size(&self) -> usize {
        self.rnn.config().state_size() as usize
    }
}

/// The gradients of one layer and direction, to be added to.
fn gradients<'a, T: Real>(
    parameters: &'a mut StateDict<T>,
    config: &super::RnnConfig,
    index: usize,
) -> CellGradients<'a, T> {
    let mut slices = parameters.tensors_mut(index);
    let mut next = || slices.next().expect("as many tensors as the plan has kinds");
    let (weight_ih, weight_hh) = (next(), next());
    let biases = config.base.bias.then(|| (next(), next()));
    let weight_hr = (config.proj_size > 0).then(next);
    CellGradients { weight_ih, weight_hh, biases, weight_hr }
}
