//! The arithmetic of single units, and changed numbers, held to what real `PyTorch` did.

use serde_json::{Value, from_str, from_value, json};

use super::calls::Floats;
use crate::Fault;
use crate::generator::Seed;
use crate::inside::{InsideView, NumberEdit, OPENED_MULTIPLY_ADDS, inside};
use gru_playground::diagnostic::RunPlan;
use gru_playground::gru::GruConfig;
use gru_playground::inside::{LISTED_TERMS, RowSum, UnitArithmetic, UnitPlace};

const TOLERANCE: f64 = 2e-6;

fn cases() -> Vec<Value> {
    include_str!("../../../../tests/golden/units/inside.jsonl")
        .lines()
        .map(|line| from_str(line).unwrap())
        .collect()
}

fn plan(case: &Value) -> RunPlan {
    from_value(case["plan"].clone()).unwrap()
}

fn seed(case: &Value) -> Seed {
    Seed(case["seed"].as_i64().unwrap())
}

fn opened(case: &Value, at: UnitPlace) -> UnitArithmetic {
    inside::<Floats, _>(plan(case), seed(case), None, at, None, |view| view.arithmetic.clone()).unwrap()
}

fn close(ours: impl Into<f64>, torch: &Value) {
    let (ours, torch) = (ours.into(), torch.as_f64().unwrap());
    assert!((ours - torch).abs() <= TOLERANCE, "{ours} is not {torch}");
}

fn sum(row: &RowSum) -> f32 {
    row.terms.iter().map(|term| term.product).sum::<f32>() + row.rest + row.bias
}

#[test]
fn every_term_is_that_of_pytorch_and_together_they_are_the_traced_gate() {
    let mut seen = 0;
    for case in cases() {
        for unit in case["units"].as_array().unwrap() {
            let found = opened(&case, from_value(unit["at"].clone()).unwrap());
            for (gate, rows) in found.gates.iter().zip(unit["rows"].as_array().unwrap()) {
                for (row, side, bias) in [(&gate.input, "input", 0), (&gate.hidden, "hidden", 1)] {
                    let products = rows[side].as_array().unwrap();
                    assert_eq!(row.count, products.len());
                    assert_eq!(row.terms.len(), products.len().min(LISTED_TERMS));
                    for term in &row.terms {
                        close(term.product, &products[term.index]);
                        assert_eq!(term.product.to_bits(), (term.weight * term.value).to_bits());
                    }
                    close(row.bias, &rows["bias"][bias]);
                    close(row.total, &rows["totals"][bias]);
                    close(sum(row), &rows["totals"][bias]);
                    seen += row.terms.len();
                }
                close(gate.value, &unit[gate.name]);
                let r = found.gates[0].value;
                let [input, hidden] = [sum(&gate.input), sum(&gate.hidden)];
                let value = match gate.name {
                    "n" => (input + r * hidden).tanh(),
                    _ => 1.0 / (1.0 + (-input - hidden).exp()),
                };
                close(value, &unit[gate.name]);
            }
            close(found.before, &unit["before"]);
            close(found.h, &unit["h"]);
            let [_, z, n] = &found.gates[..] else { panic!("a GRU has three gates") };
            close((1.0 - z.value) * n.value + z.value * found.before, &unit["h"]);
        }
    }
    assert!(seen > 200, "{seen} terms");
}

#[test]
fn of_many_products_the_largest_are_listed_and_the_others_are_summed() {
    let case = &cases()[1];
    let at = UnitPlace { layer: 0, reverse: false, sample: 1, step: 0, unit: 5 };
    let row = &opened(case, at).gates[1].input;
    let products = case["units"][0]["rows"][1]["input"].as_array().unwrap();
    let mut sizes: Vec<f64> = products.iter().map(|product| product.as_f64().unwrap().abs()).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let least = row.terms.iter().map(|term| f64::from(term.product.abs())).fold(f64::INFINITY, f64::min);
    assert!((least - sizes[LISTED_TERMS - 1]).abs() < TOLERANCE);
    assert!(row.terms.windows(2).all(|pair| pair[0].index < pair[1].index));
    assert_eq!((row.bias_name.as_deref(), row.bias), (None, 0.0));
}

#[test]
fn each_term_says_where_its_number_comes_from() {
    let case = &cases()[0];
    let at = UnitPlace { layer: 1, reverse: true, sample: 0, step: 1, unit: 3 };
    let found = serde_json::to_value(opened(case, at)).unwrap();
    let from = |side: &str, term: usize| found["gates"][2][side]["terms"][term]["from"].clone();
    let state = |layer, reverse, step, unit| json!({ "state": { "layer": layer, "reverse": reverse, "step": step, "unit": unit } });
    // Both directions of the layer below at this step; of its own direction the step that it read before.
    assert_eq!(from("input", 1), state(0, false, 1, 1));
    assert_eq!(from("input", 7), state(0, true, 1, 2));
    assert_eq!(from("hidden", 4), state(1, true, 2, 4));
    let first = opened(case, UnitPlace { layer: 0, reverse: false, sample: 1, step: 0, unit: 2 });
    let first = serde_json::to_value(first).unwrap();
    assert_eq!(first["gates"][0]["input"]["terms"][2]["from"], json!("input"));
    assert_eq!(first["before_from"], json!("h_0"));
    assert_eq!(first["gates"][0]["hidden"]["weight"], json!("weight_hh_l0"));
}

#[test]
fn a_memory_is_followed_back_by_the_product_of_z() {
    let case = &cases()[0];
    let at = |step| UnitPlace { layer: 0, reverse: false, sample: 1, step, unit: 2 };
    let z: Vec<f32> = (0..4).map(|step| opened(case, at(step)).gates[1].value).collect();
    let memory = opened(case, at(3)).memory;
    let steps: Vec<Option<usize>> = memory.iter().map(|share| share.step).collect();
    assert_eq!(steps, [Some(2), Some(1), Some(0), None]);
    assert_eq!(memory[1].share.to_bits(), (z[3] * z[2]).to_bits());
    assert_eq!(memory[3].share.to_bits(), (z[3] * z[2] * z[1] * z[0]).to_bits());
}

#[test]
fn a_changed_number_changes_what_it_changes_in_pytorch() {
    let at = UnitPlace { layer: 0, reverse: false, sample: 0, step: 0, unit: 0 };
    for case in cases() {
        let before = case["out"].as_array().unwrap();
        for change in case["changes"].as_array().unwrap() {
            let edit: NumberEdit = from_value(change["edit"].clone()).unwrap();
            let after = change["out"].as_array().unwrap();
            let expected = before.iter().zip(after).filter(|(a, b)| a != b).count();
            inside::<Floats, _>(plan(&case), seed(&case), None, at, Some(&edit), |view| {
                let edited = view.edited.as_ref().unwrap();
                assert_eq!(edited.values.output.0.len(), after.len());
                for (&ours, torch) in edited.values.output.0.iter().zip(after) {
                    close(ours, torch);
                }
                for (&ours, torch) in edited.values.h_n.0.iter().zip(change["h_n"].as_array().unwrap()) {
                    close(ours, torch);
                }
                let out = &edited.changes[0];
                assert_eq!((out.name, out.changed, out.count), ("out", expected, after.len()), "{edit:?}");
                assert!(
                    out.words.starts_with(&format!("out: {expected} of {} numbers changed", after.len()))
                );
                assert!(edited.name.starts_with(&format!("{}[", edit.tensor)), "{}", edited.name);
                assert!(out.largest > 0.0 && edited.was.to_bits() != edit.value.to_bits());
                assert!(edited.values.trace.iter().all(|trace| trace.shape[1] == 2));
            })
            .unwrap();
        }
    }
}

#[test]
fn what_is_not_there_or_would_take_too_long_is_refused() {
    let case = &cases()[0];
    let at = UnitPlace { layer: 0, reverse: false, sample: 0, step: 0, unit: 0 };
    let fault = |plan, at, edit: Option<&NumberEdit>| -> &'static str {
        let result: Result<(), Fault> = inside::<Floats, _>(plan, seed(case), None, at, edit, |_| ());
        result.expect_err("a fault").into_parts().name
    };
    let edit = |tensor: &str, index| NumberEdit { tensor: tensor.to_owned(), index, value: 1.0 };
    assert_eq!(fault(plan(case), UnitPlace { unit: 5, ..at }, None), "ArgumentError");
    assert_eq!(fault(plan(case), UnitPlace { layer: 2, ..at }, None), "ArgumentError");
    assert_eq!(fault(plan(case), at, Some(&edit("input", 24))), "ArgumentError");
    assert_eq!(fault(plan(case), at, Some(&edit("weight_ih_l2", 0))), "ArgumentError");
    let steps = usize::try_from(OPENED_MULTIPLY_ADDS / (3 * 2 * 1024 * 1024)).unwrap() + 1;
    let large =
        RunPlan { config: GruConfig::new(1024, 1024), input_shape: vec![steps, 1, 1024], h_0_shape: None };
    assert_eq!(fault(large, at, None), "TooLargeError");
}

#[test]
fn a_number_is_named_as_pytorch_indexes_it() {
    let at = UnitPlace { layer: 0, reverse: false, sample: 0, step: 0, unit: 0 };
    let case = &cases()[0];
    let name = |tensor: &str, index| {
        let edit = NumberEdit { tensor: tensor.to_owned(), index, value: 1.0 };
        let named = |view: &InsideView<'_, Floats>| view.edited.as_ref().unwrap().name.clone();
        inside(plan(case), seed(case), None, at, Some(&edit), named).unwrap()
    };
    assert_eq!(name("input", 7), "input[1, 0, 1]");
    assert_eq!(name("h_0", 22), "h_0[2, 0, 2]");
    assert_eq!(name("weight_hh_l0", 13), "weight_hh_l0[2, 3]");
    assert_eq!(name("bias_ih_l1_reverse", 6), "bias_ih_l1_reverse[6]");
}
