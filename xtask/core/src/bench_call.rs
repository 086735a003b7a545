//! The numbers of a call that the bench measures, as files that every engine reads.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use gru_playground::gru::{Gru, GruConfig};
use gru_playground::rng::{Generator, TorchGenerator};
use gru_playground::weights::{Signature, onnx};
use ndarray::{ArrayD, ArrayViewD};
use serde::{Deserialize, Serialize};

/// The sizes of a call of `nn.GRU`, as `xtask/src/bench/calls.rs` writes them.
#[derive(Serialize, Deserialize)]
struct Sizes {
    input: usize,
    hidden: usize,
    layers: usize,
    steps: usize,
    batch: usize,
}

/// `bench-call FOLDER NAME SIZES`
///
/// Writes NAME.json, NAME.bin and NAME.onnx: the call, its numbers one after the other, and a model of it.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let [folder, name, sizes] = args else { bail!("bench-call takes a folder, a name and sizes as JSON") };
    let sizes: Sizes = serde_json::from_str(sizes)?;
    write(Path::new(folder), name, &sizes)?;
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Path, name: &str, sizes: &Sizes) -> Result<()> {
    let &Sizes { input, hidden, layers, steps, batch } = sizes;
    let config = GruConfig { num_layers: layers as u64, ..GruConfig::new(input as u64, hidden as u64) };
    let mut generator = TorchGenerator::new(0);
    let gru: Gru<f32> = Gru::new(config.clone(), &mut generator)?;
    let mut data = vec![0.0_f32; steps * batch * input];
    generator.fill_normal(&mut data);
    let data = ArrayD::from_shape_vec(vec![steps, batch, input], data)?;

    // What all of them are held to: the same call in float64.
    let parameters = gru.state_dict().map(|(name, tensor)| (name, tensor.mapv(f64::from)));
    let parameters: Vec<_> = parameters.collect();
    let views = parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
    let exact = Gru::<f64>::from_state_dict(config, views)?;
    let output = exact.forward(data.mapv(f64::from).view(), None)?.output.mapv(|value| value as f32);

    let named = [("input", data.view()), ("output", output.view())];
    let tensors: Vec<(String, ArrayViewD<'_, f32>)> =
        gru.state_dict().chain(named.map(|(name, tensor)| (name.to_owned(), tensor))).collect();
    let shapes: Vec<_> = tensors
        .iter()
        .map(|(name, tensor)| serde_json::json!({ "name": name, "shape": tensor.shape() }))
        .collect();
    let numbers: Vec<u8> =
        tensors.iter().flat_map(|(_, tensor)| tensor.iter()).flat_map(|value| value.to_le_bytes()).collect();
    let description = serde_json::json!({ "sizes": sizes, "tensors": shapes });
    let file = |extension: &str| folder.join(format!("{name}.{extension}"));
    fs::write(file("json"), description.to_string())?;
    fs::write(file("bin"), numbers)?;
    fs::write(file("onnx"), onnx(&gru, Signature { batched: true, h_0: false }))?;
    Ok(())
}
