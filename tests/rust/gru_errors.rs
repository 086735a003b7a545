//! What a module refuses, and that it does so in words.

use std::collections::BTreeMap;

use gru_playground::call::{Argument, Call, Config, Release, Tensor, Value};
use gru_playground::diagnostic::diagnose;
use gru_playground::gru::{Gru, GruConfig, RecurrentError, ShapeMismatch, StateDictError};
use gru_playground::rng::TorchGenerator;
use gru_playground::shape::Shape;
use ndarray::ArrayD;
use proptest::prelude::*;

fn new(config: GruConfig) -> Result<Gru<f32>, RecurrentError> {
    Gru::new(config, &mut TorchGenerator::new(0))
}

fn module(config: GruConfig) -> Gru<f32> {
    new(config).expect("a small module")
}

/// The error of a call with tensors of the given shapes.
fn call(gru: &Gru<f32>, input: &[usize], h_0: Option<&[usize]>) -> RecurrentError {
    let (input, h_0) = (ArrayD::zeros(input), h_0.map(ArrayD::zeros));
    gru.forward(input.view(), h_0.as_ref().map(|h_0| h_0.view())).expect_err("an illegal call")
}

#[test]
fn sizes_of_zero() {
    for option in ["input_size", "hidden_size", "num_layers"] {
        let mut config = GruConfig::new(3, 4);
        match option {
            "input_size" => config.input_size = 0,
            "hidden_size" => config.hidden_size = 0,
            _ => config.num_layers = 0,
        }
        assert_eq!(new(config).expect_err("no such module"), RecurrentError::NotPositive { option });
    }
}

#[test]
fn a_dropout_that_is_no_probability() {
    for dropout in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        let error = new(GruConfig { dropout, ..GruConfig::new(3, 4) }).expect_err("no such module");
        assert!(matches!(error, RecurrentError::Dropout { .. }), "{error}");
    }
    module(GruConfig { dropout: 1.0, ..GruConfig::new(3, 4) });
}

#[test]
fn a_module_too_large_is_refused_in_words() {
    // 3H * (I + H + 2) * 4 bytes.
    let error = new(GruConfig::new(8_000, 16_000)).expect_err("too large");
    assert_eq!(error.to_string(), "needs 4.7 GB, the limit here is 512 MB");
    let endless =
        GruConfig { num_layers: u64::MAX, bidirectional: true, ..GruConfig::new(u64::MAX, u64::MAX) };
    assert!(matches!(new(endless.clone()), Err(RecurrentError::TooLarge(_))));
    let no_tensors = Vec::<(String, ndarray::ArrayViewD<f32>)>::new();
    assert!(matches!(Gru::from_state_dict(endless, no_tensors), Err(RecurrentError::TooLarge(_))));
}

#[test]
fn a_call_too_large_is_refused_and_its_trace_counts() {
    let gru = module(GruConfig::new(1, 200));
    let input = ArrayD::zeros(vec![1000, 300, 1]);
    let error = gru.forward_traced(input.view(), None).expect_err("too large");
    assert_eq!(error.to_string(), "needs 2.5 GB, the limit here is 512 MB");
}

#[test]
fn an_empty_batch_of_an_endless_sequence_is_refused() {
    let gru = module(GruConfig::new(3, 4));
    assert!(matches!(call(&gru, &[1 << 60, 0, 3], None), RecurrentError::TooLarge(_)));
}

#[test]
fn shapes_that_do_not_fit() {
    let gru = module(GruConfig { num_layers: 2, ..GruConfig::new(3, 4) });
    assert_eq!(call(&gru, &[], None), RecurrentError::InputRank { module: "GRU", rank: 0 });
    assert_eq!(call(&gru, &[3], None), RecurrentError::InputRank { module: "GRU", rank: 1 });
    assert_eq!(call(&gru, &[1, 5, 2, 3], None), RecurrentError::InputRank { module: "GRU", rank: 4 });
    assert_eq!(call(&gru, &[5, 2, 4], None), RecurrentError::InputSize { expected: 3, got: 4 });
    assert_eq!(call(&gru, &[0, 2, 3], None), RecurrentError::EmptySequence);
    assert_eq!(call(&gru, &[0, 3], None), RecurrentError::EmptySequence);
    let shape = |expected: &[usize], got: &[usize]| RecurrentError::StateShape {
        state: "hidden",
        expected: expected.to_vec(),
        got: got.to_vec(),
    };
    let rank = |is_batched: bool, rank: usize| RecurrentError::StateRank { is_batched, ranks: vec![rank] };
    assert_eq!(call(&gru, &[5, 2, 3], Some(&[1, 2, 4])), shape(&[2, 2, 4], &[1, 2, 4]));
    assert_eq!(call(&gru, &[5, 3], Some(&[1, 4])), shape(&[2, 4], &[1, 4]));
    assert_eq!(call(&gru, &[5, 2, 3], Some(&[2, 4])), rank(true, 2));
    assert_eq!(call(&gru, &[5, 3], Some(&[2, 1, 4])), rank(false, 3));

    // h_0 is never batch-first.
    let gru = module(GruConfig { batch_first: true, ..GruConfig::new(3, 4) });
    assert_eq!(call(&gru, &[2, 5, 3], Some(&[2, 1, 4])), shape(&[1, 2, 4], &[2, 1, 4]));
    assert_eq!(call(&gru, &[2, 0, 3], None), RecurrentError::EmptySequence);
}

/// Every shape of up to four axes of these sizes.
fn shapes(sizes: &[usize]) -> Vec<Vec<usize>> {
    let longer = |shapes: &Vec<Vec<usize>>| {
        let longer =
            |shape: &Vec<usize>| sizes.iter().map(|size| [shape.as_slice(), &[*size]].concat()).collect();
        Some(shapes.iter().flat_map::<Vec<Vec<usize>>, _>(longer).collect())
    };
    std::iter::successors(Some(vec![Vec::new()]), longer).take(5).flatten().collect()
}

#[test]
fn a_call_is_refused_in_the_words_of_its_diagnosis() {
    let tensor =
        |sizes: &[usize]| Argument::Tensor(Tensor::new(Shape::new(sizes.iter().map(|size| *size as i64))));
    let mut refused = BTreeMap::new();
    for (batch_first, bidirectional) in [(false, false), (false, true), (true, false)] {
        let config = GruConfig { batch_first, bidirectional, ..GruConfig::new(3, 2) };
        let gru = module(config.clone());
        let states = shapes(&[1, 2]).into_iter().map(Some).chain([None]);
        for (input, h_0) in
            states.flat_map(|h_0| shapes(&[0, 1, 3]).into_iter().map(move |x| (x, h_0.clone())))
        {
            let diagnosis = diagnose(&Call {
                config: Config {
                    input_size: Some(Value::Int(3)),
                    hidden_size: Some(Value::Int(2)),
                    batch_first: Some(Value::Bool(batch_first)),
                    bidirectional: Some(Value::Bool(bidirectional)),
                    ..Config::default()
                },
                input: tensor(&input),
                h_0: h_0.as_deref().map(tensor),
                release: Release::NEWEST,
            });
            let (x, h) = (ArrayD::zeros(&*input), h_0.as_deref().map(ArrayD::zeros));
            let said =
                gru.forward(x.view(), h.as_ref().map(|h| h.view())).err().map(|error| error.to_string());
            assert_eq!(said.as_ref(), diagnosis.error().map(|error| &error.message), "{input:?}, {h_0:?}");
            if let Some(error) = diagnosis.error() {
                *refused.entry(error.code.clone()).or_insert(0) += 1;
            }
        }
    }
    let codes: Vec<&str> = refused.keys().map(String::as_str).collect();
    assert_eq!(codes, ["empty-sequence", "h-0-rank", "h-0-shape", "input-features", "input-rank"]);
}

#[test]
fn a_state_dict_comes_in_the_order_and_with_the_shapes_of_pytorch() {
    let gru = module(GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 2) });
    let tensors: Vec<(String, Vec<usize>)> =
        gru.state_dict().map(|(name, tensor)| (name, tensor.shape().to_vec())).collect();
    let expected: [(&str, &[usize]); 16] = [
        ("weight_ih_l0", &[6, 3]),
        ("weight_hh_l0", &[6, 2]),
        ("bias_ih_l0", &[6]),
        ("bias_hh_l0", &[6]),
        ("weight_ih_l0_reverse", &[6, 3]),
        ("weight_hh_l0_reverse", &[6, 2]),
        ("bias_ih_l0_reverse", &[6]),
        ("bias_hh_l0_reverse", &[6]),
        ("weight_ih_l1", &[6, 4]),
        ("weight_hh_l1", &[6, 2]),
        ("bias_ih_l1", &[6]),
        ("bias_hh_l1", &[6]),
        ("weight_ih_l1_reverse", &[6, 4]),
        ("weight_hh_l1_reverse", &[6, 2]),
        ("bias_ih_l1_reverse", &[6]),
        ("bias_hh_l1_reverse", &[6]),
    ];
    assert_eq!(tensors, expected.map(|(name, shape)| (name.to_owned(), shape.to_vec())));
}

#[test]
fn a_state_dict_that_does_not_fit_changes_nothing_and_is_told_as_pytorch_tells_it() {
    let mut gru = module(GruConfig::new(3, 2));
    let before = gru.clone();
    let (good, bad, extra) = (ArrayD::ones(vec![6, 3]), ArrayD::zeros(vec![5]), ArrayD::zeros(vec![1]));
    let tensors = [("weight_ih_l0", &good), ("foo", &extra), ("bias_ih_l0", &bad), ("bar", &extra)];
    let tensors = tensors.map(|(name, tensor)| (name.to_owned(), tensor.view()));
    let error = gru.load_state_dict(tensors).expect_err("it does not fit");
    // Printed by torch 2.15.
    assert_eq!(
        error.to_string(),
        "Error(s) in loading state_dict for GRU:\
         \n\tMissing key(s) in state_dict: \"weight_hh_l0\", \"bias_hh_l0\". \
         \n\tUnexpected key(s) in state_dict: \"foo\", \"bar\". \
         \n\tsize mismatch for bias_ih_l0: copying a param with shape torch.Size([5]) from checkpoint, \
         the shape in current model is torch.Size([6])."
    );
    let expected = StateDictError {
        module: "GRU",
        missing: ["weight_hh_l0", "bias_hh_l0"].map(str::to_owned).to_vec(),
        unexpected: ["foo", "bar"].map(str::to_owned).to_vec(),
        mismatched: vec![ShapeMismatch { name: "bias_ih_l0".to_owned(), expected: vec![6], got: vec![5] }],
    };
    assert_eq!(error, RecurrentError::StateDict(expected));
    assert_eq!(gru, before);
}

#[test]
fn a_module_without_biases_does_not_take_any() {
    let mut gru = module(GruConfig { bias: false, ..GruConfig::new(3, 2) });
    let other = module(GruConfig::new(3, 2));
    let Err(RecurrentError::StateDict(error)) = gru.load_state_dict(other.state_dict()) else {
        panic!("biases were taken");
    };
    assert_eq!(error.unexpected, ["bias_ih_l0", "bias_hh_l0"]);
    assert!(error.missing.is_empty() && error.mismatched.is_empty());
}

/// Sizes near the edges of what any check may stumble over.
fn size() -> impl Strategy<Value = u64> {
    prop_oneof![0_u64..4, Just(1 << 31), Just(1 << 32), Just(1 << 53), Just(u64::MAX), any::<u64>()]
}

proptest! {
    #[test]
    fn no_configuration_and_no_shape_panics(
        sizes in (size(), size(), size()),
        options in (any::<bool>(), any::<bool>(), any::<bool>(), any::<f64>()),
        shape in prop::collection::vec(0_usize..4, 0..5),
        h_0 in prop::option::of(prop::collection::vec(0_usize..4, 0..5)),
    ) {
        let (input_size, hidden_size, num_layers) = sizes;
        let (bias, batch_first, bidirectional, dropout) = options;
        let config = GruConfig { input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional };
        let _ = config.parameter(config.parameter_tensors());
        // Modules of many small tensors are legal and slow: their construction is left to other tests.
        if num_layers < 1000 && let Ok(gru) = new(config) {
            let (input, h_0) = (ArrayD::zeros(shape), h_0.map(ArrayD::zeros));
            let _ = gru.forward_traced(input.view(), h_0.as_ref().map(|h_0| h_0.view()));
        }
    }
}
