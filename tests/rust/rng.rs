//! The random stream where no golden record reaches.

use gru_playground::gru::{Gru, GruConfig};
use gru_playground::rng::{Generator, TorchGenerator};
use ndarray::ArrayD;
use proptest::prelude::*;

#[test]
fn only_the_low_32_bits_of_a_seed_count() {
    let draw = |seed: u64| -> f32 { TorchGenerator::new(seed).uniform(0.0, 1.0) };
    assert_eq!(draw((1 << 40) + 7).to_bits(), draw(7).to_bits());
    assert_eq!(draw(u64::MAX).to_bits(), draw(u64::from(u32::MAX)).to_bits());
    assert_ne!(draw(1).to_bits(), draw(2).to_bits());
}

#[test]
fn a_generator_of_another_kind_serves_too() {
    /// Always the lower bound.
    struct Low;
    impl Generator<f64> for Low {
        fn uniform(&mut self, low: f64, _high: f64) -> f64 {
            low
        }
        fn fill_normal_with(&mut self, _mean: f64, _std: f64, elements: &mut [f64]) {
            elements.fill(0.0);
        }
    }
    let gru = Gru::new(GruConfig::new(3, 4), &mut Low).expect("a small module");
    assert!(gru.state_dict().all(|(_, tensor)| tensor == ArrayD::from_elem(tensor.shape(), -0.5)));
}

proptest! {
    #[test]
    fn uniform_numbers_stay_below_the_upper_bound(seed: u64, low in -10.0_f32..10.0, width in 1e-6_f32..10.0) {
        let mut generator = TorchGenerator::new(seed);
        let high = low + width;
        prop_assume!(high > low);
        for _ in 0..1000 {
            let number = generator.uniform(low, high);
            prop_assert!(low <= number && number < high, "{} in [{}, {})", number, low, high);
        }
    }
}

#[test]
fn normal_numbers_are_normal() {
    for seed in 0..20 {
        let mut numbers = vec![0.0_f32; 10_000];
        TorchGenerator::new(seed).fill_normal(&mut numbers);
        let mean = |power: i32| numbers.iter().map(|x| f64::from(*x).powi(power)).sum::<f64>() / 1e4;
        // Four standard errors of each moment.
        assert!(mean(1).abs() < 0.04, "seed {seed}: mean {}", mean(1));
        assert!((mean(2) - 1.0).abs() < 0.057, "seed {seed}: variance {}", mean(2));
        assert!((mean(4) - 3.0).abs() < 0.4, "seed {seed}: fourth moment {}", mean(4));
    }
}
