//! A pass over one module's layers and directions, cut into pieces that can be done one at a time.

use std::mem;
use std::ops::Range;

use super::activation::{sigmoid, tanh};
use super::panels::{CellPanels, UNITS};
use super::sweep::{Columns, Piece, Sweep};
use super::tile::{COLUMNS, Rows, by_tiles, load, store, tile};
use crate::gru::sequence::{Layout, Sequence};
use crate::gru::{Gru, GruConfig, Trace};
use kernel::simd::{F32x4, LANES};

/// What a pass reads and writes outside its scratch.
pub struct Call<'a> {
    pub gru: &'a Gru<f32>,
    /// What the current layer reads.
    pub input: &'a Sequence<f32>,
    /// What it writes.
    pub output: &'a mut Sequence<f32>,
    /// `h_0`, overwritten by `h_n`.
    pub state: &'a mut [f32],
    pub trace: Option<&'a mut Trace<f32>>,
}

/// Where a pass is and what it works in.
#[derive(Debug)]
pub struct Pass {
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

impl Pass {
    /// A pass with nothing done.
    pub fn new(config: &GruConfig, layout: Layout) -> Self {
        let sweep = Sweep::new(config, layout, 0);
        let count = sweep.hidden.div_ceil(UNITS);
        let rows = sweep.chunk_steps * sweep.samples.len();
        let h = vec![0.0; sweep.samples.len() * count * LANES];
        Pass {
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

    /// Does about so many multiply-adds, at least one panel, at most what is left of a product or step.
    pub fn advance(&mut self, multiply_adds: u64, call: &mut Call<'_>) -> Piece {
        let cell = call.gru.packed().forward(call.gru).cell(self.sweep.cell());
        let (rows, features) = match self.step {
            None => (self.chunk.len() * self.sweep.samples.len(), call.input.features()),
            Some(_) => (self.sweep.samples.len(), self.sweep.hidden),
        };
        let units = Columns { count: self.sweep.hidden, width: UNITS, depth: 3 * rows * features };
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
    fn begin_chunk(&mut self, call: &Call<'_>) {
        self.starts.clear();
        for step in self.chunk.clone() {
            let t = self.sweep.time(step);
            self.starts.extend(self.sweep.samples.clone().map(|b| call.input.start(t, b)));
        }
        if self.chunk.start == 0 {
            for (b, h) in self.sweep.samples.clone().zip(self.h.chunks_exact_mut(stride(self.sweep.hidden))) {
                h[..self.sweep.hidden].copy_from_slice(&call.state[self.sweep.state_row(b)]);
            }
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
        call: &mut Call<'_>,
        work: impl Fn(&mut Step<'_>),
    ) {
        let Sweep { hidden, layer, direction, ref samples, .. } = self.sweep;
        let rows = self.chunk.len() * samples.len();
        let first = (step - self.chunk.start) * samples.len();
        let place = Place { cell: [layer, direction], t: self.sweep.time(step), first: samples.start };
        let mut trace = call.trace.as_deref_mut().filter(|trace| trace.keeps(place.cell));
        for panel in panels {
            work(&mut Step {
                hidden,
                unit: panel * UNITS,
                weights: cell.hidden(panel),
                bias_hn: F32x4::load(cell.bias_hn(panel)),
                projected: &mut self.projected[panel * rows + first..][..samples.len()],
                h: &self.h,
                h_next: &mut self.h_next,
                output: call.output,
                place,
                trace: trace.as_deref_mut(),
            });
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
        let Sweep { hidden, chunk_steps, .. } = self.sweep;
        if self.chunk.end < self.sweep.steps() {
            self.chunk = self.chunk.end..(self.chunk.end + chunk_steps).min(self.sweep.steps());
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

    /// The current layer.
    pub fn layer(&self) -> usize {
        self.sweep.layer
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
    hidden: usize,
    /// The panel's first.
    unit: usize,
    weights: &'a [[f32; COLUMNS]],
    bias_hn: F32x4,
    projected: &'a mut [[f32; COLUMNS]],
    h: &'a [f32],
    h_next: &'a mut [f32],
    output: &'a mut Sequence<f32>,
    place: Place,
    trace: Option<&'a mut Trace<f32>>,
}

/// What the gates of one sample are made of.
struct Sums {
    /// `W_ir x + b_ir + W_hr h + b_hr`
    r: F32x4,
    /// `W_iz x + b_iz + W_hz h + b_hz`
    z: F32x4,
    /// `W_in x + b_in`
    n_input: F32x4,
    /// `W_hn h + b_hn`
    n_hidden: F32x4,
}

impl Rows for Step<'_> {
    #[inline(always)]
    fn rows<const R: usize>(&mut self, first: usize) {
        let sums = self.sums::<R>(first);
        for (i, Sums { r, z, n_input, n_hidden }) in sums.into_iter().enumerate() {
            let at = (first + i) * stride(self.hidden) + self.unit;
            store(&[r, z, n_input], &mut self.projected[first + i]);
            n_hidden.store_part(&mut self.h_next[at..at + LANES]);
        }
    }
}

impl Step<'_> {
    /// The hidden state's product for some samples of the block, on what the input gave.
    #[inline(always)]
    fn sums<const R: usize>(&self, first: usize) -> [Sums; R] {
        let inputs: [[F32x4; 3]; R] = std::array::from_fn(|i| load(&self.projected[first + i]));
        // W_hr h and W_hz h are added to what the input gave; W_hn h + b_hn stands apart.
        let sums = inputs.map(|[r, z, _]| [r, z, self.bias_hn]);
        let rows = std::array::from_fn(|i| &self.h[(first + i) * stride(self.hidden)..][..self.hidden]);
        let sums = tile::<R>(rows, self.weights, sums);
        std::array::from_fn(|i| {
            let ([r, z, n_hidden], [_, _, n_input]) = (sums[i], inputs[i]);
            Sums { r, z, n_input, n_hidden }
        })
    }

    #[inline(always)]
    fn take_up(&mut self, row: usize) {
        let [r, z, n_input] = load(&self.projected[row]);
        let at = row * stride(self.hidden) + self.unit;
        let n_hidden = F32x4::load_part(&self.h_next[at..at + LANES]);
        self.gates(row, &Sums { r, z, n_input, n_hidden });
    }

    /// The gates and the next state of one sample of the block.
    #[inline(always)]
    fn gates(&mut self, row: usize, sums: &Sums) {
        let (hidden, unit) = (self.hidden, self.unit);
        let at = row * stride(hidden) + unit;
        let h_prev = F32x4::load_part(&self.h[at..at + LANES]);
        let &Sums { r: pre_r, z: pre_z, n_input, n_hidden } = sums;
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
        let b = first_sample + row;
        let side = cell[1] * hidden;
        let units = unit..hidden.min(unit + UNITS);
        h.store_part(&mut self.output.row_mut(t, b)[side + units.start..side + units.end]);
        if let Some(trace) = &mut self.trace {
            let gates = [pre_r, pre_z, pre_n, n_input, n_hidden, r, z, n, h];
            trace.keep_units(cell, [t, b], units, |quantity, to| gates[quantity].store_part(to));
        }
    }
}
