//! A pass over one module's layers and directions, cut into pieces that can be done one at a time.

use std::mem;
use std::ops::Range;

use super::Packed;
use super::activation::{sigmoid, tanh};
use super::panels::{CellPanels, Panels, UNITS};
use super::simd::{F32x4, LANES};
use super::tile::{COLUMNS, Rows, by_tiles, load, store, tile};
use crate::gru::forward::state_row;
use crate::gru::sequence::{Layout, Sequence};
use crate::gru::{Gru, Trace};

/// Rows whose input product is made at once, if so many samples or steps there are. More would not stay in the
/// second cache; fewer would read the weights too often.
pub const BLOCK_ROWS: usize = 96;

/// What a pass reads and writes outside its scratch.
pub struct Call<'a> {
    /// What the current layer reads.
    pub input: &'a Sequence<f32>,
    /// What it writes.
    pub output: &'a mut Sequence<f32>,
    /// `h_0`, overwritten by `h_n`.
    pub state: &'a mut [f32],
    pub trace: Option<&'a mut Trace<f32>>,
}

/// A batch cut into blocks that go through a layer and direction one after the other: samples do not know of each
/// other, and so scratch does not grow with the batch.
#[derive(Debug, Clone, Copy)]
pub struct Blocks {
    batch: usize,
    count: usize,
}

impl Blocks {
    pub fn of(batch: usize) -> Self {
        Blocks { batch, count: batch.div_ceil(BLOCK_ROWS).max(1) }
    }

    /// How many samples a block has; none is larger than the first.
    pub fn size(self, block: usize) -> usize {
        self.batch / self.count + usize::from(block < self.batch % self.count)
    }

    /// How many of so many steps make up about [`BLOCK_ROWS`] rows, 1 at least.
    pub fn chunk_steps(self, steps: usize) -> usize {
        (BLOCK_ROWS / self.size(0).max(1)).min(steps).max(1)
    }
}

/// Where a pass is and what it works in.
#[derive(Debug)]
pub struct Pass {
    packed: Packed,
    layout: Layout,
    directions: usize,
    hidden: usize,
    blocks: Blocks,
    /// The current layer.
    layer: usize,
    /// The current direction: 1 reads from the end.
    direction: usize,
    /// The current block of samples.
    block: usize,
    samples: Range<usize>,
    /// Steps whose input product is made at once.
    chunk_steps: usize,
    /// The steps whose input product is in hand, counted as the direction takes them.
    chunk: Range<usize>,
    /// The step of the chunk that is being taken; none while the input's product is made.
    step: Option<usize>,
    /// Panels done of the product or step.
    panels_done: usize,
    /// Where the input's rows of this chunk begin.
    starts: Vec<usize>,
    /// For each panel and row of this chunk: `W_ir x + b_ir + b_hr`, `W_iz x + b_iz + b_hz`, `W_in x + b_in`.
    projected: Vec<[f32; COLUMNS]>,
    /// The block's hidden state before the step, (samples, H rounded up to four).
    h: Vec<f32>,
    /// And after it.
    h_next: Vec<f32>,
}

/// What a piece of a pass came to.
pub struct Piece {
    /// Multiply-adds done.
    pub multiply_adds: u64,
    /// Whether it was the last one of a layer.
    pub ends_layer: bool,
}

impl Pass {
    /// A pass with nothing done.
    pub fn new(gru: &Gru<f32>, layout: Layout) -> Self {
        let config = gru.config();
        let packed = gru.packed().clone();
        let (directions, hidden) = (config.directions() as usize, config.hidden_size as usize);
        packed
            .0
            .get_or_init(|| Panels::pack(gru.parameters(), config.num_layers as usize * directions, hidden));
        let blocks = Blocks::of(layout.batch);
        let samples = blocks.size(0);
        let chunk = blocks.chunk_steps(layout.steps);
        let count = hidden.div_ceil(UNITS);
        let h = vec![0.0; samples * count * LANES];
        Pass {
            packed,
            layout,
            directions,
            hidden,
            blocks,
            layer: 0,
            direction: 0,
            block: 0,
            samples: 0..samples,
            chunk_steps: chunk,
            chunk: 0..chunk,
            step: None,
            panels_done: 0,
            starts: Vec::with_capacity(chunk * samples),
            projected: vec![[0.0; COLUMNS]; chunk * samples * count],
            h_next: h.clone(),
            h,
        }
    }

    /// The current layer.
    pub fn layer(&self) -> usize {
        self.layer
    }

    /// Does about so many multiply-adds, at least one panel, at most what is left of a product or step.
    pub fn advance(&mut self, multiply_adds: u64, call: &mut Call<'_>) -> Piece {
        let packed = self.packed.clone();
        let cell = packed.0.get().expect("packed when the pass began").cell(self.cell());
        let rows = match self.step {
            None => self.chunk.len() * self.samples.len(),
            Some(_) => self.samples.len(),
        };
        let features = if self.step.is_none() { call.input.features() } else { self.hidden };
        let of_unit = (3 * rows * features) as u64;

        let left = cell.count() - self.panels_done;
        let wanted = multiply_adds / (of_unit * UNITS as u64).max(1);
        let wanted = usize::try_from(wanted).unwrap_or(left).clamp(1, left);
        let panels = self.panels_done..self.panels_done + wanted;
        match self.step {
            None => {
                if panels.start == 0 {
                    self.begin_chunk(call);
                }
                self.project(cell, panels.clone(), call.input);
            }
            Some(step) => self.take_step(cell, step, panels.clone(), call),
        }
        let units = (panels.end * UNITS).min(self.hidden) - panels.start * UNITS;
        self.panels_done = panels.end;
        let ends_layer = panels.end == cell.count() && self.end_panels(call);
        Piece { multiply_adds: units as u64 * of_unit, ends_layer }
    }

    /// Finds the input's rows, and before the first step `h_0`.
    fn begin_chunk(&mut self, call: &Call<'_>) {
        self.starts.clear();
        for step in self.chunk.clone() {
            let t = self.time(step);
            self.starts.extend(self.samples.clone().map(|b| call.input.start(t, b)));
        }
        if self.chunk.start == 0 {
            self.fetch_state(call.state);
        }
    }

    /// The input's product of this chunk for some panels.
    fn project(&mut self, cell: &CellPanels, panels: Range<usize>, input: &Sequence<f32>) {
        let rows = self.starts.len();
        for panel in panels {
            let mut projection = Projection {
                starts: &self.starts,
                input,
                weights: cell.input(panel),
                bias: load(cell.bias(panel)),
                projected: &mut self.projected[panel * rows..][..rows],
            };
            by_tiles(rows, &mut projection);
        }
    }

    /// The hidden state's product and the gates of one step for some panels.
    fn take_step(&mut self, cell: &CellPanels, step: usize, panels: Range<usize>, call: &mut Call<'_>) {
        let (samples, rows) = (self.samples.len(), self.chunk.len() * self.samples.len());
        let t = self.time(step);
        for panel in panels {
            let mut gates = Step {
                stride: self.stride(),
                hidden: self.hidden,
                unit: panel * UNITS,
                weights: cell.hidden(panel),
                bias_hn: F32x4::load(cell.bias_hn(panel)),
                projected: &self.projected[panel * rows + (step - self.chunk.start) * samples..][..samples],
                h: &self.h,
                h_next: &mut self.h_next,
                output: call.output,
                place: Place { cell: [self.layer, self.direction], t, first: self.samples.start },
                trace: call.trace.as_deref_mut(),
            };
            by_tiles(samples, &mut gates);
        }
    }

    /// Leaves a product or step: whether that ends a layer.
    fn end_panels(&mut self, call: &mut Call<'_>) -> bool {
        self.panels_done = 0;
        let next = match self.step {
            None => self.chunk.start,
            Some(step) => {
                mem::swap(&mut self.h, &mut self.h_next);
                step + 1
            }
        };
        self.step = (next < self.chunk.end).then_some(next);
        if self.step.is_some() {
            return false;
        }
        let steps = self.layout.steps;
        if self.chunk.end < steps {
            self.chunk = self.chunk.end..(self.chunk.end + self.chunk_steps).min(steps);
            return false;
        }
        self.leave_state(call.state);
        let ends_layer = self.end_block();
        self.chunk = 0..self.chunk_steps;
        ends_layer
    }

    /// Leaves a block of samples: whether that ends a layer.
    fn end_block(&mut self) -> bool {
        self.block += 1;
        let ends_direction = self.block == self.blocks.count;
        if ends_direction {
            self.block = 0;
            self.direction += 1;
        }
        let start = if ends_direction { 0 } else { self.samples.end };
        self.samples = start..start + self.blocks.size(self.block);
        let ends_layer = self.direction == self.directions;
        if ends_layer {
            self.direction = 0;
            self.layer += 1;
        }
        ends_layer
    }

    /// Reads the block's `h_0`.
    fn fetch_state(&mut self, state: &[f32]) {
        let (cell, batch, hidden, stride) = (self.cell(), self.layout.batch, self.hidden, self.stride());
        for (b, h) in self.samples.clone().zip(self.h.chunks_exact_mut(stride)) {
            h[..hidden].copy_from_slice(&state[state_row(cell, b, batch, hidden)]);
        }
    }

    /// Writes the block's `h_n`.
    fn leave_state(&self, state: &mut [f32]) {
        for (b, h) in self.samples.clone().zip(self.h.chunks_exact(self.stride())) {
            state[state_row(self.cell(), b, self.layout.batch, self.hidden)]
                .copy_from_slice(&h[..self.hidden]);
        }
    }

    /// The place of the current layer and direction in a state's first axis.
    fn cell(&self) -> usize {
        self.layer * self.directions + self.direction
    }

    /// The input's step that the direction takes after so many others.
    fn time(&self, step: usize) -> usize {
        if self.direction == 0 { step } else { self.layout.steps - 1 - step }
    }

    /// H rounded up to whole vectors.
    fn stride(&self) -> usize {
        self.hidden.div_ceil(UNITS) * LANES
    }
}

/// The input's product for one panel.
struct Projection<'a> {
    starts: &'a [usize],
    input: &'a Sequence<f32>,
    weights: &'a [[f32; COLUMNS]],
    bias: [F32x4; 3],
    projected: &'a mut [[f32; COLUMNS]],
}

impl Rows for Projection<'_> {
    #[inline(always)]
    fn rows<const R: usize>(&mut self, first: usize) {
        let starts = &self.starts[first..first + R];
        let rows = std::array::from_fn(|i| self.input.row_at(starts[i]));
        let sums = tile::<R>(rows, self.weights, [self.bias; R]);
        for (sums, columns) in sums.iter().zip(&mut self.projected[first..first + R]) {
            store(sums, columns);
        }
    }
}

/// A layer and direction, a step of the input, and the first sample of the block.
#[derive(Clone, Copy)]
struct Place {
    cell: [usize; 2],
    t: usize,
    first: usize,
}

/// One step of the units of one panel.
struct Step<'a> {
    stride: usize,
    hidden: usize,
    /// The panel's first.
    unit: usize,
    weights: &'a [[f32; COLUMNS]],
    bias_hn: F32x4,
    projected: &'a [[f32; COLUMNS]],
    h: &'a [f32],
    h_next: &'a mut [f32],
    output: &'a mut Sequence<f32>,
    place: Place,
    trace: Option<&'a mut Trace<f32>>,
}

impl Rows for Step<'_> {
    #[inline(always)]
    fn rows<const R: usize>(&mut self, first: usize) {
        let (stride, hidden, unit) = (self.stride, self.hidden, self.unit);
        let inputs: [[F32x4; 3]; R] = std::array::from_fn(|i| load(&self.projected[first + i]));
        // W_hr h and W_hz h are added to what the input gave; W_hn h + b_hn stands apart.
        let sums = inputs.map(|[r, z, _]| [r, z, self.bias_hn]);
        let rows = std::array::from_fn(|i| &self.h[(first + i) * stride..][..hidden]);
        let sums = tile::<R>(rows, self.weights, sums);
        for i in 0..R {
            let at = (first + i) * stride + unit;
            let h_prev = F32x4::load_part(&self.h[at..at + LANES]);
            let [pre_r, pre_z, n_hidden] = sums[i];
            let n_input = inputs[i][2];
            // r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
            let r = sigmoid(pre_r);
            // z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
            let z = sigmoid(pre_z);
            // n = tanh(W_in x + b_in + r * (W_hn h + b_hn))
            let pre_n = r.mul_add(n_hidden, n_input);
            let n = tanh(pre_n);
            // h' = (1 - z) * n + z * h
            let h = z.mul_add(h_prev - n, n);

            h.store_part(&mut self.h_next[at..at + LANES]);
            let Place { cell, t, first: first_sample } = self.place;
            let b = first_sample + first + i;
            let side = cell[1] * hidden;
            let units = unit..hidden.min(unit + UNITS);
            h.store_part(&mut self.output.row_mut(t, b)[side + units.start..side + units.end]);
            if let Some(trace) = &mut self.trace {
                let gates = [pre_r, pre_z, pre_n, n_input, n_hidden, r, z, n, h];
                trace.keep_units(cell, [t, b], units, |quantity, to| gates[quantity].store_part(to));
            }
        }
    }
}
