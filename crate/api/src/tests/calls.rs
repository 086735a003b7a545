//! Calls by the API's values, natively: an array of float32 is a vector.

use serde_json::json;

use crate::generator::{Init, Seed, SharedStream};
use crate::packed::{PackOptions, PadOptions, pack_padded, pad_packed};
use crate::recorded::UpstreamData;
use crate::recurrent::{CallOptionsData, call, call_packed, drawn, forward_flat, record_packed};
use crate::tensor::{States, TensorData, TypedArray};
use crate::weights::read_weights;
use crate::{Fault, cell};
use gru_playground::call::{Argument, Call, Config, Release, Value};
use gru_playground::gru::{Gru, GruConfig, Keep};
use gru_playground::rng::TorchGenerator;
use gru_playground::weights::{self, Signature};

pub(super) struct Floats(pub Vec<f32>);

impl TypedArray<f32> for Floats {
    fn of(elements: &[f32]) -> Self {
        Floats(elements.to_vec())
    }

    fn to_vec(&self) -> Vec<f32> {
        self.0.clone()
    }
}

fn tensor<const D: usize>(shape: [usize; D]) -> TensorData<Floats> {
    let count = shape.iter().product();
    let data = (0..count).map(|index| (index as f32 * 0.7).sin()).collect();
    TensorData { shape: shape.to_vec(), data: Floats(data) }
}

fn gru() -> Gru<f32> {
    let init: Init<SharedStream> = Init { seed: Some(Seed(3)), generator: None };
    drawn(GruConfig { num_layers: 2, ..GruConfig::new(3, 4) }, init).unwrap()
}

fn options() -> CallOptionsData<SharedStream> {
    CallOptionsData::default()
}

fn name<T>(result: Result<T, Fault>) -> &'static str {
    result.err().expect("a fault").into_parts().name
}

#[test]
fn a_recorded_call_is_differentiated_once() {
    let gru = gru();
    let mut recorded = call(&gru, &tensor([5, 2, 3]), States::default(), options(), Keep::Every).unwrap();
    let output = recorded.output::<Floats>();
    assert_eq!((output.output.shape, output.h_n.shape), (vec![5, 2, 4], vec![2, 2, 4]));
    assert!(output.c_n.is_none());
    assert_eq!(recorded.trace::<Floats>().unwrap().len(), 2);
    let upstream = || UpstreamData { output: Some(tensor([5, 2, 4])), ..UpstreamData::default() };
    let wrong = UpstreamData { output: Some(tensor([5, 2, 3])), ..UpstreamData::default() };
    assert_eq!(name(recorded.backward(wrong)), "ShapeError");
    let gradients = recorded.backward(upstream()).unwrap();
    assert_eq!(gradients.input.shape, [5, 2, 3]);
    assert_eq!(name(recorded.backward(upstream())), "BackwardError");
    assert_eq!(name(recorded.trace::<Floats>()), "BackwardError");
}

#[test]
fn elements_must_fill_their_shape() {
    let input = TensorData { shape: vec![5, 2, 3], data: Floats(vec![0.0; 29]) };
    let refused = call(&gru(), &input, States::default(), options(), Keep::Nothing);
    let thrown = refused.err().unwrap().into_parts();
    assert_eq!(thrown.message, "input: 29 elements do not fill shape [5, 2, 3]");
}

#[test]
fn a_call_over_arrays_gives_the_same_numbers() {
    let gru = gru();
    let input = tensor([5, 2, 3]);
    let called = call(&gru, &input, States::default(), options(), Keep::Nothing).unwrap();
    let flat = forward_flat(&gru, input.data.to_vec(), [5, 2], None, 40).unwrap();
    assert_eq!(&flat.output, &called.outcome().output);
    assert_eq!(name(forward_flat(&gru, input.data.to_vec(), [5, 2], None, 39)), "ArgumentError");
}

#[test]
fn packed_samples_end_at_their_true_last_step() {
    let packed = pack_padded(&tensor([5, 2, 3]), &[5, 2], &PackOptions::default()).unwrap();
    assert_eq!(packed.batch_sizes, [2, 2, 1, 1, 1]);
    let result = call_packed(&gru(), packed, &States::default()).unwrap();
    let padded = pad_packed(result.output, &PadOptions::default()).unwrap();
    assert_eq!((padded.output.shape, padded.lengths), (vec![5, 2, 4], vec![5, 2]));
    let h_n = result.h_n.data.to_vec();
    // The upper layer's state of the shorter sample is its output at step 1.
    assert_eq!(h_n[12..], padded.output.data.to_vec()[12..16]);
}

#[test]
fn a_cell_is_one_step() {
    let config =
        cell::rnn_config(json!({ "input_size": 3, "hidden_size": 4, "nonlinearity": "relu" })).unwrap();
    let init: Init<SharedStream> = Init { seed: Some(Seed(3)), generator: None };
    let cell = cell::drawn(config, init).unwrap();
    let h_1: TensorData<Floats> = cell::forward(&cell, &tensor([2, 3]), &States::default()).unwrap().into();
    assert_eq!(h_1.shape, [2, 4]);
    assert!(h_1.data.to_vec().iter().all(|&h| h >= 0.0));
}

#[test]
fn a_step_of_a_cell_is_differentiated_once_by_either_of_its_names() {
    let config = cell::gru_config(json!({ "input_size": 3, "hidden_size": 4 })).unwrap();
    let init: Init<SharedStream> = Init { seed: Some(Seed(3)), generator: None };
    let cell = cell::drawn(config, init).unwrap();
    let record = || cell::record(&cell, &tensor([2, 3]), States::default()).unwrap();
    let by = |upstream: UpstreamData<Floats>| {
        let gradients = record().backward(upstream).unwrap();
        (gradients.input.shape.clone(), gradients.input.data.to_vec())
    };
    let (shape, whole) = by(UpstreamData { output: Some(tensor([2, 4])), ..UpstreamData::default() });
    assert_eq!(shape, [2, 3]);
    assert_eq!(by(UpstreamData { h_n: Some(tensor([2, 4])), ..UpstreamData::default() }).1, whole);
    let (output, h_n) = (Some(tensor([2, 4])), Some(tensor([2, 4])));
    let (_, twice) = by(UpstreamData { output, h_n, c_n: None });
    assert!(whole.iter().zip(&twice).all(|(one, two)| (2.0 * one - two).abs() < 1e-6));
    let mut recorded = record();
    recorded.backward::<Floats>(UpstreamData::default()).unwrap();
    assert_eq!(name(recorded.backward::<Floats>(UpstreamData::default())), "BackwardError");
}

#[test]
fn a_packed_call_is_differentiated_by_its_data() {
    let pack = || pack_padded(&tensor([5, 2, 3]), &[5, 2], &PackOptions::default()).unwrap();
    let mut recorded = record_packed(&gru(), pack(), States::default()).unwrap();
    let called = call_packed(&gru(), pack(), &States::default()).unwrap();
    let output = recorded.output::<Floats>();
    assert_eq!(output.output.data.to_vec(), called.output.data.data.to_vec());
    let padded = UpstreamData { output: Some(tensor([5, 2, 4])), ..UpstreamData::default() };
    assert_eq!(name(recorded.backward(padded)), "ShapeError");
    let by_data = UpstreamData { output: Some(tensor([7, 4])), ..UpstreamData::default() };
    let gradients = recorded.backward(by_data).unwrap();
    assert_eq!((gradients.input.shape, gradients.h_0.shape), (vec![7, 3], vec![2, 2, 4]));
}

#[test]
fn handles_on_one_stream_share_it() {
    let stream = SharedStream::new(Seed(0));
    let handles = [stream.clone(), stream];
    let init = |handle| Init { seed: None, generator: Some(handle) };
    let modules = handles.map(|handle| drawn(GruConfig::new(3, 4), init(handle)).unwrap());
    let mut generator = TorchGenerator::new(0);
    let expected = [(); 2].map(|()| Gru::new(GruConfig::new(3, 4), &mut generator).unwrap());
    assert_eq!(modules, expected);
}

#[test]
fn a_model_of_another_gru_is_held_against_torch_and_mended() {
    let gru = Gru::<f32>::new(GruConfig::new(3, 2), &mut TorchGenerator::new(0)).expect("a module");
    let due = weights::onnx(&gru, Signature { batched: true, h_0: false });
    let mut other = due.clone();
    let name = b"linear_before_reset";
    let at = other.windows(name.len()).position(|bytes| bytes == name).expect("the attribute");
    // The field of its value, and the value.
    assert_eq!(other[at + name.len()..][..2], [0x18, 1]);
    other[at + name.len() + 1] = 0;

    let int = |size| Some(Value::Int(size));
    let config = Config { input_size: int(3), hidden_size: int(2), ..Config::default() };
    let call = |input| Call { config: config.clone(), input, h_0: None, release: Release::NEWEST };
    let read = |bytes: &[u8], call: &Call, seed| read_weights::<Floats>(bytes, "gru.onnx", call, None, seed);
    let legal = call(Argument::tensor([5, 1, 3]));
    let found = read(&other, &legal, Some(Seed(1)));
    let every: Vec<f32> =
        gru.state_dict().flat_map(|(_, tensor)| tensor.iter().copied().collect::<Vec<_>>()).collect();
    assert_eq!(found.weights.map(|weights| weights.to_vec()), Some(every));
    assert!(found.distance.is_some_and(|distance| distance > 1e-3 && distance < 1.0), "{:?}", found.distance);
    assert_ne!(found.distance, read(&other, &legal, Some(Seed(2))).distance);
    let mended = found.mended.expect("another GRU");
    for (bytes, call, seed) in [
        (&other, &legal, None),
        (&other, &call(Argument::tensor([5, 1, 4])), Some(Seed(1))),
        (&mended, &legal, Some(Seed(1))),
        (&due, &legal, Some(Seed(1))),
    ] {
        assert_eq!(read(bytes, call, seed).distance, None);
    }
    assert_eq!(read(&mended, &legal, None).mended, None);
}
