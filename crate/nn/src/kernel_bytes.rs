use crate::parameters::{Options, Plan};
use kernel::gru::{Blocks, COLUMNS, UNITS};

/// What the kernels hold beside what [`Cost`](crate::cost::Cost) counts for every pass. Where it does not fit into
/// [`LIMIT_BYTES`](crate::cost::LIMIT_BYTES) with the rest, a pass goes without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KernelBytes {
    /// The packed weights, which stay with the module: as many as the parameters, H rounded up to four.
    pub panels: u128,
    /// What one pass works in.
    pub scratch: u128,
    /// The weights packed for backward passes.
    pub backward_panels: u128,
    /// What one backward pass works in.
    pub backward_scratch: u128,
}

impl KernelBytes {
    /// Those of a module and of one pass over `seq_len` steps of `batch` samples.
    pub fn of(config: &impl Options, seq_len: usize, batch: usize) -> Self {
        KernelBytes::of_plan(&config.plan(), seq_len, batch)
    }

    pub(crate) fn of_plan(plan: &Plan, seq_len: usize, batch: usize) -> Self {
        const FLOAT: u128 = size_of::<f32>() as u128;
        const INDEX: u128 = size_of::<usize>() as u128;
        let [input, hidden, layers, directions] =
            [plan.input_size, plan.hidden_size, plan.num_layers, plan.directions].map(u128::from);
        let cells = layers * directions;
        let up = |numbers: u128, to: usize| numbers.next_multiple_of(to as u128);
        // Of one unit of W_i or W_h, three gates.
        let units = up(hidden, UNITS);
        let features = directions * (input + (layers - 1) * directions * hidden) + cells * hidden;
        let above = directions * hidden;
        let reads = if layers > 1 { input.max(above) } else { input };

        let blocks = Blocks::of(batch);
        let samples = blocks.size(0) as u128;
        let rows = blocks.chunk_steps(seq_len) as u128 * samples;
        let of_cells = up(input, COLUMNS) + (layers - 1) * up(above, COLUMNS);
        let columns = directions * of_cells + cells * up(hidden, COLUMNS);
        KernelBytes {
            panels: (features * 3 * units + cells * 4 * units) * FLOAT,
            scratch: (rows * 3 * units + 2 * samples * units) * FLOAT + rows * INDEX,
            backward_panels: columns * 3 * hidden * FLOAT,
            backward_scratch: (rows * (8 * hidden + up(reads, COLUMNS) + up(hidden, COLUMNS))
                + samples * up(hidden, COLUMNS))
                * FLOAT
                + rows * INDEX,
        }
    }
}
