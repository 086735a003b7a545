//! A pass over one module's layers and directions, cut into pieces that can be done one at a time.

use std::mem;
use std::ops::Range;

use super::activation::{sigmoid, tanh};
use super::panels::{CellPanels, UNITS};
use super::sweep::{Columns, Piece, Sweep};
use super::tile::{COLUMNS, Rows, by_tiles, load, store, tile};
use super::{KEPT, Panels, Sizes};
use crate::simd::{F32x4, LANES};

/// What a pass reads and writes outside its scratch.
#[derive(Debug)]
pub struct ForwardCall<'a> {
    /// The module's weights.
    pub panels: &'a Panels,
    /// What the current layer reads.
    pub input: &'a [f32],
    /// What it writes.
    pub output: &'a mut [f32],
    /// `h_0`, overwritten by `h_n`: (D*`num_layers`, N, H).
    pub state: &'a mut [f32],
    /// The trace of the current layer and direction, if that is kept.
    pub trace: Option<CellTrace<'a>>,
}

/// The trace of one layer and direction: of some samples that follow each other.
#[derive(Debug)]
pub struct CellTrace<'a> {
    /// ([`KEPT`], L, samples, H).
    pub values: &'a mut [f32],
    /// The first sample that is kept.
    pub first: usize,
    /// How many are.
    pub samples: usize,
}

impl CellTrace<'_> {
    /// The same for a while.
    #[inline(always)]
    fn again(&mut self) -> CellTrace<'_> {
        CellTrace { values: self.values, first: self.first, samples: self.samples }
    }

    /// Fills every quantity of some units in one step of a sample, where that is kept.
    ///
    /// Neither inlined nor by reference: where nothing is kept, the gates would be slower by its nine stores, and by a step that
    /// stands in memory for its sake.
    #[inline(never)]
    fn keep_quantities(self, sizes: Sizes, [t, b]: [usize; 2], unit: usize, quantities: &[F32x4; KEPT]) {
        let units = unit..sizes.hidden.min(unit + UNITS);
        let Some(b) = b.checked_sub(self.first).filter(|&b| b < self.samples) else { return };
        let mut start = (t * self.samples + b) * sizes.hidden;
        for quantity in quantities {
            quantity.store_part(&mut self.values[start + units.start..start + units.end]);
            start += sizes.steps * self.samples * sizes.hidden;
        }
    }
}

/// Where a pass is and what it works in.
#[derive(Debug)]
pub struct ForwardPass {
    sweep: Sweep,
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

impl ForwardPass {
    /// A pass with nothing done.
    pub fn new(sizes: Sizes) -> Self {
        let sweep = Sweep::new(sizes, 0);
        let count = sizes.hidden.div_ceil(UNITS);
        let rows = sweep.chunk_steps * sweep.samples.len();
        let h = vec![0.0; sweep.samples.len() * count * LANES];
        ForwardPass {
            chunk: 0..sweep.chunk_steps,
            sweep,
            step: None,
            panels_done: 0,
            starts: Vec::with_capacity(rows),
            projected: vec![[0.0; COLUMNS]; rows * count],
            h_next: h.clone(),
            h,
        }
    }

    /// Makes of a pass that is over one with nothing done.
    pub fn restart(&mut self) {
        self.sweep.layer = 0;
    }

    /// Does about so many multiply-adds, at least one panel, at most what is left of a layer and direction.
    pub fn advance(&mut self, multiply_adds: u64, call: &mut ForwardCall<'_>) -> Piece {
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

    /// The same, at most what is left of a product or step.
    fn take_piece(&mut self, multiply_adds: u64, call: &mut ForwardCall<'_>) -> Piece {
        let cell = call.panels.cell(self.sweep.cell());
        let (rows, features) = match self.step {
            None => (self.chunk.len() * self.sweep.samples.len(), self.sweep.features()),
            Some(_) => (self.sweep.samples.len(), self.sweep.sizes.hidden),
        };
        let units = Columns { count: self.sweep.sizes.hidden, width: UNITS, depth: 3 * rows * features };
        let (panels, are_last, multiply_adds) = units.next(self.panels_done, multiply_adds);
        if let Some(step) = self.step {
            self.take_step(cell, step, panels.clone(), call);
        } else {
            if panels.start == 0 {
                self.begin_chunk(call);
            }
            self.project(cell, panels.clone(), call.input);
        }
        self.panels_done = panels.end;
        Piece { multiply_adds, ends_layer: are_last && self.end_panels(call) }
    }

    /// Finds the input's rows, and before the first step `h_0`.
    fn begin_chunk(&mut self, call: &ForwardCall<'_>) {
        self.starts.clear();
        for step in self.chunk.clone() {
            let t = self.sweep.time(step);
            let features = self.sweep.features();
            let starts = self.sweep.samples.clone().map(|b| self.sweep.sizes.row(t, b) * features);
            self.starts.extend(starts);
        }
        if self.chunk.start == 0 {
            let hidden = self.sweep.sizes.hidden;
            for (b, h) in self.sweep.samples.clone().zip(self.h.chunks_exact_mut(stride(hidden))) {
                h[..hidden].copy_from_slice(&call.state[self.sweep.state_row(b)]);
            }
        }
    }

    /// The input's product of this chunk for some panels.
    fn project(&mut self, cell: &CellPanels, panels: Range<usize>, input: &[f32]) {
        let rows = self.starts.len();
        for panel in panels {
            let mut projection = Projection {
                starts: &self.starts,
                input,
                features: self.sweep.features(),
                weights: cell.input(panel),
                bias: load(cell.bias(panel)),
                projected: &mut self.projected[panel * rows..][..rows],
            };
            by_tiles(rows, &mut projection);
        }
    }

    /// The hidden state's product and the gates of one step for some panels.
    fn take_step(
        &mut self,
        cell: &CellPanels,
        step: usize,
        panels: Range<usize>,
        call: &mut ForwardCall<'_>,
    ) {
        let samples = self.sweep.samples.len();
        // Each gate waits for the one before it: those of many units wait together where no product is between.
        if samples == 1 {
            // Spelt out, for the loops over samples cost one alone 5% of the step.
            self.each_panel(cell, step, panels.clone(), call, |step| step.rows::<1>(0));
            self.each_panel(cell, step, panels, call, |step| step.take_up(0));
        } else {
            self.each_panel(cell, step, panels.clone(), call, |step| by_tiles(samples, step));
            self.each_panel(cell, step, panels, call, |step| (0..samples).for_each(|row| step.take_up(row)));
        }
    }

    #[inline(always)]
    fn each_panel(
        &mut self,
        cell: &CellPanels,
        step: usize,
        panels: Range<usize>,
        call: &mut ForwardCall<'_>,
        work: impl Fn(&mut PanelStep<'_>),
    ) {
        let Sweep { sizes, direction, ref samples, .. } = self.sweep;
        let rows = self.chunk.len() * samples.len();
        let first = (step - self.chunk.start) * samples.len();
        let place = BlockPlace { direction, t: self.sweep.time(step), first: samples.start };
        for panel in panels {
            work(&mut PanelStep {
                sizes,
                unit: panel * UNITS,
                weights: cell.hidden(panel),
                bias_hn: F32x4::load(cell.bias_hn(panel)),
                projected: &mut self.projected[panel * rows + first..][..samples.len()],
                h: &self.h,
                h_next: &mut self.h_next,
                output: call.output,
                place,
                trace: call.trace.as_mut().map(CellTrace::again),
            });
        }
    }

    /// Leaves a product or step: whether that ends a layer.
    fn end_panels(&mut self, call: &mut ForwardCall<'_>) -> bool {
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
        let Sweep { sizes: Sizes { hidden, steps, .. }, chunk_steps, .. } = self.sweep;
        if self.chunk.end < steps {
            self.chunk = self.chunk.end..(self.chunk.end + chunk_steps).min(steps);
            return false;
        }
        for (b, h) in self.sweep.samples.clone().zip(self.h.chunks_exact(stride(hidden))) {
            call.state[self.sweep.state_row(b)].copy_from_slice(&h[..hidden]);
        }
        self.chunk = 0..chunk_steps;
        let ends_layer = self.sweep.end_block();
        self.sweep.layer += usize::from(ends_layer);
        ends_layer
    }

    /// The current layer and direction.
    pub fn cell(&self) -> [usize; 2] {
        [self.sweep.layer, self.sweep.direction]
    }
}

/// H rounded up to whole vectors.
#[inline(always)]
fn stride(hidden: usize) -> usize {
    hidden.next_multiple_of(LANES)
}

/// The input's product for one panel.
struct Projection<'a> {
    starts: &'a [usize],
    input: &'a [f32],
    features: usize,
    weights: &'a [[f32; COLUMNS]],
    bias: [F32x4; 3],
    projected: &'a mut [[f32; COLUMNS]],
}

impl Rows for Projection<'_> {
    #[inline(always)]
    fn rows<const R: usize>(&mut self, first: usize) {
        let starts = &self.starts[first..first + R];
        let rows = std::array::from_fn(|i| &self.input[starts[i]..][..self.features]);
        let sums = tile::<R>(rows, self.weights, [self.bias; R]);
        for (sums, columns) in sums.iter().zip(&mut self.projected[first..first + R]) {
            store(sums, columns);
        }
    }
}

/// A direction, a step of the input, and the first sample of the block.
#[derive(Clone, Copy)]
struct BlockPlace {
    direction: usize,
    t: usize,
    first: usize,
}

/// One step of the units of one panel.
struct PanelStep<'a> {
    sizes: Sizes,
    /// The panel's first.
    unit: usize,
    weights: &'a [[f32; COLUMNS]],
    bias_hn: F32x4,
    projected: &'a mut [[f32; COLUMNS]],
    h: &'a [f32],
    h_next: &'a mut [f32],
    output: &'a mut [f32],
    place: BlockPlace,
    trace: Option<CellTrace<'a>>,
}

/// What the gates of one sample are made of.
struct GateSums {
    /// `W_ir x + b_ir + W_hr h + b_hr`
    r: F32x4,
    /// `W_iz x + b_iz + W_hz h + b_hz`
    z: F32x4,
    /// `W_in x + b_in`
    n_input: F32x4,
    /// `W_hn h + b_hn`
    n_hidden: F32x4,
}

impl Rows for PanelStep<'_> {
    #[inline(always)]
    fn rows<const R: usize>(&mut self, first: usize) {
        let sums = self.sums::<R>(first);
        for (i, GateSums { r, z, n_input, n_hidden }) in sums.into_iter().enumerate() {
            let at = (first + i) * stride(self.sizes.hidden) + self.unit;
            store(&[r, z, n_input], &mut self.projected[first + i]);
            n_hidden.store_part(&mut self.h_next[at..at + LANES]);
        }
    }
}

impl PanelStep<'_> {
    /// The hidden state's product for some samples of the block, on what the input gave.
    #[inline(always)]
    fn sums<const R: usize>(&self, first: usize) -> [GateSums; R] {
        let inputs: [[F32x4; 3]; R] = std::array::from_fn(|i| load(&self.projected[first + i]));
        // W_hr h and W_hz h are added to what the input gave; W_hn h + b_hn stands apart.
        let sums = inputs.map(|[r, z, _]| [r, z, self.bias_hn]);
        let rows =
            std::array::from_fn(|i| &self.h[(first + i) * stride(self.sizes.hidden)..][..self.sizes.hidden]);
        let sums = tile::<R>(rows, self.weights, sums);
        std::array::from_fn(|i| {
            let ([r, z, n_hidden], [_, _, n_input]) = (sums[i], inputs[i]);
            GateSums { r, z, n_input, n_hidden }
        })
    }

    #[inline(always)]
    fn take_up(&mut self, row: usize) {
        let [r, z, n_input] = load(&self.projected[row]);
        let at = row * stride(self.sizes.hidden) + self.unit;
        let n_hidden = F32x4::load_part(&self.h_next[at..at + LANES]);
        self.gates(row, &GateSums { r, z, n_input, n_hidden });
    }

    /// The gates and the next state of one sample of the block.
    #[inline(always)]
    fn gates(&mut self, row: usize, sums: &GateSums) {
        let (Sizes { hidden, directions, .. }, unit) = (self.sizes, self.unit);
        let at = row * stride(hidden) + unit;
        let h_prev = F32x4::load_part(&self.h[at..at + LANES]);
        let &GateSums { r: pre_r, z: pre_z, n_input, n_hidden } = sums;
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
        let BlockPlace { direction, t, first: first_sample } = self.place;
        let b = first_sample + row;
        let side = (self.sizes.row(t, b) * directions + direction) * hidden;
        let units = unit..hidden.min(unit + UNITS);
        h.store_part(&mut self.output[side + units.start..side + units.end]);
        if let Some(trace) = &mut self.trace {
            let gates = [pre_r, pre_z, pre_n, n_input, n_hidden, r, z, n, h];
            trace.again().keep_quantities(self.sizes, [t, b], unit, &gates);
        }
    }
}
