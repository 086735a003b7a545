//! Times the project's GRU without a browser: `bench-native MODELS ROUNDS CALL...`, JSON to standard output.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

use gru_playground::gru::{Gru, GruConfig};
use ndarray::ArrayD;
use serde::Deserialize;

/// A call as the bench wrote it.
#[derive(Deserialize)]
struct Description {
    sizes: Sizes,
    tensors: Vec<Tensor>,
}

#[derive(Deserialize)]
struct Sizes {
    input: u64,
    hidden: u64,
    layers: u64,
}

#[derive(Deserialize)]
struct Tensor {
    name: String,
    shape: Vec<usize>,
}

/// How long one measurement takes at least.
const BATCH: Duration = Duration::from_millis(50);

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let [folder, rounds, calls @ ..] = &args[..] else { panic!("bench-native MODELS ROUNDS CALL...") };
    let rounds = rounds.parse().expect("a number of rounds");
    let measured: BTreeMap<_, _> =
        calls.iter().map(|call| (call, measure(Path::new(folder), call, rounds))).collect();
    println!("{}", serde_json::to_string(&measured).expect("numbers"));
}

/// Milliseconds of a pass, one number a round.
fn measure(folder: &Path, call: &str, rounds: usize) -> Vec<f64> {
    let (gru, input, expected) = load(folder, call);
    let pass = || gru.forward(input.view(), None).expect("a legal call").output;
    let worst = pass().iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst <= 1e-5, "{call}: the native core differs by {worst}");
    let began = Instant::now();
    std::hint::black_box(pass());
    let count = (BATCH.as_secs_f64() / began.elapsed().as_secs_f64()).ceil();
    let round = || {
        let began = Instant::now();
        for _ in 0..count as usize {
            std::hint::black_box(pass());
        }
        began.elapsed().as_secs_f64() * 1000.0 / count
    };
    (0..rounds).map(|_| round()).collect()
}

fn load(folder: &Path, call: &str) -> (Gru<f32>, ArrayD<f32>, Vec<f32>) {
    let read =
        |extension: &str| fs::read(folder.join(format!("{call}.{extension}"))).expect("a file of the bench");
    let Description { sizes, tensors } =
        serde_json::from_slice(&read("json")).expect("a description of the bench");
    let bytes = read("bin");
    let mut numbers =
        bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    let mut arrays = BTreeMap::new();
    for Tensor { name, shape } in tensors {
        let elements = numbers.by_ref().take(shape.iter().product()).collect();
        arrays.insert(name, ArrayD::from_shape_vec(shape, elements).expect("its own size"));
    }
    let [input, output] = ["input", "output"].map(|name| arrays.remove(name).expect("a tensor of the call"));
    let config = GruConfig { num_layers: sizes.layers, ..GruConfig::new(sizes.input, sizes.hidden) };
    let parameters = arrays.iter().map(|(name, array)| (name.clone(), array.view()));
    let gru = Gru::from_state_dict(config, parameters).expect("parameters that fit");
    (gru, input, output.into_raw_vec_and_offset().0)
}
