//! The GRUs that are not `PyTorch`'s, beyond their numbers, which `goldens.rs` checks.

use gru_playground::gru::{CallOptions, ForwardRun, Gru, GruConfig, Reset, Update, Variant, layout};
use gru_playground::rng::TorchGenerator;
use ndarray::ArrayD;

fn numbers(shape: &[usize]) -> ArrayD<f64> {
    let mut i = 0.0_f64;
    ArrayD::from_shape_simple_fn(shape, || {
        i += 1.0;
        (i * i * 0.37).sin()
    })
}

fn gru() -> Gru<f64> {
    let config = GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 4) };
    Gru::new(config, &mut TorchGenerator::new(5)).expect("it fits")
}

const CHUNG: Variant = Variant { reset: Reset::BeforeProduct, update: Update::TakesNew };

#[test]
fn the_other_sense_of_z_is_the_negated_update_gate() {
    let (plain, input, h_0) = (gru(), numbers(&[5, 2, 3]), numbers(&[4, 2, 4]));
    let negated = plain.state_dict().map(|(name, tensor)| {
        let mut tensor = tensor.to_owned();
        tensor.slice_axis_mut(ndarray::Axis(0), (4..8).into()).mapv_inplace(|element| -element);
        (name, tensor)
    });
    let negated: Vec<_> = negated.collect();
    let tensors = negated.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
    let negated = Gru::from_state_dict(plain.config().clone(), tensors).expect("it fits");
    for reset in [Reset::AfterProduct, Reset::BeforeProduct] {
        let of = |gru: &Gru<f64>, update| {
            let gru = gru.clone().with_variant(Variant { reset, update });
            gru.forward(input.view(), Some(h_0.view())).expect("it fits")
        };
        let (keeps, takes) = (of(&plain, Update::KeepsOld), of(&plain, Update::TakesNew));
        let mirrored = of(&negated, Update::TakesNew);
        assert!((&keeps.output - &mirrored.output).iter().all(|difference| difference.abs() < 1e-14));
        assert!((&keeps.h_n - &takes.h_n).iter().any(|difference| difference.abs() > 0.1));
    }
}

#[test]
fn a_run_in_pieces_is_the_run_at_once() {
    let (gru, input) = (gru().with_variant(CHUNG), numbers(&[5, 2, 3]));
    let whole = gru.forward_traced(input.view(), None).expect("it fits");
    let mut run = ForwardRun::new(&gru, input.view(), CallOptions::default().traced()).expect("it fits");
    while !run.progress().is_complete() {
        let before = run.progress().done;
        assert!(run.advance(1).done > before);
    }
    assert_eq!(run.progress().done, run.progress().total);
    assert_eq!(run.finish(), whole);
}

#[test]
fn weights_of_other_shapes_are_refused() {
    let (kernel, recurrent, bias) = (numbers(&[3, 12]), numbers(&[4, 12]), numbers(&[2, 12]));
    let keras = |kernel: &ArrayD<f64>, bias: &ArrayD<f64>| {
        layout::from_keras(&kernel.view(), &recurrent.view(), Some(&bias.view()))
    };
    assert_eq!(keras(&kernel, &bias).expect("it fits").len(), 4);
    assert_eq!(keras(&kernel, &numbers(&[12])).expect("it fits")[3].1, ArrayD::<f64>::zeros(vec![12]));
    let error = keras(&numbers(&[3, 9]), &bias).expect_err("three gates of four units");
    assert_eq!(error.to_string(), "kernel must have shape [3, 12], got [3, 9]");
    assert!(keras(&kernel, &numbers(&[3, 12])).is_err());
    let (w, r) = (numbers(&[2, 12, 3]), numbers(&[2, 12, 4]));
    let onnx = |b: &[usize]| layout::from_onnx(&w.view(), &r.view(), Some(&numbers(b).view()));
    assert_eq!(onnx(&[2, 24]).expect("it fits").len(), 8);
    let error = onnx(&[1, 24]).expect_err("one direction's");
    assert_eq!(error.to_string(), "B must have shape [2, 24], got [1, 24]");
    assert!(layout::from_onnx(&numbers(&[]).view(), &numbers(&[3]).view(), None).is_err());
}
