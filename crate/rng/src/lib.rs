//! Random numbers: one trait, and behind it the very stream that `PyTorch` draws on a CPU.

#[cfg(any(test, target_arch = "wasm32"))]
mod double;
mod draws;
mod error;
mod fused;
pub mod init;
mod multinomial;
mod normal;
mod torch;

pub use error::DrawError;
pub use torch::TorchGenerator;

/// A source of random numbers of type T.
///
/// ```
/// use gru_playground_rng::{Generator, TorchGenerator};
///
/// fn mean_of_100(generator: &mut impl Generator<f64>) -> f64 {
///     let mut numbers = [0.0; 100];
///     generator.fill_uniform_with(0.0, 1.0, &mut numbers);
///     numbers.iter().sum::<f64>() / 100.0
/// }
/// assert!((mean_of_100(&mut TorchGenerator::new(0)) - 0.5).abs() < 0.1);
/// ```
pub trait Generator<T> {
    /// One number, uniform in [low, high).
    fn uniform(&mut self, low: T, high: T) -> T;

    /// Fills a tensor's elements, in memory order, with such numbers.
    fn fill_uniform_with(&mut self, low: T, high: T, elements: &mut [T])
    where
        T: Copy,
    {
        elements.fill_with(|| self.uniform(low, high));
    }

    /// Fills a tensor's elements, in memory order, with normal numbers of a mean and a standard deviation,
    /// which is not negative.
    fn fill_normal_with(&mut self, mean: f64, std: f64, elements: &mut [T]);

    /// The same with standard normal numbers.
    fn fill_normal(&mut self, elements: &mut [T]) {
        self.fill_normal_with(0.0, 1.0, elements);
    }
}
