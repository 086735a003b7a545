//! Exports, to the byte as they were run: ONNX in onnxruntime, the Python files in `PyTorch`
//! (`tests/golden/check_exports.py`); and what onnxruntime gave is what the core gives.

use std::fs;

use gru_playground::call::{self, Argument, Call};
use gru_playground::gru::Gru;
use gru_playground::rng::{Generator, TorchGenerator};
use gru_playground::weights::python_file;
use ndarray::ArrayD;
use serde_json::Value;

use crate::weights_cases::cases;

fn folder() -> String {
    format!("{}/../tests/golden/exports/", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn exports_are_those_that_were_run() {
    for case in cases() {
        let kept = |ending: &str| {
            let path = format!("{}{}.{ending}", folder(), case.name);
            fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
        };
        assert!(case.onnx() == kept("onnx"), "{}.onnx is another: run check_exports.py", case.name);
        assert_eq!(case.python(), String::from_utf8(kept("py.txt")).expect("text"), "{}", case.name);
    }
}

fn drawn(argument: &Argument, generator: &mut TorchGenerator) -> ArrayD<f32> {
    let Argument::Tensor(tensor) = argument else { panic!("a tensor") };
    let shape: Vec<usize> = tensor.shape.0.iter().map(|size| size.0 as usize).collect();
    let mut elements = vec![0.0; shape.iter().product()];
    generator.fill_normal(&mut elements);
    ArrayD::from_shape_vec(shape, elements).expect("its shape")
}

fn run(gru: &Gru<f32>, call: &Call, generator: &mut TorchGenerator) -> [ArrayD<f32>; 2] {
    let input = drawn(&call.input, generator);
    let h_0 = call.h_0.as_ref().map(|h_0| drawn(h_0, generator));
    let output = gru.forward(input.view(), h_0.as_ref().map(|h_0| h_0.view())).expect("a legal call");
    [output.output, output.h_n]
}

#[test]
fn onnxruntime_gave_what_the_core_gives() {
    let results = fs::read_to_string(format!("{}results.jsonl", folder())).expect("results.jsonl");
    let results: Vec<Value> =
        results.lines().map(|line| serde_json::from_str(line).expect("a result")).collect();
    assert_eq!(results.len(), cases().len());
    for case in cases() {
        let of_case = |result: &&Value| result["case"] == case.name;
        let result = results.iter().find(of_case).expect("a result of every case");
        let (gru, mut generator) = case.module();
        for (ours, name) in run(&gru, &case.call, &mut generator).iter().zip(["output", "h_n"]) {
            assert_eq!(serde_json::json!(ours.shape()), result[name]["shape"], "{} of {}", name, case.name);
            let theirs = result[name]["data"].as_array().expect("numbers");
            for (ours, theirs) in ours.iter().zip(theirs) {
                let theirs = theirs.as_f64().expect("a number");
                assert!((f64::from(*ours) - theirs).abs() <= 2e-6, "{}: {ours}, {theirs}", case.name);
            }
        }
    }
}

#[test]
fn many_weights_are_loaded_from_a_file_beside() {
    let mut case = cases().swap_remove(0);
    case.call.config.hidden_size = Some(call::Value::Int(100));
    let text = python_file(&case.call, Some(0), case.module().0.state_dict());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[2..],
        [
            "import torch",
            "import torch.nn as nn",
            "from safetensors.torch import load_file",
            "",
            "torch.manual_seed(0)",
            "gru = nn.GRU(input_size=3, hidden_size=100)",
            "gru.load_state_dict(load_file('gru.safetensors'))",
            "x = torch.randn(4, 2, 3)  # (seq_len, batch, input_size)",
            "out, h_n = gru(x)",
            "print(out.shape)",
            "print(h_n.shape)",
            "print(h_n.detach().flatten().tolist())",
        ]
    );
}
