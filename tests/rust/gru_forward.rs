//! What must hold of a forward pass whatever the module and the call.

use crate::calls::{Case, case};
use gru_playground::cost::Cost;
use gru_playground::gru::{CallOptions, ForwardRun, Gru, GruConfig, Output};
use gru_playground::rng::TorchGenerator;
use ndarray::{ArrayD, ArrayViewD, Axis, Slice, concatenate};
use proptest::prelude::*;

type Tensors = Vec<(String, ArrayD<f64>)>;

fn forward(gru: &Gru<f64>, input: &ArrayD<f64>, h_0: &ArrayD<f64>) -> Output<f64> {
    gru.forward(input.view(), Some(h_0.view())).expect("a legal call")
}

fn swapped(tensor: &ArrayD<f64>) -> ArrayD<f64> {
    let mut tensor = tensor.view();
    tensor.swap_axes(0, 1);
    tensor.as_standard_layout().into_owned()
}

fn reversed(tensor: &ArrayD<f64>) -> ArrayD<f64> {
    tensor.slice_axis(Axis(0), Slice::new(0, None, -1)).to_owned()
}

fn part(tensor: &ArrayD<f64>, axis: usize, from: usize, to: usize) -> ArrayD<f64> {
    tensor.slice_axis(Axis(axis), Slice::from(from..to)).to_owned()
}

/// A module of one layer and direction with the parameters of one of another module's.
fn single(gru: &Gru<f64>, layer: u64, reverse: bool) -> Gru<f64> {
    let suffix = format!("_l{layer}{}", if reverse { "_reverse" } else { "" });
    let tensors: Tensors = gru
        .state_dict()
        .filter_map(|(name, tensor)| Some((format!("{}_l0", name.strip_suffix(&suffix)?), tensor.to_owned())))
        .collect();
    let input_size = tensors[0].1.shape()[1] as u64;
    let config =
        GruConfig { bias: gru.config().bias, ..GruConfig::new(input_size, gru.config().hidden_size) };
    let tensors = tensors.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
    Gru::from_state_dict(config, tensors).expect("one cell's parameters")
}

proptest! {
    #[test]
    fn a_module_is_its_layers_and_directions_one_after_another(case in case()) {
        let case = Case { config: GruConfig { batch_first: false, ..case.config }, ..case };
        let (gru, input, h_0) = case.draw();
        let whole = forward(&gru, &input, &h_0);

        let mut x = input;
        let mut h_n = Vec::new();
        for layer in 0..gru.config().num_layers {
            let cell = h_n.len();
            let output = forward(&single(&gru, layer, false), &x, &part(&h_0, 0, cell, cell + 1));
            h_n.push(output.h_n);
            let mut sides = vec![output.output];
            if gru.config().bidirectional {
                let h_0 = part(&h_0, 0, cell + 1, cell + 2);
                let output = forward(&single(&gru, layer, true), &reversed(&x), &h_0);
                h_n.push(output.h_n);
                sides.push(reversed(&output.output));
            }
            let sides: Vec<ArrayViewD<f64>> = sides.iter().map(|side| side.view()).collect();
            x = concatenate(Axis(2), &sides).expect("sides of one shape");
        }
        let h_n: Vec<ArrayViewD<f64>> = h_n.iter().map(|state| state.view()).collect();
        prop_assert_eq!(whole.output, x);
        prop_assert_eq!(whole.h_n, concatenate(Axis(0), &h_n).expect("states of one shape"));
    }

    #[test]
    fn samples_do_not_know_of_each_other(case in case()) {
        let (gru, input, h_0) = case.draw();
        let batch_axis = usize::from(!case.config.batch_first);
        let whole = forward(&gru, &input, &h_0);
        for b in 0..case.batch {
            let alone = forward(&gru, &part(&input, batch_axis, b, b + 1), &part(&h_0, 1, b, b + 1));
            prop_assert_eq!(alone.output, part(&whole.output, batch_axis, b, b + 1));
            prop_assert_eq!(alone.h_n, part(&whole.h_n, 1, b, b + 1));
        }
    }

    #[test]
    fn batch_first_swaps_two_axes_of_input_and_output_and_nothing_else(case in case()) {
        let (gru, input, h_0) = case.draw();
        let other = GruConfig { batch_first: !case.config.batch_first, ..case.config };
        let other = Gru::from_state_dict(other, gru.state_dict()).expect("the same parameters");
        let (one, two) = (forward(&gru, &input, &h_0), forward(&other, &swapped(&input), &h_0));
        prop_assert_eq!(one.output, swapped(&two.output));
        prop_assert_eq!(one.h_n, two.h_n);
    }

    #[test]
    fn unbatched_input_is_a_batch_of_one(case in case()) {
        let case = Case { batch: 1, ..case };
        let (gru, input, h_0) = case.draw();
        let batched = forward(&gru, &input, &h_0);
        let batch_axis = Axis(usize::from(!case.config.batch_first));
        let (input, h_0) = (input.remove_axis(batch_axis), h_0.remove_axis(Axis(1)));
        let unbatched = forward(&gru, &input, &h_0);
        prop_assert_eq!(unbatched.output, batched.output.remove_axis(batch_axis));
        prop_assert_eq!(unbatched.h_n, batched.h_n.remove_axis(Axis(1)));
    }

    #[test]
    fn f32_is_near_f64(case in case()) {
        let (gru, input, h_0) = case.draw::<f32>();
        let wide: Tensors = gru.state_dict().map(|(name, tensor)| (name, tensor.mapv(f64::from))).collect();
        let views = wide.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let wide = Gru::from_state_dict(case.config, views).expect("the same parameters");
        let narrow = gru.forward(input.view(), Some(h_0.view())).expect("a legal call");
        let wide = forward(&wide, &input.mapv(f64::from), &h_0.mapv(f64::from));
        for (narrow, wide) in narrow.output.iter().chain(&narrow.h_n).zip(wide.output.iter().chain(&wide.h_n)) {
            prop_assert!((f64::from(*narrow) - wide).abs() < 5e-6, "{} and {}", narrow, wide);
        }
    }

    #[test]
    fn an_absent_h_0_is_zero(case in case()) {
        let (gru, input, h_0) = case.draw::<f64>();
        let zero = forward(&gru, &input, &ArrayD::zeros(h_0.raw_dim()));
        prop_assert_eq!(gru.forward(input.view(), None).expect("a legal call"), zero);
    }

    #[test]
    fn a_run_in_pieces_gives_what_a_run_at_once_gives(
        case in case(),
        pieces in prop::collection::vec(0_u64..2000, 1..40),
    ) {
        let (gru, input, h_0) = case.draw::<f64>();
        let cost = Cost::of(&case.config, case.steps as u64, case.batch as u64, 8);
        let mut run = ForwardRun::new(&gru, input.view(), CallOptions::of(Some(h_0.view())).traced()).expect("a legal call");
        prop_assert_eq!(Some(run.progress().total), cost.multiply_adds.total().to_u64());
        for piece in pieces {
            let before = run.progress();
            let after = run.advance(piece);
            prop_assert!(after.done > before.done || before.is_complete());
            prop_assert!(after.done <= after.total && after.total == before.total);
        }
        let at_once = gru.forward_traced(input.view(), Some(h_0.view())).expect("a legal call");
        prop_assert_eq!(run.finish(), at_once);
    }

    #[test]
    fn the_last_output_of_each_direction_is_its_h_n(case in case()) {
        let case = Case { config: GruConfig { batch_first: false, ..case.config }, ..case };
        let (gru, input, h_0) = case.draw();
        let Output { output, h_n, .. } = forward(&gru, &input, &h_0);
        let (hidden, cells) = (case.config.hidden_size as usize, h_n.len_of(Axis(0)));
        let top = cells - case.config.directions() as usize;
        let last = part(&part(&output, 0, case.steps - 1, case.steps), 2, 0, hidden);
        prop_assert_eq!(last, part(&h_n, 0, top, top + 1));
        if case.config.bidirectional {
            let first = part(&part(&output, 0, 0, 1), 2, hidden, 2 * hidden);
            prop_assert_eq!(first, part(&h_n, 0, top + 1, top + 2));
        }
    }

    #[test]
    fn the_memory_layout_of_the_arguments_does_not_matter(case in case()) {
        let (gru, input, h_0) = case.draw();
        let expected = forward(&gru, &input, &h_0);
        let column_major = |tensor: &ArrayD<f64>| tensor.t().as_standard_layout().into_owned().reversed_axes();
        prop_assert_eq!(&forward(&gru, &column_major(&input), &column_major(&h_0)), &expected);

        // An owned input is taken as it is; cut out of a larger one it still has the larger one's memory.
        let larger = concatenate(Axis(0), &[input.view(), input.view(), input.view()]).expect("one shape");
        let rows = input.len_of(Axis(0));
        let middle = larger.slice_axis_move(Axis(0), Slice::from(rows..2 * rows));
        let run = ForwardRun::new(&gru, middle, CallOptions::of(Some(h_0.view()))).expect("a legal call");
        prop_assert_eq!(run.finish(), expected);
    }
}

#[test]
fn an_empty_batch_gives_empty_tensors() {
    let config = GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 4) };
    let gru: Gru<f32> = Gru::new(config, &mut TorchGenerator::new(0)).expect("a small module");
    let result = gru.forward_traced(ArrayD::zeros(vec![5, 0, 3]).view(), None).expect("a legal call");
    assert_eq!(result.output.shape(), [5, 0, 8]);
    assert_eq!(result.h_n.shape(), [4, 0, 4]);
}

#[test]
fn a_run_keeps_the_parameters_that_it_began_with() {
    let mut gru: Gru<f64> =
        Gru::new(GruConfig::new(3, 4), &mut TorchGenerator::new(0)).expect("a small module");
    let other: Gru<f64> =
        Gru::new(GruConfig::new(3, 4), &mut TorchGenerator::new(1)).expect("a small module");
    let input = ArrayD::ones(vec![5, 2, 3]);
    let expected = gru.forward(input.view(), None).expect("a legal call");
    let mut run = ForwardRun::new(&gru, input.view(), CallOptions::default()).expect("a legal call");
    run.advance(1);
    gru.load_state_dict(other.state_dict()).expect("the same names and shapes");
    assert_eq!(run.finish(), expected);
    assert_ne!(gru.forward(input.view(), None).expect("a legal call"), expected);
}
