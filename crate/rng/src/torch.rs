use rand_mt::Mt;

use super::Generator;
use super::fused::{self, Doubles, Fused, HardwareFused, LANES, each};
use super::normal::{BLOCK, block_f64, pair, transform_f32};
use num::Real;

/// What `PyTorch` draws on a CPU with AVX2 after `torch.manual_seed(seed)`, bit for bit in f32.
///
/// f64 normals take the platform's `log`, `sin` and `cos`, as `PyTorch` does, and may differ from another
/// platform's in the last bit; in wasm, where they are rounded rightly, about one in 600 does from glibc's.
///
/// ```
/// use gru_playground_rng::{DrawError, TorchGenerator};
///
/// let mut generator = TorchGenerator::new(0); // torch.manual_seed(0)
/// let mut integers = [0; 3];
/// generator.fill_randint(0, 10, &mut integers)?; // torch.randint(10, (3,))
/// assert_eq!(integers, [4, 9, 3]);
/// # Ok::<(), DrawError>(())
/// ```
#[derive(Debug, Clone)]
pub struct TorchGenerator {
    words: Mt,
    /// The second number of the last pair drawn by the path for short tensors.
    kept: Option<f64>,
}

impl TorchGenerator {
    /// The stream after `torch.manual_seed(seed)`: only the low 32 bits of the seed count. A negative seed
    /// is given in two's complement, -1 as `u64::MAX`.
    pub fn new(seed: u64) -> Self {
        TorchGenerator { words: Mt::new(seed as u32), kept: None }
    }

    /// The next word of the Mersenne Twister.
    pub(super) fn next_u32(&mut self) -> u32 {
        self.words.next_u32()
    }

    /// Two words, the first one high.
    pub(super) fn next_u64(&mut self) -> u64 {
        let high = u64::from(self.words.next_u32());
        high << 32 | u64::from(self.words.next_u32())
    }

    /// One number, uniform in [0, 1).
    fn unit_f32(&mut self) -> f32 {
        const UNIT: f32 = 1.0 / (1 << 24) as f32;
        (self.words.next_u32() & 0x00ff_ffff) as f32 * UNIT
    }

    /// The same in double precision.
    pub(super) fn unit_f64(&mut self) -> f64 {
        const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;
        (self.next_u64() & ((1 << 53) - 1)) as f64 * UNIT
    }

    /// A normal number for a tensor of fewer than 16 elements of either type; every second one was kept.
    fn short_normal(&mut self) -> f64 {
        self.kept.take().unwrap_or_else(|| {
            let (u1, u2) = (self.unit_f64(), self.unit_f64());
            let (first, second) = pair(u1, u2);
            self.kept = Some(second);
            first
        })
    }

    /// Fills 16 elements or more; a last incomplete block becomes a whole one, drawn anew.
    fn fill_blocks<T: Copy>(
        &mut self,
        elements: &mut [T],
        uniform: fn(&mut Self) -> T,
        transform: impl Fn(&mut [T; BLOCK]),
    ) {
        elements.fill_with(|| uniform(self));
        let (blocks, rest) = elements.as_chunks_mut();
        blocks.iter_mut().for_each(&transform);
        if !rest.is_empty()
            && let Some(last) = elements.last_chunk_mut()
        {
            last.fill_with(|| uniform(self));
            transform(last);
        }
    }
}

impl Generator<f32> for TorchGenerator {
    fn uniform(&mut self, low: f32, high: f32) -> f32 {
        below(self.unit_f32().mul_add(high - low, low), low, high)
    }

    fn fill_uniform_with(&mut self, low: f32, high: f32, elements: &mut [f32]) {
        let (blocks, rest) = elements.as_chunks_mut();
        let scale = fused::choose(scale::<HardwareFused>, scale::<Doubles>);
        for block in blocks {
            block.fill_with(|| self.unit_f32());
            scale(block, low, high);
        }
        rest.fill_with(|| self.uniform(low, high));
    }

    fn fill_normal_with(&mut self, mean: f64, std: f64, elements: &mut [f32]) {
        if elements.len() < BLOCK {
            elements.fill_with(|| self.short_normal().mul_add(std, mean) as f32);
        } else {
            let (block, mean, std) = (transform_f32(), mean as f32, std as f32);
            let transform = |elements: &mut _| block(elements, mean, std);
            self.fill_blocks(elements, Self::unit_f32, transform);
        }
    }
}

impl Generator<f64> for TorchGenerator {
    fn uniform(&mut self, low: f64, high: f64) -> f64 {
        below(self.unit_f64().mul_add(high - low, low), low, high)
    }

    fn fill_normal_with(&mut self, mean: f64, std: f64, elements: &mut [f64]) {
        if elements.len() < BLOCK {
            elements.fill_with(|| self.short_normal().mul_add(std, mean));
        } else {
            let transform = |block: &mut _| block_f64(block, mean, std);
            self.fill_blocks(elements, |generator| generator.uniform(0.0, 1.0), transform);
        }
    }
}

/// From [0, 1) to [low, high).
fn scale<F: Fused>(units: &mut [f32; LANES], low: f32, high: f32) {
    let scaled = F::mul_add(*units, [high - low; LANES], [low; LANES]);
    *units = each(|i| below(scaled[i], low, high));
}

/// The interval is open above: rounding may have reached `high`.
fn below<T: Real>(value: T, low: T, high: T) -> T {
    if value == high { low } else { value }
}
