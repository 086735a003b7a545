use super::forward::Blocks;
use super::panels::UNITS;
use super::simd::LANES;
use super::tile::COLUMNS;
use crate::gru::GruConfig;

/// What the kernels hold beside what [`Cost`](crate::cost::Cost) counts for every pass. Where it does not fit into
/// [`LIMIT_BYTES`](crate::cost::LIMIT_BYTES) with the rest, a pass goes without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KernelBytes {
    /// The packed weights, which stay with the module: as many as the parameters, H rounded up to four.
    pub panels: u128,
    /// What one pass works in.
    pub scratch: u128,
}

impl KernelBytes {
    /// Those of a module and of one pass over `seq_len` steps of `batch` samples.
    pub fn of(config: &GruConfig, seq_len: usize, batch: usize) -> Self {
        const FLOAT: u128 = size_of::<f32>() as u128;
        let count = u128::from(config.hidden_size.div_ceil(UNITS as u64));
        let [columns, lanes] = [COLUMNS, LANES].map(|numbers| count * numbers as u128 * FLOAT);
        let cells = u128::from(config.num_layers) * u128::from(config.directions());
        let features = u128::from(config.input_size)
            + u128::from(config.num_layers - 1) * u128::from(config.directions() * config.hidden_size);
        let rows = u128::from(config.directions()) * features + cells * u128::from(config.hidden_size);

        let blocks = Blocks::of(batch);
        let samples = blocks.size(0);
        let chunk = blocks.chunk_steps(seq_len) * samples;
        let per_row = columns + size_of::<usize>() as u128;
        KernelBytes {
            panels: rows * columns + cells * (columns + lanes),
            scratch: chunk as u128 * per_row + 2 * samples as u128 * lanes,
        }
    }
}
