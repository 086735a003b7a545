//! What the random stream refuses, and what it never does, where no golden record reaches.

use gru_playground::gru::{CallOptions, DropoutMask, Gru, GruConfig, RecurrentError};
use gru_playground::rng::{DrawError, Generator, TorchGenerator};
use ndarray::ArrayD;
use proptest::prelude::*;

fn next(mut generator: TorchGenerator) -> u32 {
    let number: f32 = generator.uniform(0.0, 1.0);
    number.to_bits()
}

#[test]
fn a_refused_call_says_what_pytorch_says_and_draws_nothing() {
    type Call = fn(&mut TorchGenerator) -> Result<(), DrawError>;
    let calls: [(Call, &str); 11] = [
        (
            |generator| generator.fill_randint(5, 5, &mut [0]),
            "random_ expects 'from' to be less than 'to', but got from=5 >= to=5",
        ),
        (
            |generator| generator.fill_uniform(1.0, 0.0, &mut [0.0_f32]),
            "uniform_ expects to return a [from, to) range, but found from=1 > to=0",
        ),
        (
            |generator| generator.fill_normal_by(0.0, -1.0, &mut [0.0_f32]),
            "normal expects std >= 0.0, but found std -1",
        ),
        (
            |generator| generator.fill_normal_by(0.0, f64::NAN, &mut [0.0_f32]),
            "normal expects std >= 0.0, but found std nan",
        ),
        (
            |generator| generator.fill_exponential(0.0, &mut [0.0_f32]),
            "exponential_ expects lambda > 0.0, but found lambda=0",
        ),
        (
            |generator| generator.fill_bernoulli(1.5, &mut [0.0_f32]),
            "bernoulli_ expects p to be in [0, 1], but got p=1.5",
        ),
        (
            |generator| generator.bernoulli_of(&mut [0.5_f32, 1.5]),
            "Expected p_in >= 0 && p_in <= 1 to be true, but got false.",
        ),
        (
            |generator| generator.multinomial(&[0.5_f32, -1.0], 1, false).map(drop),
            "probability tensor contains either `inf`, `nan` or element < 0",
        ),
        (
            |generator| generator.multinomial(&[0.0_f32, 0.0], 1, true).map(drop),
            "invalid multinomial distribution (sum of probabilities <= 0)",
        ),
        (
            |generator| generator.multinomial(&[1.0_f32, 0.5], 3, false).map(drop),
            "cannot sample n_sample > prob_dist.size(-1) samples without replacement",
        ),
        (
            |generator| generator.multinomial(&[1.0_f32], 0, false).map(drop),
            "cannot sample n_sample <= 0 samples",
        ),
    ];
    for (call, message) in calls {
        let mut generator = TorchGenerator::new(7);
        assert_eq!(call(&mut generator).expect_err(message).to_string(), message);
        assert_eq!(next(generator), next(TorchGenerator::new(7)), "{message}");
    }
}

#[test]
fn a_mask_of_another_call_is_refused() {
    let config = GruConfig { num_layers: 2, dropout: 0.5, ..GruConfig::new(3, 4) };
    let mut generator = TorchGenerator::new(0);
    let gru = Gru::<f32>::new(config.clone(), &mut generator).expect("a small module");
    let mask = DropoutMask::draw(&config, &[5, 2, 3], &mut generator).expect("a small mask");
    assert_eq!(mask.shape(), [1, 5, 2, 4]);
    let input = ArrayD::zeros(vec![4, 2, 3]);
    assert_eq!(
        gru.call(input.view(), CallOptions::default().training(&mask)),
        Err(RecurrentError::MaskShape { expected: vec![1, 4, 2, 4], got: vec![1, 5, 2, 4] })
    );
    let huge = DropoutMask::<f32>::draw(&config, &[1 << 40, 2, 3], &mut generator);
    assert!(matches!(huge, Err(RecurrentError::TooLarge(_))));
}

#[test]
fn a_trace_holds_what_layers_computed_before_it_is_dropped() {
    use gru_playground::gru::{ForwardRun, Quantity};
    let config = GruConfig { num_layers: 2, dropout: 1.0, ..GruConfig::new(3, 4) };
    let mut generator = TorchGenerator::new(0);
    let gru = Gru::<f64>::new(config.clone(), &mut generator).expect("a small module");
    let mask = DropoutMask::draw(&config, &[5, 2, 3], &mut generator).expect("a small mask");
    let input = ArrayD::ones(vec![5, 2, 3]);
    let run = ForwardRun::new(&gru, input.view(), CallOptions::default().traced().training(&mask))
        .expect("a call that fits");
    let trace = run.finish().trace.expect("a trace");
    let (first, second) = (trace.get(0, false, Quantity::H), trace.get(1, false, Quantity::NInput));
    assert!(first.expect("layer 0").iter().all(|h| *h != 0.0));
    // Layer 1 reads zeros alone: its input's part of n is its bias, the same in every step.
    let second = second.expect("layer 1");
    assert!(second.outer_iter().all(|step| step == second.index_axis(ndarray::Axis(0), 0)));
}

proptest! {
    #[test]
    fn a_permutation_has_every_integer_once(seed: u64, n in 0_usize..500) {
        let mut numbers = vec![0; n];
        TorchGenerator::new(seed).fill_randperm(&mut numbers);
        numbers.sort_unstable();
        prop_assert!(numbers.into_iter().eq(0..n as i64));
    }

    #[test]
    fn integers_lie_in_their_range(seed: u64, low: i64, width in 1..i64::MAX) {
        let high = low.saturating_add(width);
        prop_assume!(low < high);
        let mut numbers = [0; 20];
        TorchGenerator::new(seed).fill_randint(low, high, &mut numbers).expect("a range");
        prop_assert!(numbers.iter().all(|number| (low..high).contains(number)));
    }

    #[test]
    fn no_weight_of_zero_is_sampled_with_replacement(seed: u64) {
        let weights = [0.0_f32, 0.5, 0.0, 0.2, 0.0];
        let samples = TorchGenerator::new(seed).multinomial(&weights, 50, true).expect("samples");
        prop_assert!(samples.iter().all(|&index| weights[index as usize] > 0.0));
    }
}
