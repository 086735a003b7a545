//! The backward pass over one module's layers and directions, cut into pieces that can be done one at a time.
//!
//! Within a chunk of steps only the hidden state's gradient goes from step to step. The gradients by the weights
//! and by what the layer read are products over all of the chunk's steps at once.

use std::ops::Range;

use super::gradients::{GATES, InputGradient, Kept, Panelled, StateGradient, WeightGradient, gates_backward};
use super::sweep::{Columns, Piece, Sweep, Traced};
use super::tile::{COLUMNS, by_tiles, by_tiles_from};
use super::{BackwardPanels, GruGradients, H, N, N_HIDDEN, R, Sizes, Z};

/// What a backward pass reads and writes outside its scratch.
#[derive(Debug)]
pub struct BackwardCall<'a> {
    /// The module's weights.
    pub panels: &'a BackwardPanels,
    /// The input of the first layer.
    pub input: &'a [f32],
    /// (D*`num_layers`, N, H).
    pub h_0: &'a [f32],
    /// The whole trace: (`num_layers`, D, [`KEPT`](super::KEPT), L, N, H).
    pub trace: &'a [f32],
    /// What multiplied the outputs of all layers but the last: (`num_layers` - 1, L, N, D*H).
    pub mask: Option<&'a [f32]>,
    /// By what the current layer wrote.
    pub grad_output: &'a [f32],
    /// By what it read, added to.
    pub grad_input: &'a mut [f32],
    /// Whether anyone asks for that by the input of the first layer.
    pub wants_input: bool,
    /// By `h_n`, overwritten by that by `h_0`.
    pub grad_state: &'a mut [f32],
    /// By the parameters of the current layer and direction, added to.
    pub grad_weights: GruGradients<'a>,
}

/// What is being done with a chunk of steps.
#[derive(Debug, Clone, Copy)]
enum ChunkStage {
    /// One step of it is inverted, the last one first.
    Step(usize),
    /// Then the input's gradient.
    Input,
    /// Then that of `W_i`.
    WeightIh,
    /// Then that of `W_h`.
    WeightHh,
}

/// Where a pass is and what it works in.
#[derive(Debug)]
pub struct BackwardPass {
    sweep: Sweep,
    /// The steps in hand, counted as the direction takes them.
    chunk: Range<usize>,
    stage: ChunkStage,
    /// Panels or rows of weights done in this stage.
    done: usize,
    /// Where the rows of this chunk begin in what the layer read.
    starts: Vec<usize>,
    /// [`GATES`] of each row of this chunk.
    gates: Vec<f32>,
    /// The same transposed.
    gates_transposed: Vec<f32>,
    /// What the layer read, and the states before the steps, of each row of this chunk.
    x: Panelled,
    h_prev: Panelled,
    /// By the state of each sample: (samples, H rounded up to whole panels).
    grad_h: Vec<f32>,
}

impl BackwardPass {
    /// A pass with nothing done.
    pub fn new(sizes: Sizes) -> Self {
        let Sizes { input, hidden, layers, directions, steps, .. } = sizes;
        let sweep = Sweep::new(sizes, layers - 1);
        let samples = sweep.samples.len();
        let rows = sweep.chunk_steps * samples;
        let above = if layers > 1 { directions * hidden } else { 0 };
        BackwardPass {
            chunk: steps - sweep.chunk_steps..steps,
            sweep,
            stage: ChunkStage::Step(steps - 1),
            done: 0,
            starts: Vec::with_capacity(rows),
            gates: vec![0.0; rows * GATES * hidden],
            gates_transposed: vec![0.0; rows * GATES * hidden],
            x: Panelled::new(rows, above.max(input)),
            h_prev: Panelled::new(rows, hidden),
            grad_h: vec![0.0; samples * hidden.next_multiple_of(COLUMNS)],
        }
    }

    /// Makes of a pass that is over one with nothing done.
    pub fn restart(&mut self) {
        self.sweep.layer = self.sweep.sizes.layers - 1;
    }

    /// The current layer and direction.
    pub fn cell(&self) -> [usize; 2] {
        [self.sweep.layer, self.sweep.direction]
    }

    /// Does about so many multiply-adds, at most what is left of a layer and direction.
    pub fn advance(&mut self, multiply_adds: u64, call: &mut BackwardCall<'_>) -> Piece {
        let cell = self.cell();
        let mut done = 0;
        loop {
            let piece = self.take_piece(multiply_adds - done, call);
            done += piece.multiply_adds;
            if done >= multiply_adds || self.cell() != cell {
                return Piece { multiply_adds: done, ends_layer: piece.ends_layer };
            }
        }
    }

    /// The same, at most what is left of a step or product.
    fn take_piece(&mut self, multiply_adds: u64, call: &mut BackwardCall<'_>) -> Piece {
        let (hidden, features) = (self.sweep.sizes.hidden, self.sweep.features());
        let rows = self.chunk.len() * self.sweep.samples.len();
        let columns = |count, width, depth| Columns { count, width, depth };
        let columns = match self.stage {
            ChunkStage::Step(_) => columns(hidden, COLUMNS, self.sweep.samples.len() * 3 * hidden),
            ChunkStage::Input => columns(features, COLUMNS, rows * 3 * hidden),
            ChunkStage::WeightIh => columns(3 * hidden, 3, rows * features),
            ChunkStage::WeightHh => columns(3 * hidden, 3, rows * hidden),
        };
        let (part, is_last, multiply_adds) = columns.next(self.done, multiply_adds);
        match self.stage {
            ChunkStage::Step(step) => self.invert_step(step, part.clone(), call),
            ChunkStage::Input => self.input_gradient(part.clone(), call),
            ChunkStage::WeightIh | ChunkStage::WeightHh => self.weight_gradient(part.clone(), call),
        }
        self.done = part.end;
        Piece { multiply_adds, ends_layer: is_last && self.end_stage(call) }
    }

    /// Inverts one step: all its gates, then the hidden state's product for some panels.
    fn invert_step(&mut self, step: usize, panels: Range<usize>, call: &mut BackwardCall<'_>) {
        if panels.start == 0 {
            if step + 1 == self.sweep.sizes.steps {
                self.fetch_state(call.grad_state);
            }
            self.invert_gates(step, call);
        }
        let (hidden, samples) = (self.sweep.sizes.hidden, self.sweep.samples.len());
        let cell = call.panels.cell(self.sweep.cell());
        let of_step = samples * GATES * hidden;
        for panel in panels {
            let mut gradient = StateGradient {
                hidden,
                gates: &self.gates[(step - self.chunk.start) * of_step..][..of_step],
                weights: cell.hidden.panel(panel),
                unit: panel * COLUMNS,
                grad_h: &mut self.grad_h,
            };
            by_tiles(samples, &mut gradient);
        }
    }

    fn invert_gates(&mut self, step: usize, call: &BackwardCall<'_>) {
        let (hidden, t) = (self.sweep.sizes.hidden, self.sweep.time(step));
        let trace = self.trace(call);
        let of_row = GATES * hidden;
        let first_row = (step - self.chunk.start) * self.sweep.samples.len();
        for (i, b) in self.sweep.samples.clone().enumerate() {
            let kept = |quantity| trace.row(self.sweep.cell(), quantity, [t, b]);
            let kept = Kept {
                h_prev: self.sweep.h_prev(step, b, &trace, call.h_0),
                n_hidden: kept(N_HIDDEN),
                r: kept(R),
                z: kept(Z),
                n: kept(N),
            };
            let grad_output = &call.grad_output[self.sweep.output_row(t, b)];
            let grad_h = &mut self.grad_h[i * hidden.next_multiple_of(COLUMNS)..][..hidden];
            let gates = &mut self.gates[(first_row + i) * of_row..][..of_row];
            gates_backward(&kept, grad_output, grad_h, gates);
        }
    }

    fn input_gradient(&mut self, panels: Range<usize>, call: &mut BackwardCall<'_>) {
        if panels.start == 0 {
            self.gather(call);
        }
        if self.sweep.layer == 0 && !call.wants_input {
            return;
        }
        let cell = call.panels.cell(self.sweep.cell());
        for panel in panels {
            let mut gradient = InputGradient {
                hidden: self.sweep.sizes.hidden,
                gates: &self.gates,
                weights: cell.input.panel(panel),
                feature: panel * COLUMNS,
                starts: &self.starts,
                features: self.sweep.features(),
                grad_input: call.grad_input,
            };
            by_tiles(self.starts.len(), &mut gradient);
        }
    }

    /// Prepares the chunk's products: all that its rows read, and the gates transposed.
    fn gather(&mut self, call: &mut BackwardCall<'_>) {
        self.starts.clear();
        for step in self.chunk.clone() {
            let t = self.sweep.time(step);
            for b in self.sweep.samples.clone() {
                let row = self.starts.len();
                self.starts.push(self.sweep.sizes.row(t, b) * self.sweep.features());
                self.h_prev.put_row(row, 0, self.sweep.h_prev(step, b, &self.trace(call), call.h_0));
                self.put_x(row, [t, b], call);
            }
        }
        let (rows, of_row) = (self.starts.len(), GATES * self.sweep.sizes.hidden);
        for (row, gates) in self.gates.chunks_exact(of_row).take(rows).enumerate() {
            for (gate, &gradient) in gates.iter().enumerate() {
                self.gates_transposed[gate * rows + row] = gradient;
            }
        }
        let Some((b_i, b_h)) = &mut call.grad_weights.biases else { return };
        let gates = 3 * self.sweep.sizes.hidden;
        for (j, gradients) in self.gates_transposed.chunks_exact(rows).take(of_row).enumerate() {
            let sum: f32 = gradients.iter().sum();
            // They are n_input, r, z, n_hidden; the biases r, z, n.
            if j < gates {
                b_i[(j + gates - self.sweep.sizes.hidden) % gates] += sum;
            }
            if let Some(j) = j.checked_sub(self.sweep.sizes.hidden) {
                b_h[j] += sum;
            }
        }
    }

    /// What the layer read in one step of one sample.
    fn put_x(&mut self, row: usize, [t, b]: [usize; 2], call: &BackwardCall<'_>) {
        let Sizes { input, hidden, directions, steps, batch, .. } = self.sweep.sizes;
        let Some(below) = self.sweep.layer.checked_sub(1) else {
            return self.x.put_row(row, 0, &call.input[self.sweep.sizes.row(t, b) * input..][..input]);
        };
        for direction in 0..directions {
            let h = self.trace(call).row(below * directions + direction, H, [t, b]);
            self.x.put_row(row, direction * hidden, h);
        }
        if let Some(mask) = call.mask {
            let features = directions * hidden;
            self.x.multiply(row, &mask[((below * steps + t) * batch + b) * features..][..features]);
        }
    }

    fn trace<'a>(&self, call: &BackwardCall<'a>) -> Traced<'a> {
        Traced { values: call.trace, sizes: self.sweep.sizes }
    }

    /// The gradient by some rows of a weight, three for each number.
    fn weight_gradient(&mut self, rows: Range<usize>, call: &mut BackwardCall<'_>) {
        let (hidden, features) = (self.sweep.sizes.hidden, self.sweep.features());
        let gradients = &mut call.grad_weights;
        let (grad_weight, x, columns, gate_rows) = match self.stage {
            ChunkStage::WeightHh => (&mut *gradients.weight_hh, &self.h_prev, hidden, GATES * hidden),
            _ => (&mut *gradients.weight_ih, &self.x, features, 3 * hidden),
        };
        let mut gradient = WeightGradient {
            gates: &self.gates_transposed,
            first_gate: hidden,
            gate_rows,
            x,
            rows: self.starts.len(),
            columns,
            grad_weight,
        };
        by_tiles_from(3 * rows.start..3 * rows.end, &mut gradient);
    }

    /// Leaves a step or product: whether that ends a layer.
    fn end_stage(&mut self, call: &mut BackwardCall<'_>) -> bool {
        self.done = 0;
        self.stage = match self.stage {
            ChunkStage::Step(step) if step > self.chunk.start => ChunkStage::Step(step - 1),
            ChunkStage::Step(_) => ChunkStage::Input,
            ChunkStage::Input => ChunkStage::WeightIh,
            ChunkStage::WeightIh => ChunkStage::WeightHh,
            ChunkStage::WeightHh => return self.end_chunk(call.grad_state),
        };
        false
    }

    fn end_chunk(&mut self, grad_state: &mut [f32]) -> bool {
        let first = self.chunk.start;
        let ends_block = first == 0;
        let end = if ends_block { self.sweep.sizes.steps } else { first };
        self.chunk = end.saturating_sub(self.sweep.chunk_steps)..end;
        self.stage = ChunkStage::Step(end - 1);
        if !ends_block {
            return false;
        }
        let stride = self.sweep.sizes.hidden.next_multiple_of(COLUMNS);
        for (b, grad_h) in self.sweep.samples.clone().zip(self.grad_h.chunks_exact(stride)) {
            grad_state[self.sweep.state_row(b)].copy_from_slice(&grad_h[..self.sweep.sizes.hidden]);
        }
        let ends_layer = self.sweep.end_block();
        self.sweep.layer = self.sweep.layer.saturating_sub(usize::from(ends_layer));
        ends_layer
    }

    fn fetch_state(&mut self, grad_state: &[f32]) {
        let stride = self.sweep.sizes.hidden.next_multiple_of(COLUMNS);
        for (b, grad_h) in self.sweep.samples.clone().zip(self.grad_h.chunks_exact_mut(stride)) {
            grad_h[..self.sweep.sizes.hidden].copy_from_slice(&grad_state[self.sweep.state_row(b)]);
        }
    }
}
