//! The trace against the equations, computed another way.

use crate::calls::{Case, case};
use gru_playground::gru::{
    CallOptions, ForwardRun, Gru, GruConfig, Keep, Quantity, Real, RecurrentError, TracePlace, Upstream,
};
use gru_playground::rng::{Generator, TorchGenerator};
use ndarray::{Array1, Array2, Array3, ArrayD, Axis, Ix3, concatenate, s};
use proptest::prelude::*;

/// One parameter's rows of one gate (0 is r, 1 is z, 2 is n); zeros for an absent bias.
fn rows(gru: &Gru<f64>, name: &str, gate: usize) -> ArrayD<f64> {
    let hidden = gru.config().hidden_size as usize;
    gru.state_dict().find(|(other, _)| other == name).map_or_else(
        || ArrayD::zeros(vec![hidden]),
        |(_, tensor)| tensor.slice_axis(Axis(0), (gate * hidden..(gate + 1) * hidden).into()).to_owned(),
    )
}

/// W x + b for one gate.
fn affine(gru: &Gru<f64>, side: &str, cell: &str, gate: usize, x: &Array1<f64>) -> Array1<f64> {
    let weight: Array2<f64> =
        rows(gru, &format!("weight_{side}_{cell}"), gate).into_dimensionality().expect("2-D");
    let bias: Array1<f64> =
        rows(gru, &format!("bias_{side}_{cell}"), gate).into_dimensionality().expect("1-D");
    weight.dot(x) + bias
}

fn sigmoid(x: &Array1<f64>) -> Array1<f64> {
    x.mapv(|x| 1.0 / (1.0 + (-x).exp()))
}

/// A run that keeps one place, whichever it is, gives what one that keeps all of them has there, and the same results.
fn check_each_place<T: Real>(case: &Case) -> Result<(), TestCaseError>
where
    TorchGenerator: Generator<T>,
{
    let (gru, input, h_0) = case.draw::<T>();
    let whole = gru.forward_traced(input.view(), Some(h_0.view())).expect("a legal call");
    let every = whole.trace.expect("a traced run");
    for place in places(case) {
        let TracePlace { layer, reverse, sample } = place;
        let run = ForwardRun::new(
            &gru,
            input.view(),
            CallOptions { h_0: Some(h_0.view()), keep: Keep::One(place), ..CallOptions::default() },
        );
        let given = run.expect("a place of the call").finish();
        prop_assert_eq!(&given.output, &whole.output);
        prop_assert_eq!(&given.h_n, &whole.h_n);
        let one = given.trace.expect("a traced run");
        prop_assert_eq!(one.first(), place);
        for quantity in Quantity::GRU {
            let of_sample = every.get(layer, reverse, quantity);
            let of_sample = of_sample.as_ref().map(|all| all.slice(s![.., sample..=sample, ..]));
            prop_assert_eq!(one.get(layer, reverse, quantity), of_sample);
            prop_assert!(one.get(layer + 1, reverse, quantity).is_none());
            prop_assert!(one.get(layer, !reverse, quantity).is_none());
            prop_assert!(layer == 0 || one.get(layer - 1, reverse, quantity).is_none());
        }
    }
    Ok(())
}

/// Every sample in every layer and direction.
fn places(case: &Case) -> Vec<TracePlace> {
    let mut places = Vec::new();
    for layer in 0..case.config.num_layers as usize {
        for sample in 0..case.batch {
            places.push(TracePlace { layer, reverse: false, sample });
            if case.config.bidirectional {
                places.push(TracePlace { layer, reverse: true, sample });
            }
        }
    }
    places
}

proptest! {
    #[test]
    fn a_run_may_keep_one_place(case in case()) {
        check_each_place::<f32>(&case)?;
        check_each_place::<f64>(&case)?;
    }

    #[test]
    fn every_quantity_is_that_of_the_equations(case in case()) {
        let case = Case { config: GruConfig { batch_first: false, ..case.config }, ..case };
        let (gru, input, h_0) = case.draw::<f64>();
        let trace = gru.forward_traced(input.view(), Some(h_0.view())).expect("a legal call").trace;
        let trace = trace.expect("a traced run");
        let mut below: Array3<f64> = input.into_dimensionality::<Ix3>().expect("3-D");
        let directions: &[bool] = if case.config.bidirectional { &[false, true] } else { &[false] };
        for layer in 0..case.config.num_layers as usize {
            let mut sides = Vec::new();
            for &reverse in directions {
                let cell = format!("l{layer}{}", if reverse { "_reverse" } else { "" });
                let get = |quantity| trace.get(layer, reverse, quantity).expect("a layer and direction");
                let h = get(Quantity::H);
                sides.push(h);
                for t in 0..case.steps {
                    for b in 0..case.batch {
                        let x = below.slice(s![t, b, ..]).to_owned();
                        let before = if reverse { t + 1 } else { t.wrapping_sub(1) };
                        let h_prev = if before < case.steps {
                            h.slice(s![before, b, ..]).to_owned()
                        } else {
                            let index = layer * directions.len() + usize::from(reverse);
                            h_0.slice(s![index, b, ..]).to_owned()
                        };
                        let pre = |gate| affine(&gru, "ih", &cell, gate, &x) + affine(&gru, "hh", &cell, gate, &h_prev);
                        let (r, z) = (sigmoid(&pre(0)), sigmoid(&pre(1)));
                        let (n_input, n_hidden) =
                            (affine(&gru, "ih", &cell, 2, &x), affine(&gru, "hh", &cell, 2, &h_prev));
                        let pre_n = &n_input + &(&r * &n_hidden);
                        let n = pre_n.mapv(f64::tanh);
                        let next = &n + &(&z * &(&h_prev - &n));
                        let expected = [
                            (Quantity::PreR, pre(0)),
                            (Quantity::PreZ, pre(1)),
                            (Quantity::PreN, pre_n),
                            (Quantity::NInput, n_input),
                            (Quantity::NHidden, n_hidden),
                            (Quantity::R, r),
                            (Quantity::Z, z),
                            (Quantity::N, n),
                            (Quantity::H, next),
                        ];
                        for (quantity, expected) in expected {
                            let got = get(quantity).slice(s![t, b, ..]).to_owned();
                            let difference = (&got - &expected).mapv(f64::abs);
                            prop_assert!(difference.iter().all(|d| *d < 1e-12), "{} {}: {} {}", cell, quantity.name(), got, expected);
                        }
                    }
                }
            }
            below = concatenate(Axis(2), &sides).expect("sides of one shape");
        }
    }

    #[test]
    fn a_traced_run_gives_the_plain_output(case in case()) {
        let (gru, input, h_0) = case.draw::<f32>();
        let plain = gru.forward(input.view(), Some(h_0.view())).expect("a legal call");
        let traced = gru.forward_traced(input.view(), Some(h_0.view())).expect("a legal call");
        prop_assert!(plain.trace.is_none());
        prop_assert_eq!(plain.output, traced.output);
        prop_assert_eq!(plain.h_n, traced.h_n);
    }
}

#[test]
fn the_whole_trace_is_its_parts_in_order() {
    let case = Case {
        config: GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 2) },
        steps: 4,
        batch: 3,
        seed: 7,
    };
    let (gru, input, h_0) = case.draw::<f64>();
    let trace = gru.forward_traced(input.view(), Some(h_0.view())).expect("a legal call").trace;
    let trace = trace.expect("a traced run");
    assert_eq!(trace.values().shape(), [2, 2, 9, 4, 3, 2]);
    for (i, quantity) in Quantity::GRU.into_iter().enumerate() {
        assert_eq!(
            trace.get(1, true, quantity).expect("it exists"),
            trace.values().slice(s![1, 1, i, .., .., ..])
        );
    }
    assert!(trace.get(2, false, Quantity::R).is_none());
}

#[test]
fn a_module_of_one_direction_has_no_reverse_trace() {
    let case = Case { config: GruConfig::new(3, 2), steps: 4, batch: 3, seed: 7 };
    let (gru, input, _) = case.draw::<f64>();
    let trace = gru.forward_traced(input.view(), None).expect("a legal call").trace.expect("a traced run");
    assert!(trace.get(0, true, Quantity::R).is_none());
}

#[test]
fn a_trace_at_one_place_is_none_of_the_call() {
    let case = Case {
        config: GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 2) },
        steps: 4,
        batch: 3,
        seed: 7,
    };
    let (gru, input, h_0) = case.draw::<f32>();
    let run = |place| {
        ForwardRun::new(
            &gru,
            input.view(),
            CallOptions { h_0: Some(h_0.view()), keep: Keep::One(place), ..CallOptions::default() },
        )
    };
    let last = TracePlace { layer: 1, reverse: true, sample: 2 };
    let trace = run(last).expect("it is there").finish().trace.expect("a traced run");
    let result =
        gru.backward(input.view(), Some(h_0.view()), trace, Upstream { output: None, h_n: None, c_n: None });
    let (expected, got) = (vec![2, 2, 9, 4, 3, 2], vec![1, 1, 9, 4, 1, 2]);
    assert_eq!(result, Err(RecurrentError::TraceShape { expected, got }));

    for place in [TracePlace { layer: 2, ..last }, TracePlace { sample: 3, ..last }] {
        assert_eq!(run(place).expect_err("there is no such place"), RecurrentError::NoPlace);
    }
    let error = run(TracePlace { layer: 2, ..last }).expect_err("there are two layers");
    assert_eq!(error.to_string(), "the call has no such layer, direction and sample");
    let of_one_direction: Gru<f32> =
        Gru::new(GruConfig::new(3, 2), &mut TorchGenerator::new(0)).expect("a small module");
    let place = TracePlace { layer: 0, reverse: true, sample: 0 };
    let result = ForwardRun::new(
        &of_one_direction,
        input.view(),
        CallOptions { keep: Keep::One(place), ..CallOptions::default() },
    );
    assert_eq!(result.expect_err("it has none"), RecurrentError::NoPlace);
}
