//! Random calls of random modules, for property tests.

use gru_playground::gru::{Gru, GruConfig, Real};
use gru_playground::rng::{Generator, TorchGenerator};
use ndarray::ArrayD;
use proptest::prelude::*;

/// A module and the sizes of a batched call of it.
#[derive(Debug, Clone)]
pub struct Case {
    pub config: GruConfig,
    pub steps: usize,
    pub batch: usize,
    pub seed: u64,
}

/// Any small module with any small batch, not empty.
pub fn case() -> impl Strategy<Value = Case> {
    let sizes = (1_u64..12, 1_u64..10, 1_u64..4, 1_usize..5, 1_usize..4);
    let options = (any::<bool>(), any::<bool>(), any::<bool>(), any::<u64>());
    (sizes, options).prop_map(|((input_size, hidden_size, num_layers, steps, batch), options)| {
        let (bias, batch_first, bidirectional, seed) = options;
        let config = GruConfig {
            num_layers,
            bias,
            batch_first,
            bidirectional,
            ..GruConfig::new(input_size, hidden_size)
        };
        Case { config, steps, batch, seed }
    })
}

impl Case {
    /// The module with its initial weights, an input and an `h_0`.
    pub fn draw<T: Real>(&self) -> (Gru<T>, ArrayD<T>, ArrayD<T>)
    where
        TorchGenerator: Generator<T>,
    {
        let Case { config, steps, batch, seed } = self.clone();
        let mut generator = TorchGenerator::new(seed);
        let [i, h] = [config.input_size, config.hidden_size].map(|size| size as usize);
        let cells = (config.num_layers * config.directions()) as usize;
        let leading = if config.batch_first { [batch, steps] } else { [steps, batch] };
        let gru = Gru::new(config, &mut generator).expect("a small module");
        let input = normal(&mut generator, &[leading[0], leading[1], i]);
        let h_0 = normal(&mut generator, &[cells, batch, h]);
        (gru, input, h_0)
    }
}

fn normal<T: Real>(generator: &mut impl Generator<T>, shape: &[usize]) -> ArrayD<T> {
    let mut elements = vec![T::zero(); shape.iter().product()];
    generator.fill_normal(&mut elements);
    ArrayD::from_shape_vec(shape, elements).expect("as many elements as the shape has")
}
