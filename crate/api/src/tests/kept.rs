//! Calls that keep the numbers of others, held to programs that real `PyTorch` ran.

use serde_json::{Value, from_str};

use super::calls::Floats;
use crate::experiment::Experiment;
use crate::generator::Seed;
use crate::inside::{InsideOf, inside};
use crate::kept::{KeptView, kept_module};
use crate::weights::{WeightsFormat, write_weights};
use gru_playground::call::{Argument, Call, Config, Release};
use gru_playground::diagnostic::{RunPlan, diagnose};
use gru_playground::inside::UnitPlace;

const TOLERANCE: f64 = 2e-6;

fn cases() -> Vec<Value> {
    include_str!("../../../../tests/golden/units/kept.jsonl")
        .lines()
        .map(|line| from_str(line).unwrap())
        .collect()
}

/// The options as they are written, the input's sizes, and those of `h_0`.
fn call(case: &Value) -> Call {
    let mut config = Config::default();
    for option in case[0].as_str().unwrap().split(", ") {
        let (name, text) = option.split_once('=').unwrap();
        let value = match text {
            "True" => gru_playground::call::Value::Bool(true),
            "False" => gru_playground::call::Value::Bool(false),
            _ => gru_playground::call::Value::Int(text.parse().unwrap()),
        };
        let field = match name {
            "input_size" => &mut config.input_size,
            "hidden_size" => &mut config.hidden_size,
            "num_layers" => &mut config.num_layers,
            "bias" => &mut config.bias,
            "batch_first" => &mut config.batch_first,
            _ => &mut config.bidirectional,
        };
        *field = Some(value);
    }
    let tensor = |sizes: &Value| -> Option<Argument> {
        let sizes = sizes.as_array()?.iter().map(|size| size.as_i64().unwrap());
        Some(match *sizes.collect::<Vec<i64>>().as_slice() {
            [a, b] => Argument::tensor([a, b]),
            [a, b, c] => Argument::tensor([a, b, c]),
            _ => unreachable!("a case has two or three sizes"),
        })
    };
    Call { config, input: tensor(&case[1]).unwrap(), h_0: tensor(&case[2]), release: Release::NEWEST }
}

fn plan(call: &Call) -> RunPlan {
    RunPlan::of(call, &diagnose(call)).unwrap()
}

fn close(ours: &[f32], torch: &Value) {
    let torch = torch.as_array().unwrap();
    assert_eq!(ours.len(), torch.len());
    for (&ours, torch) in ours.iter().zip(torch) {
        assert!((f64::from(ours) - torch.as_f64().unwrap()).abs() <= TOLERANCE, "{ours} is not {torch}");
    }
}

#[test]
fn numbers_are_kept_as_the_code_keeps_them_in_pytorch() {
    for case in cases() {
        let (before, now) = (call(&case["before"]), call(&case["now"]));
        let seed = || Seed(case["seed"].as_i64().unwrap());
        let view = KeptView::of(&before, &now, seed()).unwrap();
        let code: String = view.code.iter().map(|line| line.text() + "\n").collect();
        assert_eq!(code, case["code"].as_str().unwrap());
        let gru = kept_module(&before, &now, seed()).unwrap();
        let weights: Vec<f32> = gru.elements().flatten().copied().collect();
        // Drawn and copied, never computed: bit for bit.
        for (ours, torch) in weights.iter().zip(case["weights"].as_array().unwrap()) {
            assert_eq!(ours.to_bits(), (torch.as_f64().unwrap() as f32).to_bits());
        }
        Experiment::keeping(plan(&now), plan(&before), seed(), None).unwrap().finish::<Floats, _>(|values| {
            close(&values.input.0, &case["x"]);
            close(&values.output.0, &case["out"]);
            close(&values.h_n.0, &case["h_n"]);
        });
    }
}

#[test]
fn the_words_say_what_the_seed_alone_would_leave() {
    for case in cases() {
        let (before, now) = (call(&case["before"]), call(&case["now"]));
        let view = KeptView::of(&before, &now, Seed(case["seed"].as_i64().unwrap())).unwrap();
        let kept = case["kept"].as_u64().unwrap();
        let all = case["weights"].as_array().unwrap().len() as u64;
        let counted =
            if kept == all { format!("All {all} weights") } else { format!("{kept} of the {all} weights") };
        assert!(view.kept.starts_with(&counted), "{} of {kept}", view.kept);
        let stay: Vec<&str> =
            case["stay"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(view.why.contains("no weight would stay"), stay.is_empty(), "{}", view.why);
        if view.why.contains("of the weights only") {
            let named = format!("only {} to {} would stay", stay[0], stay[stay.len() - 1]);
            assert!(view.why.contains(&named), "{} of {stay:?}", view.why);
        }
        if view.why.contains("the weights that stay would be the same") {
            let gru = kept_module(&before, &now, Seed(0)).unwrap();
            let old = kept_module(&before, &before, Seed(0)).unwrap();
            let names = |gru: &gru_playground::gru::Gru<f32>| {
                gru.state_dict().map(|(name, _)| name).collect::<Vec<_>>()
            };
            let both: Vec<String> =
                names(&gru).into_iter().filter(|name| names(&old).contains(name)).collect();
            assert_eq!(stay, both);
        }
        assert_eq!(
            view.why.contains("x would be another") || view.why.contains("would be another:"),
            !case["x_stays"].as_bool().unwrap()
        );
    }
}

#[test]
fn what_keeps_itself_is_as_it_was() {
    let case = &cases()[0];
    let before = call(&case["before"]);
    let drawn = Experiment::new(plan(&before), Seed(0), None, None).unwrap();
    let kept = Experiment::keeping(plan(&before), plan(&before), Seed(0), None).unwrap();
    drawn.finish::<Floats, _>(|drawn| {
        kept.finish::<Floats, _>(|kept| {
            assert_eq!(
                (&drawn.input.0, &drawn.output.0, &drawn.h_n.0),
                (&kept.input.0, &kept.output.0, &kept.h_n.0)
            );
        });
    });
    let view = KeptView::of(&before, &before, Seed(0)).unwrap();
    assert_eq!(view.kept, "All 228 weights keep their numbers, and so does x.");
}

#[test]
fn the_arithmetic_and_the_files_have_the_kept_numbers() {
    let case = &cases()[3];
    let (before, now) = (call(&case["before"]), call(&case["now"]));
    let seed = || Seed(case["seed"].as_i64().unwrap());
    let at = UnitPlace { layer: 0, reverse: false, sample: 0, step: 0, unit: 1 };
    inside::<Floats, _>(plan(&now), seed(), InsideOf::Kept(plan(&before)), at, None, |view| {
        let term = &view.arithmetic.gates[0].input.terms[0];
        let gru = kept_module(&before, &now, seed()).unwrap();
        let weight_ih = gru.elements().next().unwrap();
        assert_eq!(term.weight.to_bits(), weight_ih[3].to_bits());
    })
    .unwrap();
    let python = write_weights(&WeightsFormat::Python, &now, seed(), None, Some(&before)).unwrap();
    let text = String::from_utf8(python).unwrap();
    assert!(
        text.starts_with(case["code"].as_str().unwrap())
            && text.ends_with("print(h_n.detach().flatten().tolist())\n")
    );
    let drawn = write_weights(&WeightsFormat::Safetensors, &now, seed(), None, None).unwrap();
    let kept = write_weights(&WeightsFormat::Safetensors, &now, seed(), None, Some(&before)).unwrap();
    assert_ne!(drawn, kept);
}

#[test]
fn a_call_that_raises_keeps_nothing_and_is_kept_by_nothing() {
    let case = &cases()[0];
    let legal = call(&case["before"]);
    let illegal = Call { input: Argument::tensor([5, 2, 9]), ..call(&case["before"]) };
    for (before, now) in [(&legal, &illegal), (&illegal, &legal)] {
        let fault = KeptView::of(before, now, Seed(0)).err().expect("a fault").into_parts();
        assert_eq!(fault.name, "IllegalCallError");
    }
}
