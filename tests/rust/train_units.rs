//! Losses, optimisers and clipping against real `PyTorch`, each by itself.

use std::path::Path;

use gru_playground::gru::Real;
use gru_playground::train::{
    Adagrad, Adam, Loss, LossError, Optimizer, OptimizerState, RmsProp, Sgd, bce_with_logits, clip_grad_norm,
    cross_entropy, mse,
};
use serde_json::Value;

fn records(unit: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/units/train.jsonl");
    let text = std::fs::read_to_string(path).expect("the records");
    let records = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let records: Vec<Value> = records.filter(|record| record["unit"] == unit).collect();
    assert!(!records.is_empty());
    records
}

fn numbers<T: Real>(value: &Value) -> Vec<T> {
    let elements = value.as_array().expect("a list").iter();
    elements.map(|element| T::from_f64(element.as_f64().expect("a number"))).collect()
}

fn tensors<T: Real>(value: &Value) -> Vec<Vec<T>> {
    value.as_array().expect("a list").iter().map(numbers).collect()
}

/// Asserts agreement to a share of the larger of 1e-3 and the largest element.
fn assert_close<T: Real>(got: &[T], expected: &[T], relative: f64, what: &str) {
    assert_eq!(got.len(), expected.len(), "{what}");
    let f64s = |numbers: &[T]| numbers.iter().map(|x| x.to_f64().expect("a float")).collect::<Vec<_>>();
    let (got, expected) = (f64s(got), f64s(expected));
    let scale = expected.iter().fold(1e-3_f64, |scale, x| scale.max(x.abs()));
    for (got, expected) in got.iter().zip(&expected) {
        assert!((got - expected).abs() <= relative * scale, "{what}: {got}, not {expected}");
    }
}

fn optimizer(name: &str, options: &Value) -> Optimizer {
    let options = options.clone();
    match name {
        "SGD" => Optimizer::Sgd(serde_json::from_value::<Sgd>(options).expect("options")),
        "Adam" => Optimizer::Adam(serde_json::from_value::<Adam>(options).expect("options")),
        "AdamW" => {
            let mut all = serde_json::to_value(Adam::adamw()).expect("options");
            for (option, value) in options.as_object().expect("options") {
                all[option] = value.clone();
            }
            Optimizer::Adam(serde_json::from_value(all).expect("options"))
        }
        "RMSprop" => Optimizer::RmsProp(serde_json::from_value::<RmsProp>(options).expect("options")),
        "Adagrad" => Optimizer::Adagrad(serde_json::from_value::<Adagrad>(options).expect("options")),
        other => panic!("{other}"),
    }
}

fn follow<T: Real>(record: &Value, relative: f64) {
    let name = record["name"].as_str().expect("a name");
    let mut state = OptimizerState::new(optimizer(name, &record["options"])).expect("an optimiser");
    let mut parameters = tensors::<T>(&record["parameters"]);
    for step in record["steps"].as_array().expect("steps") {
        let gradients = tensors::<T>(&step["gradients"]);
        let mut slices: Vec<&mut [T]> = parameters.iter_mut().map(Vec::as_mut_slice).collect();
        state.step(&mut slices, &gradients.iter().map(Vec::as_slice).collect::<Vec<_>>());
        for (got, expected) in parameters.iter().zip(tensors::<T>(&step["after"])) {
            let what = format!("{name} {} step {}", record["options"], state.steps());
            assert_close(got, &expected, relative, &what);
        }
    }
}

#[test]
fn optimizers_step_as_pytorch_s() {
    for record in records("optimizer") {
        follow::<f64>(&record, 1e-12);
        follow::<f32>(&record, 2e-6);
    }
}

#[test]
fn losses_are_pytorch_s() {
    for record in records("loss") {
        let x = numbers::<f32>(&record["x"]);
        let name = record["name"].as_str().expect("a name");
        let loss = match name {
            "mse_loss" => mse(&x, &numbers(&record["y"])),
            "binary_cross_entropy_with_logits" => bce_with_logits(&x, &numbers(&record["y"])),
            _ => {
                let targets: Vec<i64> = serde_json::from_value(record["y"].clone()).expect("classes");
                cross_entropy(&x, record["classes"].as_u64().expect("a size") as usize, &targets)
            }
        };
        let Loss { value, gradient } = loss.expect("targets that fit");
        assert_close(&[value], &[record["value"].as_f64().expect("a number") as f32], 1e-6, name);
        assert_close(&gradient, &numbers(&record["gradient"]), 1e-6, name);
    }
}

#[test]
fn clipping_is_pytorch_s() {
    for record in records("clip") {
        let mut gradients = tensors::<f32>(&record["before"]);
        let mut slices: Vec<&mut [f32]> = gradients.iter_mut().map(Vec::as_mut_slice).collect();
        let norm = clip_grad_norm(&mut slices, record["max_norm"].as_f64().expect("a number"));
        assert_close(&[norm], &[record["norm"].as_f64().expect("a number") as f32], 1e-6, "norm");
        for (got, expected) in gradients.iter().zip(tensors::<f32>(&record["after"])) {
            assert_close(got, &expected, 1e-6, "clipped");
        }
    }
    let mut broken = [1.0_f32, f32::NAN];
    assert!(clip_grad_norm(&mut [&mut broken], 1.0).is_nan() && broken[0].is_nan());
}

#[test]
fn what_pytorch_refuses_is_refused_in_its_words() {
    let refusal = |optimizer| OptimizerState::<f32>::new(optimizer).expect_err("a refusal").to_string();
    assert_eq!(
        refusal(Optimizer::Sgd(Sgd { nesterov: true, ..Sgd::default() })),
        "Nesterov momentum requires a momentum and zero dampening"
    );
    assert_eq!(refusal(Optimizer::Sgd(Sgd { lr: -1.0, ..Sgd::default() })), "Invalid learning rate: -1.0");
    let adam = Adam { betas: [0.9, 1.0], ..Adam::default() };
    assert_eq!(refusal(Optimizer::Adam(adam)), "Invalid beta parameter at index 1: 1.0");
    assert_eq!(
        cross_entropy(&[0.0_f32; 6], 3, &[0, 3]).expect_err("a refusal").to_string(),
        "Target 3 is out of bounds."
    );
    assert_eq!(mse(&[0.0_f32; 3], &[0.0; 2]), Err(LossError::Count { predictions: 3, targets: 2 }));
}
