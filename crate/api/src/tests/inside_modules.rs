//! The arithmetic of single units of `nn.RNN` and `nn.LSTM`, held to what real `PyTorch` did; of a sentence, to what is read of it.

use ndarray::ArrayD;
use serde_json::{Value, from_str, from_value};

use super::calls::Floats;
use crate::inside::{InsideView, NumberEdit, inside_module, inside_sentence, module_values, sentence_values};
use gru_playground::gru::{CallOptions, Trace};
use gru_playground::inside::{LISTED_TERMS, RowSum, TracedCall, UnitArithmetic, UnitPlace, unit_arithmetic};
use gru_playground::lab::modules::{ModuleName, ModuleSetup};
use gru_playground::rng::TorchGenerator;
use gru_playground::rnn::{Rnn, RnnConfig};
use gru_playground::sentence::{Opinion, read_sentence, trained};

const TOLERANCE: f64 = 2e-6;

fn close(ours: impl Into<f64>, torch: &Value) {
    let (ours, torch) = (ours.into(), torch.as_f64().unwrap());
    assert!((ours - torch).abs() <= TOLERANCE, "{ours} is not {torch}");
}

fn opened(case: &Value) -> Vec<UnitArithmetic> {
    let config: RnnConfig = from_value(case["config"].clone()).unwrap();
    let mut generator = TorchGenerator::new(case["seed"].as_u64().unwrap());
    let is_lstm = case["config"]["mode"] == "LSTM";
    let rnn = Rnn::<f32>::new(config, &mut generator).unwrap();
    let shape = |key: &str| from_value::<Option<Vec<usize>>>(case[key].clone()).unwrap();
    let input: ArrayD<f32> = generator.randn(shape("input_shape").unwrap());
    let h_0: Option<ArrayD<f32>> = shape("state_shape").map(|shape| generator.randn(shape));
    let c_0: Option<ArrayD<f32>> =
        shape("state_shape").filter(|_| is_lstm).map(|shape| generator.randn(shape));
    let [h_0, c_0] = [&h_0, &c_0].map(|state| state.as_ref().map(|state| state.view()));
    let options = CallOptions { c_0: c_0.clone(), ..CallOptions::of(h_0.clone()).traced() };
    let result = rnn.call(input.view(), options).unwrap();
    let trace: &Trace<f32> = result.trace.as_ref().unwrap();
    let input = input.view();
    let call = TracedCall { input: &input, h_0: h_0.as_ref(), c_0: c_0.as_ref(), trace };
    let units = case["units"].as_array().unwrap().iter();
    units.map(|unit| unit_arithmetic(&rnn, call, from_value(unit["at"].clone()).unwrap()).unwrap()).collect()
}

fn sum(row: &RowSum) -> f32 {
    row.terms.iter().map(|term| term.product).sum::<f32>() + row.rest + row.bias
}

#[test]
fn every_term_of_other_modules_is_that_of_pytorch() {
    let (mut terms, mut modes) = (0, Vec::new());
    for line in include_str!("../../../../tests/golden/units/inside_modules.jsonl").lines() {
        let case: Value = from_str(line).unwrap();
        modes.push(case["config"]["mode"].clone());
        for (found, unit) in opened(&case).iter().zip(case["units"].as_array().unwrap()) {
            let rows = unit["rows"].as_array().unwrap();
            assert_eq!(found.gates.len(), rows.len());
            for (gate, rows) in found.gates.iter().zip(rows) {
                for (row, side, bias) in [(&gate.input, "input", 0), (&gate.hidden, "hidden", 1)] {
                    let products = rows[side].as_array().unwrap();
                    assert_eq!(
                        (row.count, row.terms.len()),
                        (products.len(), products.len().min(LISTED_TERMS))
                    );
                    for term in &row.terms {
                        close(term.product, &products[term.index]);
                    }
                    close(row.bias, &rows["bias"][bias]);
                    close(row.total, &rows["totals"][bias]);
                    close(sum(row), &rows["totals"][bias]);
                    terms += row.terms.len();
                }
                close(gate.value, &rows["value"]);
                let sum = sum(&gate.input) + sum(&gate.hidden);
                let squeezed = match gate.activation {
                    "tanh" => sum.tanh(),
                    "relu" => sum.max(0.0),
                    _ => 1.0 / (1.0 + (-sum).exp()),
                };
                close(squeezed, &rows["value"]);
            }
            close(found.before, &unit["before"]);
            close(found.h, &unit["h"]);
            if let [i, f, g, o] = &found.gates[..] {
                let cell = found.cell.as_ref().unwrap();
                close(cell.c, &unit["c"]);
                close(f.value * found.before + i.value * g.value, &unit["c"]);
                close(o.value * cell.tanh, &unit["h"]);
                assert_eq!((found.keeper, found.memory[0].share.to_bits()), (Some("f"), f.value.to_bits()));
            } else {
                assert!(found.cell.is_none() && found.keeper.is_none() && found.memory.is_empty());
            }
        }
    }
    assert!(terms > 200, "{terms} terms");
    assert_eq!(modes.len(), 6);
}

fn setup(module: ModuleName, proj_size: u32) -> ModuleSetup {
    ModuleSetup { module, input_size: 3, hidden_size: 5, proj_size, seq_len: 4, batch: 2, seed: 7 }
}

#[test]
fn a_module_of_the_lab_is_opened_where_its_call_gives_its_numbers() {
    let at = UnitPlace { layer: 0, reverse: false, sample: 1, step: 3, unit: 4 };
    for module in [ModuleName::Rnn, ModuleName::RnnRelu, ModuleName::Lstm, ModuleName::Gru] {
        let setup = setup(module, 0);
        let last = module_values::<Floats, _>(&setup, |values| values.output.0[(3 * 2 + 1) * 5 + 4]).unwrap();
        let look = |edit: Option<&NumberEdit>| {
            let seen = |view: &InsideView<'_, Floats>| {
                let changed =
                    view.edited.as_ref().map(|edited| (edited.name.clone(), edited.changes[0].changed));
                (view.arithmetic.h, changed)
            };
            inside_module(&setup, at, edit, seen).unwrap()
        };
        assert_eq!((look(None).0.to_bits(), look(None).1), (last.to_bits(), None));
        // The last step's input of one sample.
        let edit = NumberEdit { tensor: "input".to_owned(), index: (3 * 2 + 1) * 3, value: 9.0 };
        let (h, changed) = look(Some(&edit));
        let (name, count) = changed.unwrap();
        assert_eq!(name, "input[3, 1, 0]");
        assert!((1..=5).contains(&count), "{count} numbers of {module:?}");
        assert!(h.to_bits() != last.to_bits() || module == ModuleName::RnnRelu);
    }
    for refused in [setup(ModuleName::LstmCell, 0), setup(ModuleName::Lstm, 2)] {
        let fault = module_values::<Floats, _>(&refused, |_| ()).unwrap_err();
        assert_eq!(fault.into_parts().name, "ArgumentError");
    }
}

const TEXT: &str = "The film was not all that good";

#[test]
fn a_sentence_is_opened_where_it_was_read() {
    let reading = read_sentence(&trained(), TEXT);
    let unit = reading.unit;
    for (step, read) in reading.steps.iter().enumerate() {
        let at = UnitPlace { layer: 0, reverse: false, sample: 0, step, unit };
        let found = inside_sentence::<Floats, _>(TEXT, at, None, |view| view.arithmetic.clone()).unwrap();
        assert_eq!(found.gates[1].value.to_bits(), read.z[unit].to_bits());
        assert_eq!(found.h.to_bits(), read.h[unit].to_bits());
        let x: Vec<u32> = found.gates[0].input.terms.iter().map(|term| term.value.to_bits()).collect();
        assert_eq!(x, read.x.iter().map(|x| x.to_bits()).collect::<Vec<_>>());
    }
    sentence_values::<Floats, _>(TEXT, |values| {
        assert_eq!(values.input_shape, [1, 7, 8]);
        assert_eq!(values.output_shape, [1, 7, 12]);
        assert_eq!(values.h_n.0, reading.steps[6].h);
        assert_eq!(values.trace.len(), 1);
    })
    .unwrap();
    assert_eq!(sentence_values::<Floats, _>(" , ", |_| ()).unwrap_err().into_parts().name, "ArgumentError");
}

#[test]
fn a_gate_that_is_forced_shut_makes_the_trained_gru_misread() {
    let reading = read_sentence(&trained(), TEXT);
    assert_eq!(reading.steps.last().unwrap().opinion, Opinion::Bad);
    let at = UnitPlace { layer: 0, reverse: false, sample: 0, step: 6, unit: reading.unit };
    let said = |value| {
        let edit = NumberEdit { tensor: "bias_ih_l0".to_owned(), index: 12 + reading.unit, value };
        let answer = |view: &InsideView<'_, Floats>| {
            let edited = view.edited.as_ref().unwrap();
            assert_eq!(edited.name, format!("bias_ih_l0[{}]", 12 + reading.unit));
            edited.changes.last().unwrap().clone()
        };
        inside_sentence(TEXT, at, Some(&edit), answer).unwrap()
    };
    // z near 0 everywhere: nothing is remembered.
    let forgets = said(-30.0);
    assert_eq!((forgets.name, forgets.count), ("answer", 3));
    assert!(forgets.words.starts_with("The answer was bad, "), "{}", forgets.words);
    assert!(forgets.words.contains(" and is good, "), "{}", forgets.words);
}
