//! Random numbers: one trait, and behind it the very stream that `PyTorch` draws on a CPU.

mod fused;
mod normal;
mod torch;

pub use torch::TorchGenerator;

/// A source of random numbers of type T.
pub trait Generator<T> {
    /// One number, uniform in [low, high).
    fn uniform(&mut self, low: T, high: T) -> T;

    /// Fills a tensor's elements, in memory order, with standard normal numbers.
    fn fill_normal(&mut self, elements: &mut [T]);
}
