//! The backward pass against finite differences, and what must hold of it whatever the module and the call.

use crate::calls::{Case, case};
use gru_playground::cost::Cost;
use gru_playground::gru::{
    BackwardRun, CallOptions, DropoutMask, ForwardRun, Gradients, Gru, GruConfig, Output, RecurrentError,
    Reset, Trace, Update, Upstream, Variant,
};
use gru_playground::rng::{Generator, TorchGenerator};
use ndarray::{ArrayD, Axis};
use proptest::prelude::*;

/// A call, and a loss of it: the sum of `output` and `h_n`, each element weighed.
struct Loss {
    config: GruConfig,
    parameters: Vec<(String, ArrayD<f64>)>,
    input: ArrayD<f64>,
    h_0: Option<ArrayD<f64>>,
    weights: [ArrayD<f64>; 2],
    /// In training mode.
    mask: Option<DropoutMask<f64>>,
    variant: Variant,
    lengths: Option<Vec<usize>>,
}

impl Loss {
    fn draw(config: &GruConfig, shape: &[usize], give_h_0: bool) -> Loss {
        let mut generator = TorchGenerator::new(7);
        let gru: Gru<f64> = Gru::new(config.clone(), &mut generator).expect("a small module");
        let mut normal = |shape: &[usize]| {
            let mut elements = vec![0.0; shape.iter().product()];
            generator.fill_normal(&mut elements);
            ArrayD::from_shape_vec(shape, elements).expect("as many elements as the shape has")
        };
        let input = normal(shape);
        let given = gru.forward(input.view(), None).expect("a legal call");
        let [output, h_n] = [given.output.shape(), given.h_n.shape()];
        Loss {
            config: config.clone(),
            parameters: gru.state_dict().map(|(name, tensor)| (name, tensor.to_owned())).collect(),
            weights: [normal(output), normal(h_n)],
            h_0: give_h_0.then(|| normal(h_n)),
            mask: (config.dropout > 0.0).then(|| {
                DropoutMask::draw(config, shape, &mut TorchGenerator::new(3)).expect("a small mask")
            }),
            input,
            variant: Variant::default(),
            lengths: None,
        }
    }

    fn gru(&self) -> Gru<f64> {
        let tensors = self.parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let gru = Gru::from_state_dict(self.config.clone(), tensors).expect("its own parameters");
        gru.with_variant(self.variant)
    }

    fn options(&self) -> CallOptions<'_, f64> {
        let h_0 = self.h_0.as_ref().map(|h_0| h_0.view());
        CallOptions { mask: self.mask.as_ref(), lengths: self.lengths.clone(), ..CallOptions::of(h_0) }
    }

    fn run(&self) -> Output<f64> {
        let run = ForwardRun::new(&self.gru(), self.input.view(), self.options().traced());
        run.expect("a legal call").finish()
    }

    fn value(&self) -> f64 {
        let given = self.run();
        (given.output * &self.weights[0]).sum() + (given.h_n * &self.weights[1]).sum()
    }

    fn gradients(&self) -> Gradients<f64> {
        let trace = self.run().trace.expect("a trace was asked for");
        let [output, h_n] = &self.weights;
        let upstream = Upstream { output: Some(output.view()), h_n: Some(h_n.view()), c_n: None };
        let run = BackwardRun::new(&self.gru(), self.input.view(), self.options(), trace, upstream);
        run.expect("its trace").finish()
    }

    /// Compares every element of a gradient with the slope of the loss along it.
    fn check(&mut self, name: &str, gradient: &ArrayD<f64>, of: impl Fn(&mut Loss) -> &mut ArrayD<f64>) {
        const STEP: f64 = 1e-5;
        assert_eq!(gradient.shape(), of(self).shape(), "{name}");
        for (i, &got) in gradient.iter().enumerate() {
            let before = of(self).as_slice().expect("standard layout")[i];
            let mut at = |element: f64| {
                of(self).as_slice_mut().expect("standard layout")[i] = element;
                self.value()
            };
            let slope = (at(before + STEP) - at(before - STEP)) / (2.0 * STEP);
            at(before);
            assert!((slope - got).abs() < 1e-8 * slope.abs().max(1.0), "{name}[{i}]: {got}, slope {slope}");
        }
    }

    fn check_all(&mut self) {
        let Gradients { parameters, input, h_0, .. } = self.gradients();
        assert_eq!(parameters.len(), self.parameters.len());
        for (i, (name, gradient)) in parameters.iter().enumerate() {
            assert_eq!(*name, self.parameters[i].0);
            self.check(name, gradient, |loss| &mut loss.parameters[i].1);
        }
        self.check("input", &input, |loss| &mut loss.input);
        let shape = self.weights[1].shape().to_vec();
        // The gradient by an h_0 that was not given is that by zero.
        self.h_0.get_or_insert_with(|| ArrayD::zeros(shape));
        self.check("h_0", &h_0, |loss| loss.h_0.as_mut().expect("one is there now"));
    }
}

#[test]
fn every_gradient_is_the_slope_of_the_loss_for_every_option() {
    let options = [false, true];
    for num_layers in [1, 2, 3] {
        for (bidirectional, bias) in [(false, false), (false, true), (true, false), (true, true)] {
            for (batch_first, give_h_0) in [(false, false), (false, true), (true, false), (true, true)] {
                for unbatched in options {
                    let config =
                        GruConfig { num_layers, bias, batch_first, bidirectional, ..GruConfig::new(3, 2) };
                    let shape = match (unbatched, batch_first) {
                        (true, _) => vec![4, 3],
                        (false, false) => vec![4, 2, 3],
                        (false, true) => vec![2, 4, 3],
                    };
                    Loss::draw(&config, &shape, give_h_0).check_all();
                }
            }
        }
    }
}

#[test]
fn what_was_dropped_passes_no_gradient() {
    for (num_layers, bidirectional, batch_first) in [(2, false, false), (2, true, true), (3, true, false)] {
        let config =
            GruConfig { num_layers, bidirectional, batch_first, dropout: 0.5, ..GruConfig::new(3, 2) };
        let mut loss = Loss::draw(&config, &[4, 2, 3], true);
        let mask = loss.mask.as_ref().expect("training mode").values();
        assert!(mask.contains(&0.0) && mask.contains(&2.0));
        loss.check_all();
        Loss::draw(&config, &[5, 3], false).check_all();
    }
    let two_layers = |dropout| GruConfig { num_layers: 2, dropout, ..GruConfig::new(3, 2) };
    Loss::draw(&two_layers(1.0), &[4, 2, 3], true).check_all();

    let [loss, other] = [[4, 2, 3], [5, 2, 3]].map(|shape| Loss::draw(&two_layers(0.5), &shape, false));
    let trace = loss.run().trace.expect("a trace was asked for");
    let mask = other.mask.as_ref().expect("training mode");
    let upstream = Upstream { output: None, h_n: None, c_n: None };
    let result =
        loss.gru().backward_call(loss.input.view(), CallOptions::default().training(mask), trace, upstream);
    assert!(matches!(result, Err(RecurrentError::MaskShape { .. })));
}

#[test]
fn the_gradients_of_every_variant_are_the_slopes_of_the_loss() {
    for (reset, update) in [
        (Reset::BeforeProduct, Update::KeepsOld),
        (Reset::BeforeProduct, Update::TakesNew),
        (Reset::AfterProduct, Update::TakesNew),
    ] {
        for (bidirectional, bias, dropout) in [(true, true, 0.5), (false, false, 0.0)] {
            let config = GruConfig { num_layers: 2, bias, bidirectional, dropout, ..GruConfig::new(3, 2) };
            let loss = Loss::draw(&config, &[4, 2, 3], true);
            Loss { variant: Variant { reset, update }, ..loss }.check_all();
        }
    }
}

#[test]
fn the_gradients_of_samples_of_any_lengths_are_the_slopes_of_the_loss() {
    for (batch_first, reset) in [(false, Reset::AfterProduct), (true, Reset::BeforeProduct)] {
        let config = GruConfig {
            num_layers: 3,
            bidirectional: true,
            batch_first,
            dropout: 0.5,
            ..GruConfig::new(3, 2)
        };
        let shape = if batch_first { [3, 5, 3] } else { [5, 3, 3] };
        let variant = Variant { reset, ..Variant::default() };
        let mut loss = Loss { lengths: Some(vec![2, 5, 1]), variant, ..Loss::draw(&config, &shape, true) };
        loss.check_all();
        let padding = loss.gradients().input.index_axis(Axis(usize::from(!batch_first)), 0).to_owned();
        assert!(padding.outer_iter().skip(2).all(|step| step.iter().all(|&x| x == 0.0)));
    }
}

#[test]
fn lengths_that_no_sample_can_have_are_refused() {
    let config = GruConfig::new(3, 2);
    for lengths in [vec![4], vec![4, 0], vec![5, 4], vec![4, 4, 4]] {
        let loss = Loss { lengths: Some(lengths), ..Loss::draw(&config, &[4, 2, 3], false) };
        let run = ForwardRun::new(&loss.gru(), loss.input.view(), loss.options());
        let error = run.map(|_| ()).expect_err("no such lengths");
        assert_eq!(error, RecurrentError::Lengths { steps: 4, batch: 2 });
        assert_eq!(error.to_string(), "the lengths must be 2 numbers in [1, 4]");
    }
}

/// A module, input, `h_0`, their trace, and gradients by `output` and `h_n`.
type Call = (Gru<f64>, ArrayD<f64>, ArrayD<f64>, Trace<f64>, [ArrayD<f64>; 2]);

fn draw(case: &Case) -> Call {
    let (gru, input, h_0) = case.draw();
    let given = gru.forward_traced(input.view(), Some(h_0.view())).expect("a legal call");
    let weights = [given.output.mapv(|h| 1.0 - 3.0 * h), given.h_n.mapv(|h| 0.5 + h)];
    (gru, input, h_0, given.trace.expect("a trace was asked for"), weights)
}

fn upstream([output, h_n]: &[ArrayD<f64>; 2]) -> Upstream<'_, f64> {
    Upstream { output: Some(output.view()), h_n: Some(h_n.view()), c_n: None }
}

proptest! {
    #[test]
    fn a_run_in_pieces_gives_what_a_run_at_once_gives(
        case in case(),
        pieces in prop::collection::vec(0_u64..4000, 1..40),
    ) {
        let (gru, input, h_0, trace, weights) = draw(&case);
        let cost = Cost::of(&case.config, case.steps as u64, case.batch as u64, 8);
        let upstream = upstream(&weights);
        let run = BackwardRun::new(&gru, input.view(), CallOptions::of(Some(h_0.view())), trace.clone(), upstream.clone());
        let mut run = run.expect("its trace");
        prop_assert_eq!(Some(run.progress().total), cost.multiply_adds.total().to_u64().map(|total| 2 * total));
        for piece in pieces {
            let before = run.progress();
            let after = run.advance(piece);
            prop_assert!(after.done > before.done || before.is_complete());
            prop_assert!(after.done <= after.total && after.total == before.total);
        }
        let at_once = gru.backward(input.view(), Some(h_0.view()), trace, upstream).expect("its trace");
        prop_assert_eq!(run.finish(), at_once);
    }

    #[test]
    fn a_batch_adds_up_its_samples(case in case()) {
        let (gru, input, h_0, trace, weights) = draw(&case);
        let whole = gru.backward(input.view(), Some(h_0.view()), trace, upstream(&weights)).expect("its trace");
        let batch_axis = Axis(usize::from(!case.config.batch_first));
        let mut sums: Vec<ArrayD<f64>> = whole.parameters.iter().map(|(_, sum)| ArrayD::zeros(sum.shape())).collect();
        for b in 0..case.batch {
            // A sample on its own is unbatched.
            let (x, h) = (input.index_axis(batch_axis, b), h_0.index_axis(Axis(1), b));
            let given = gru.forward_traced(x.clone(), Some(h.clone())).expect("a legal call");
            let upstream = Upstream {
                output: Some(weights[0].index_axis(batch_axis, b)),
                h_n: Some(weights[1].index_axis(Axis(1), b)),
                c_n: None,
            };
            let alone = gru.backward(x, Some(h), given.trace.expect("a trace"), upstream).expect("its trace");
            prop_assert_eq!(alone.input.view(), whole.input.index_axis(batch_axis, b));
            prop_assert_eq!(alone.h_0.view(), whole.h_0.index_axis(Axis(1), b));
            for (sum, (_, gradient)) in sums.iter_mut().zip(&alone.parameters) {
                *sum += gradient;
            }
        }
        for (sum, (name, gradient)) in sums.iter().zip(&whole.parameters) {
            let scale = gradient.iter().fold(1.0_f64, |scale, element| scale.max(element.abs()));
            let far = (sum - gradient).iter().any(|difference| difference.abs() > 1e-12 * scale);
            prop_assert!(!far, "{}: {} and {}", name, sum, gradient);
        }
    }

    #[test]
    fn an_absent_gradient_is_zero(case in case()) {
        let (gru, input, h_0, trace, [output, h_n]) = draw(&case);
        let backward = |output: Option<&ArrayD<f64>>, h_n: Option<&ArrayD<f64>>| {
            let upstream = Upstream { output: output.map(|grad| grad.view()), h_n: h_n.map(|grad| grad.view()), c_n: None };
            gru.backward(input.view(), Some(h_0.view()), trace.clone(), upstream).expect("its trace")
        };
        let zero = [ArrayD::zeros(output.shape()), ArrayD::zeros(h_n.shape())];
        prop_assert_eq!(backward(Some(&output), None), backward(Some(&output), Some(&zero[1])));
        prop_assert_eq!(backward(None, Some(&h_n)), backward(Some(&zero[0]), Some(&h_n)));
        let nothing = backward(None, None);
        prop_assert!(nothing.input.iter().chain(&nothing.h_0).all(|&element| element == 0.0));
        prop_assert!(nothing.parameters.iter().all(|(_, gradient)| gradient.iter().all(|&element| element == 0.0)));
    }
}

#[test]
fn an_empty_batch_gives_gradients_of_zero() {
    let config = GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 4) };
    let gru: Gru<f32> = Gru::new(config, &mut TorchGenerator::new(0)).expect("a small module");
    let input = ArrayD::zeros(vec![5, 0, 3]);
    let given = gru.forward_traced(input.view(), None).expect("a legal call");
    let upstream = Upstream { output: Some(given.output.view()), h_n: Some(given.h_n.view()), c_n: None };
    let trace = given.trace.expect("a trace was asked for");
    let gradients = gru.backward(input.view(), None, trace, upstream).expect("its trace");
    assert_eq!(gradients.input.shape(), [5, 0, 3]);
    assert_eq!(gradients.h_0.shape(), [4, 0, 4]);
    assert!(gradients.parameters.iter().all(|(_, gradient)| gradient.iter().all(|&element| element == 0.0)));
}

#[test]
fn what_does_not_belong_to_the_call_is_refused() {
    let gru: Gru<f64> = Gru::new(GruConfig::new(3, 4), &mut TorchGenerator::new(0)).expect("a small module");
    let [input, other] = [ArrayD::ones(vec![5, 2, 3]), ArrayD::ones(vec![6, 2, 3])];
    let traced = |input: &ArrayD<f64>| {
        gru.forward_traced(input.view(), None).expect("a legal call").trace.expect("a trace was asked for")
    };
    let nothing = || Upstream { output: None, h_n: None, c_n: None };
    let (expected, got) = (vec![1, 1, 9, 5, 2, 4], vec![1, 1, 9, 6, 2, 4]);
    let result = gru.backward(input.view(), None, traced(&other), nothing());
    assert_eq!(result, Err(RecurrentError::TraceShape { expected, got }));

    let wrong = ArrayD::zeros(vec![5, 2, 3]);
    let upstream = Upstream { output: Some(wrong.view()), h_n: None, c_n: None };
    let error = gru.backward(input.view(), None, traced(&input), upstream).expect_err("H is 4");
    assert_eq!(error.to_string(), "the gradient of output must have shape [5, 2, 4], got [5, 2, 3]");
    let upstream = Upstream { output: None, h_n: Some(wrong.view()), c_n: None };
    let error = gru.backward(input.view(), None, traced(&input), upstream).expect_err("not (1, 2, 4)");
    assert_eq!(error.to_string(), "the gradient of h_n must have shape [1, 2, 4], got [5, 2, 3]");

    let result = gru.backward(input.view(), Some(wrong.view()), traced(&input), nothing());
    assert!(matches!(result, Err(RecurrentError::StateShape { .. })));
    let empty = ArrayD::zeros(vec![0, 2, 3]);
    let result = gru.backward(empty.view(), None, traced(&input), nothing());
    assert_eq!(result, Err(RecurrentError::EmptySequence));
}
