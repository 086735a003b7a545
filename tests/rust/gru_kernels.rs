//! The kernels against the plain equations, in float32.

use gru_playground::gru::{
    BackwardRun, CallOptions, DropoutMask, ForwardRun, Gradients, Gru, GruConfig, Output, Trace, Upstream,
};
use gru_playground::rng::{Generator, TorchGenerator};
use ndarray::ArrayD;
use proptest::prelude::*;

/// A call of a module.
#[derive(Debug, Clone)]
struct Case {
    config: GruConfig,
    steps: usize,
    /// None for unbatched input.
    batch: Option<usize>,
    with_h_0: bool,
    seed: u64,
}

/// Sizes that are whole tiles, panels and blocks, and sizes that are not.
fn case() -> impl Strategy<Value = Case> {
    let calls = prop_oneof![
        6 => (1_u64..70, 1_usize..12, prop::option::weighted(0.8, 1_usize..14)),
        // More rows than are taken at once: of steps, and of samples.
        1 => (1_u64..14, 90_usize..200, prop::option::of(1_usize..3)),
        1 => (1_u64..14, 1_usize..3, (90_usize..200).prop_map(Some)),
    ];
    let sizes = (1_u64..70, 1_u64..4);
    let options = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<u64>());
    (sizes, calls, options).prop_map(|((input_size, num_layers), (hidden_size, steps, batch), options)| {
        let (bias, batch_first, bidirectional, with_h_0, seed) = options;
        let config = GruConfig {
            num_layers,
            bias,
            batch_first,
            bidirectional,
            ..GruConfig::new(input_size, hidden_size)
        };
        Case { config, steps, batch, with_h_0, seed }
    })
}

impl Case {
    /// The module with its initial weights, an input and an `h_0`.
    fn draw(&self) -> (Gru<f32>, ArrayD<f32>, Option<ArrayD<f32>>) {
        let Case { ref config, steps, batch, with_h_0, seed } = *self;
        let mut generator = TorchGenerator::new(seed);
        let [i, h] = [config.input_size, config.hidden_size].map(|size| size as usize);
        let cells = (config.num_layers * config.directions()) as usize;
        let gru = Gru::new(config.clone(), &mut generator).expect("a small module");
        let mut normal = |shape: &[usize]| {
            let mut elements = vec![0.0; shape.iter().product()];
            generator.fill_normal(&mut elements);
            ArrayD::from_shape_vec(shape, elements).expect("as many elements as the shape has")
        };
        let (input, h_0) = match batch {
            None => (normal(&[steps, i]), normal(&[cells, h])),
            Some(n) if config.batch_first => (normal(&[n, steps, i]), normal(&[cells, n, h])),
            Some(n) => (normal(&[steps, n, i]), normal(&[cells, n, h])),
        };
        (gru, input, with_h_0.then_some(h_0))
    }
}

/// Whether everything that one pass gave is what the other gave, to within rounding.
fn assert_near(got: &Output<f32>, expected: &Output<f32>) {
    let near = |what: &str, got: &[f32], expected: &[f32]| {
        assert_eq!(got.len(), expected.len(), "{what}");
        for (i, (&got, &expected)) in got.iter().zip(expected).enumerate() {
            assert!(
                (got - expected).abs() < 5e-6 * expected.abs().max(1.0),
                "{what}[{i}]: {got}, not {expected}"
            );
        }
    };
    assert_eq!(got.output.shape(), expected.output.shape());
    assert_eq!(got.h_n.shape(), expected.h_n.shape());
    near(
        "output",
        got.output.as_slice().expect("contiguous"),
        expected.output.as_slice().expect("contiguous"),
    );
    near("h_n", got.h_n.as_slice().expect("contiguous"), expected.h_n.as_slice().expect("contiguous"));
    assert_eq!(got.trace.is_some(), expected.trace.is_some());
    if let Some((got, expected)) = got.trace.as_ref().zip(expected.trace.as_ref()) {
        let (got, expected) = (got.values(), expected.values());
        near("trace", got.as_slice().expect("contiguous"), expected.as_slice().expect("contiguous"));
    }
}

/// A call in training mode with its trace, and gradients by what it gave.
struct Trained {
    gru: Gru<f32>,
    input: ArrayD<f32>,
    h_0: Option<ArrayD<f32>>,
    mask: DropoutMask<f32>,
    trace: Trace<f32>,
    grad_output: ArrayD<f32>,
    grad_h_n: ArrayD<f32>,
}

impl Trained {
    fn of(case: &Case, dropout: f64) -> Trained {
        let config = GruConfig { dropout, ..case.config.clone() };
        let (gru, input, h_0) = Case { config, ..case.clone() }.draw();
        let mut generator = TorchGenerator::new(case.seed);
        let mask = DropoutMask::draw(gru.config(), input.shape(), &mut generator).expect("a small mask");
        let given = h_0.as_ref().map(|h_0| h_0.view());
        let run = ForwardRun::new(&gru, input.view(), CallOptions::of(given).traced().training(&mask))
            .expect("a legal call");
        let Output { mut output, mut h_n, trace, .. } = run.by_equations().finish();
        for tensor in [&mut output, &mut h_n] {
            generator.fill_normal(tensor.as_slice_mut().expect("contiguous"));
        }
        let trace = trace.expect("a trace was asked for");
        Trained { gru, input, h_0, mask, trace, grad_output: output, grad_h_n: h_n }
    }

    fn run(&self) -> BackwardRun<f32> {
        let h_0 = self.h_0.as_ref().map(|h_0| h_0.view());
        let upstream =
            Upstream { output: Some(self.grad_output.view()), h_n: Some(self.grad_h_n.view()), c_n: None };
        let options = CallOptions::of(h_0).training(&self.mask);
        let run = BackwardRun::new(&self.gru, self.input.view(), options, self.trace.clone(), upstream);
        run.expect("its trace")
    }
}

/// Whether each gradient is what it should be, to within rounding on its scale.
fn assert_gradients_near(got: Gradients<f32>, expected: Gradients<f32>) {
    let all = |gradients: Gradients<f32>| {
        let others = [("input".to_owned(), gradients.input), ("h_0".to_owned(), gradients.h_0)];
        gradients.parameters.into_iter().chain(others)
    };
    for ((name, got), (_, expected)) in all(got).zip(all(expected)) {
        assert_eq!(got.shape(), expected.shape(), "{name}");
        let scale = expected.iter().fold(1.0_f32, |scale, x| scale.max(x.abs()));
        for ((place, got), expected) in got.indexed_iter().zip(&expected) {
            assert!((got - expected).abs() < 1e-5 * scale, "{name}{place:?}: {got}, not {expected}");
        }
    }
}

proptest! {
    // The plain equations take their time.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_kernels_compute_the_equations(case in case()) {
        let (gru, input, h_0) = case.draw();
        let h_0 = h_0.as_ref().map(|h_0| h_0.view());
        let run = || ForwardRun::new(&gru, input.view(), CallOptions::of(h_0.clone()).traced()).expect("a legal call");
        let (by_kernels, by_equations) = (run().finish(), run().by_equations().finish());
        assert_near(&by_kernels, &by_equations);

        let untraced = gru.forward(input.view(), h_0.clone()).expect("a legal call");
        prop_assert_eq!(untraced, Output { trace: None, ..by_kernels });
    }

    #[test]
    fn dropout_lies_between_layers(case in case(), dropout in 0.1..0.9) {
        let config = GruConfig { dropout, ..case.config.clone() };
        let (gru, input, h_0) = Case { config, ..case.clone() }.draw();
        let h_0 = h_0.as_ref().map(|h_0| h_0.view());
        let mask = DropoutMask::draw(gru.config(), input.shape(), &mut TorchGenerator::new(case.seed)).expect("a small mask");
        let run = || ForwardRun::new(&gru, input.view(), CallOptions::of(h_0.clone()).traced().training(&mask)).expect("a legal call");
        assert_near(&run().finish(), &run().by_equations().finish());
    }

    #[test]
    fn a_run_in_pieces_gives_what_a_run_at_once_gives(
        case in case(),
        pieces in prop::collection::vec(prop_oneof![0_u64..2000, 0_u64..2_000_000], 1..40),
    ) {
        let (gru, input, h_0) = case.draw();
        let h_0 = h_0.as_ref().map(|h_0| h_0.view());
        let mut run = ForwardRun::new(&gru, input.view(), CallOptions::of(h_0.clone()).traced()).expect("a legal call");
        let total = run.progress().total;
        for piece in pieces {
            let before = run.progress();
            let after = run.advance(piece);
            prop_assert!(after.done > before.done || before.is_complete());
            prop_assert!(after.done <= after.total && after.total == total);
        }
        prop_assert_eq!(run.finish(), gru.forward_traced(input.view(), h_0).expect("a legal call"));
    }

    #[test]
    fn the_kernels_invert_the_equations(case in case(), dropout in prop_oneof![Just(0.0), 0.1..0.9]) {
        let call = Trained::of(&case, dropout);
        assert_gradients_near(call.run().finish(), call.run().by_equations().finish());
    }

    #[test]
    fn a_backward_run_in_pieces_gives_what_one_at_once_gives(
        case in case(),
        pieces in prop::collection::vec(prop_oneof![0_u64..2000, 0_u64..2_000_000], 1..40),
    ) {
        let call = Trained::of(&case, 0.0);
        let mut run = call.run();
        let total = run.progress().total;
        for piece in pieces {
            let before = run.progress();
            let after = run.advance(piece);
            prop_assert!(after.done > before.done || before.is_complete());
            prop_assert!(after.done <= after.total && after.total == total);
        }
        prop_assert_eq!(run.finish(), call.run().finish());
    }

    #[test]
    fn changed_parameters_count_at_once(case in case()) {
        let (mut gru, input, _) = case.draw();
        let before = gru.clone();
        let first = gru.forward(input.view(), None).expect("a legal call");
        for element in gru.parameters_mut().flatten() {
            *element *= 0.5;
        }
        let changed = gru.forward(input.view(), None).expect("a legal call");
        let reference = ForwardRun::new(&gru, input.view(), CallOptions::default()).expect("a legal call").by_equations().finish();
        assert_near(&changed, &reference);
        let gradients = |gru: &Gru<f32>| {
            let traced = ForwardRun::new(gru, input.view(), CallOptions::default().traced()).expect("a legal call").by_equations().finish();
            let upstream = Upstream { output: Some(traced.output.view()), h_n: None, c_n: None };
            let trace = traced.trace.expect("a trace was asked for");
            BackwardRun::new(gru, input.view(), CallOptions::default(), trace, upstream).expect("its trace")
        };
        gradients(&before).finish();
        let mut changed_again = before.clone();
        for element in changed_again.parameters_mut().flatten() {
            *element *= 0.5;
        }
        assert_gradients_near(gradients(&changed_again).finish(), gradients(&changed_again).by_equations().finish());
        prop_assert_eq!(before.forward(input.view(), None).expect("a legal call"), first.clone());

        gru.load_state_dict(before.state_dict()).expect("the same names and shapes");
        prop_assert_eq!(gru.forward(input.view(), None).expect("a legal call"), first);
    }
}

#[test]
fn what_is_not_a_number_stays_where_it_arose() {
    let config = GruConfig { num_layers: 2, ..GruConfig::new(7, 9) };
    let gru: Gru<f32> = Gru::new(config, &mut TorchGenerator::new(0)).expect("a small module");
    let mut input = ArrayD::from_elem(vec![6, 5, 7], 0.3);
    input[[2, 1, 3]] = f32::NAN;
    input[[4, 3, 0]] = f32::INFINITY;
    let run = || ForwardRun::new(&gru, input.view(), CallOptions::default()).expect("a legal call");
    let (by_kernels, by_equations) = (run().finish(), run().by_equations().finish());
    for ((place, got), expected) in by_kernels.output.indexed_iter().zip(&by_equations.output) {
        assert!(
            (got - expected).abs() < 5e-6 || (got.is_nan() && expected.is_nan()),
            "{place:?}: {got}, not {expected}"
        );
    }
    assert!(by_kernels.output.iter().any(|x| x.is_nan()));
}
