//! Times the project's GRU without a browser: `bench-native MODELS ROUNDS RESULTS CALL...`; criterion writes what it
//! measured below RESULTS.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use criterion::Criterion;
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

/// How long all measurements of a call together take, but of those of which one alone takes long.
const TOGETHER: Duration = Duration::from_secs(1);

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let [models, rounds, results, calls @ ..] = &args[..] else {
        panic!("bench-native MODELS ROUNDS RESULTS CALL...")
    };
    let rounds: usize = rounds.parse().expect("a number of rounds");
    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(rounds.max(10))
        .warm_up_time(TOGETHER / 4)
        .measurement_time(TOGETHER)
        .output_directory(Path::new(results));
    for call in calls {
        let (gru, input, expected) = load(Path::new(models), call);
        let pass = || gru.forward(input.view(), None).expect("a legal call").output;
        let worst = pass().iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(worst <= 1e-5, "{call}: the native core differs by {worst}");
        criterion.bench_function(call, |bencher| bencher.iter(pass));
    }
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
