//! The modules whose exports are kept in `tests/golden/exports/`: between them every option.

use gru_playground::call::{Argument, Call, Config, Release, Tensor, Value};
use gru_playground::diagnostic::diagnose;
use gru_playground::gru::Gru;
use gru_playground::rng::TorchGenerator;
use gru_playground::shape::Shape;
use gru_playground::weights::{Signature, onnx, python_file};

pub struct Case {
    pub name: &'static str,
    pub seed: u64,
    pub call: Call,
}

fn case(
    name: &'static str,
    seed: u64,
    options: &[(&str, Value)],
    input: &[i64],
    h_0: Option<&[i64]>,
) -> Case {
    let mut config = Config::default();
    for (option, value) in options {
        let field = match *option {
            "input_size" => &mut config.input_size,
            "hidden_size" => &mut config.hidden_size,
            "num_layers" => &mut config.num_layers,
            "bias" => &mut config.bias,
            "batch_first" => &mut config.batch_first,
            "dropout" => &mut config.dropout,
            _ => &mut config.bidirectional,
        };
        *field = Some(value.clone());
    }
    let tensor = |sizes: &[i64]| Argument::Tensor(Tensor::new(Shape::new(sizes.iter().copied())));
    let call = Call { config, input: tensor(input), h_0: h_0.map(tensor), release: Release::NEWEST };
    Case { name, seed, call }
}

pub fn cases() -> Vec<Case> {
    let sizes = |input: i64, hidden: i64, layers: i64| {
        vec![
            ("input_size", Value::Int(input)),
            ("hidden_size", Value::Int(hidden)),
            ("num_layers", Value::Int(layers)),
        ]
    };
    let with = |mut options: Vec<(&'static str, Value)>, more: &[&'static str]| {
        options.extend(more.iter().map(|&name| (name, Value::Bool(name != "bias"))));
        options
    };
    let both = ["batch_first", "bidirectional"];
    vec![
        case("plain", 0, &sizes(3, 2, 1), &[4, 2, 3], None),
        case("stacked", 1, &with(sizes(3, 4, 3), &["bidirectional"]), &[5, 2, 3], Some(&[6, 2, 4])),
        case("batch_first", 2, &with(sizes(5, 3, 2), &both), &[2, 4, 5], Some(&[4, 2, 3])),
        case("no_bias", 3, &with(sizes(4, 3, 2), &["bias", "batch_first"]), &[3, 5, 4], None),
        case("unbatched", 4, &with(sizes(3, 5, 2), &["bidirectional"]), &[6, 3], Some(&[4, 5])),
        case("unbatched_zero", 5, &sizes(2, 3, 1), &[4, 2], None),
    ]
}

impl Case {
    /// The module as the seed draws it, and the generator behind it.
    pub fn module(&self) -> (Gru<f32>, TorchGenerator) {
        let config = diagnose(&self.call).module.expect("a module");
        let mut generator = TorchGenerator::new(self.seed);
        (Gru::new(config, &mut generator).expect("a small module"), generator)
    }

    pub fn onnx(&self) -> Vec<u8> {
        let trace = diagnose(&self.call).trace.expect("a legal call");
        onnx(&self.module().0, Signature { batched: trace.batched, h_0: self.call.h_0.is_some() })
    }

    pub fn python(&self) -> String {
        python_file(&self.call, Some(self.seed as i64), self.module().0.state_dict())
    }
}
