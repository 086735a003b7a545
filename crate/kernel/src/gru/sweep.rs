//! The order of a pass in the kernels: layers, in each its directions, in each the blocks of samples.

use std::ops::Range;

use super::{H, KEPT, Sizes};

/// Rows that a product has at once, if so many samples or steps there are. More would not stay in the second
/// cache; fewer would read the weights too often.
const BLOCK_ROWS: usize = 96;

/// A batch cut into blocks that go through a layer and direction one after the other: samples do not know of each
/// other, and so scratch does not grow with the batch.
#[derive(Debug, Clone, Copy)]
pub struct Blocks {
    batch: usize,
    count: usize,
}

impl Blocks {
    /// The blocks of so many samples.
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

/// Where a pass is.
#[derive(Debug)]
pub struct Sweep {
    pub sizes: Sizes,
    blocks: Blocks,
    /// The current layer.
    pub layer: usize,
    /// The current direction: 1 reads from the end.
    pub direction: usize,
    /// The current block of samples.
    block: usize,
    /// Its samples.
    pub samples: Range<usize>,
    /// Steps that are taken together, the last time perhaps fewer.
    pub chunk_steps: usize,
}

impl Sweep {
    /// The beginning of a layer.
    pub fn new(sizes: Sizes, layer: usize) -> Self {
        let blocks = Blocks::of(sizes.batch);
        Sweep {
            sizes,
            blocks,
            layer,
            direction: 0,
            block: 0,
            samples: 0..blocks.size(0),
            chunk_steps: blocks.chunk_steps(sizes.steps),
        }
    }

    /// Leaves a block of samples: whether that ends a layer, of which the next one is then to be set.
    pub fn end_block(&mut self) -> bool {
        self.block += 1;
        let ends_direction = self.block == self.blocks.count;
        if ends_direction {
            self.block = 0;
            self.direction += 1;
        }
        let ends_layer = self.direction == self.sizes.directions;
        if ends_layer {
            self.direction = 0;
        }
        let start = if ends_direction { 0 } else { self.samples.end };
        self.samples = start..start + self.blocks.size(self.block);
        ends_layer
    }

    /// What the current layer reads of a step of a sample: how many features.
    pub fn features(&self) -> usize {
        self.sizes.features(self.layer)
    }

    /// The place of the current layer and direction in a state's first axis.
    pub fn cell(&self) -> usize {
        self.layer * self.sizes.directions + self.direction
    }

    /// The input's step that the direction takes after so many others.
    pub fn time(&self, step: usize) -> usize {
        if self.direction == 0 { step } else { self.sizes.steps - 1 - step }
    }

    /// The current direction's part of what the layer writes for a step of a sample.
    pub fn output_row(&self, t: usize, b: usize) -> Range<usize> {
        let Sizes { directions, hidden, .. } = self.sizes;
        let start = (self.sizes.row(t, b) * directions + self.direction) * hidden;
        start..start + hidden
    }

    /// The state of one sample before a step, as the forward pass had it.
    pub fn h_prev<'a>(&self, step: usize, b: usize, trace: &Traced<'a>, h_0: &'a [f32]) -> &'a [f32] {
        match step.checked_sub(1) {
            Some(before) => trace.row(self.cell(), H, [self.time(before), b]),
            None => &h_0[self.state_row(b)],
        }
    }

    /// Where the state of one sample lies in (D*`num_layers`, N, H).
    pub fn state_row(&self, b: usize) -> Range<usize> {
        let Sizes { batch, hidden, .. } = self.sizes;
        let start = (self.cell() * batch + b) * hidden;
        start..start + hidden
    }
}

/// A whole trace, (`num_layers`, D, [`KEPT`], L, N, H).
#[derive(Clone, Copy)]
pub struct Traced<'a> {
    pub values: &'a [f32],
    pub sizes: Sizes,
}

impl<'a> Traced<'a> {
    /// One quantity of every unit in one step of one sample: H numbers.
    pub fn row(&self, cell: usize, quantity: usize, [t, b]: [usize; 2]) -> &'a [f32] {
        let Sizes { steps, batch, hidden, .. } = self.sizes;
        let start = (((cell * KEPT + quantity) * steps + t) * batch + b) * hidden;
        &self.values[start..][..hidden]
    }
}

/// What a piece of a pass came to.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// Multiply-adds done.
    pub multiply_adds: u64,
    /// Whether it was the last one of a layer.
    pub ends_layer: bool,
}

/// Work that can be cut: columns of a product, so many at once.
pub struct Columns {
    pub count: usize,
    /// How many belong together.
    pub width: usize,
    /// Multiply-adds of one.
    pub depth: usize,
}

impl Columns {
    /// The groups from `done` on that make about so many multiply-adds, at least one; whether they are the last; and
    /// how many multiply-adds they are.
    pub fn next(&self, done: usize, multiply_adds: u64) -> (Range<usize>, bool, u64) {
        let left = self.count.div_ceil(self.width) - done;
        let wanted = multiply_adds / (self.width * self.depth).max(1) as u64;
        let wanted = usize::try_from(wanted).unwrap_or(left).clamp(1, left);
        let end = done + wanted;
        let columns = (end * self.width).min(self.count) - done * self.width;
        (done..end, wanted == left, (columns * self.depth) as u64)
    }
}
