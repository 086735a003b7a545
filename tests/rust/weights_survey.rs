//! Files as people have them: which modules are in them, and where.

use std::fs;

use gru_playground::gru::GruConfig;
use gru_playground::py::CodeLine;
use gru_playground::weights::{Format, RnnEquations, mended_onnx, open, report, survey};
use serde_json::{Value, json};

use crate::entry;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/weights_cases/");

fn bytes(file: &str) -> Vec<u8> {
    fs::read(format!("{FOLDER}{file}")).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn records() -> Vec<Value> {
    let text = fs::read_to_string(format!("{FOLDER}expected.jsonl")).expect("expected.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

/// The modules of a file, the equations, and what is said.
fn found(bytes: &[u8]) -> (Vec<Value>, Value, String) {
    match open(bytes) {
        Ok(file) => {
            let survey = survey(&file);
            let modules = survey.found.iter().map(|module| {
                let mut module = serde_json::to_value(module).expect("a module");
                let fields = module.as_object_mut().expect("an object");
                fields.retain(|_, value| !value.is_null());
                if fields["proposed"] == false {
                    fields.remove("proposed");
                }
                module
            });
            (modules.collect(), serde_json::to_value(survey.equations).expect("a name"), survey.says)
        }
        Err(error) => {
            let said = error.diagnostic();
            (Vec::new(), Value::Null, format!("{}. {} {}", said.message, said.why, said.help[0].code))
        }
    }
}

#[test]
fn every_module_of_a_file_is_found_where_it_is() {
    let records = records();
    assert!(records.len() >= 10, "{} files", records.len());
    for record in records {
        let name = record["file"].as_str().expect("a name");
        let (modules, equations, says) = found(&bytes(name));
        assert_eq!(json!(modules), record["found"], "{name}: {says}");
        assert_eq!(equations, record["equations"], "{name}");
        assert!(says.contains(record["says"].as_str().unwrap_or_default()), "{name}: {says}");
    }
}

#[test]
fn what_load_state_dict_says_of_a_whole_file_comes_first() {
    let records: Vec<Value> = records().into_iter().filter(|record| record["whole"].is_string()).collect();
    assert!(!records.is_empty());
    for record in records {
        let name = record["file"].as_str().expect("a name");
        let bytes = bytes(name);
        let file = open(&bytes).expect(name);
        let (report, _) = report(&file, &entry::call(&GruConfig::new(4, 3)), None, name);
        let said = report.diagnostics.iter().find(|said| said.exception.is_some());
        assert_eq!(said.map(|said| said.message.as_str()), record["whole"].as_str(), "{name}");
    }
}

#[test]
fn a_number_among_the_weights_is_told_and_the_code_leaves_it_out() {
    let bytes = bytes("s08.pt");
    let file = open(&bytes).expect("a file");
    let (report, weights) = report(&file, &entry::call(&GruConfig::new(4, 3)), None, "s08.pt");
    assert!(weights.is_some());
    let said = &report.diagnostics[0];
    assert_eq!(said.exception.as_deref(), Some("RuntimeError"));
    assert!(
        said.message
            .starts_with("Error(s) in loading state_dict for GRU:\n\tUnexpected key(s) in state_dict: ")
    );
    let code: Vec<String> = report.load.iter().map(CodeLine::text).collect();
    assert_eq!(
        code[1..],
        [
            "state = torch.load('s08.pt', weights_only=True)",
            "state = {name: state[name] for name in gru.state_dict()}",
            "gru.load_state_dict(state)",
        ]
    );
}

#[test]
fn each_dict_of_weights_can_be_chosen() {
    let bytes = bytes("s04.pt");
    let file = open(&bytes).expect("a file");
    let call = entry::call(&GruConfig::new(4, 3));
    let (first, weights) = report(&file, &call, None, "s04.pt");
    assert!(weights.is_some());
    let at: Vec<&str> = first.places.iter().map(|place| place.at.as_str()).collect();
    assert_eq!(at, ["encoder", "decoder"]);
    let code: Vec<String> = first.load.iter().map(CodeLine::text).collect();
    assert_eq!(code[1], "gru.load_state_dict(torch.load('s04.pt', weights_only=True)['encoder'])");
    let (second, _) = report(&file, &call, Some(&first.prefixes[1]), "s04.pt");
    assert_eq!(second.prefix, first.prefixes[1]);
    let fix = &second.diagnostics[0].help[0];
    assert_eq!(fix.statement, "set num_layers=2, bidirectional=True, as in the file");
}

#[test]
fn a_mended_model_has_the_equations_of_nn_gru_and_the_same_weights() {
    let bytes = bytes("s062-one-dynamo.onnx");
    let file = open(&bytes).expect("a model");
    assert_eq!(file.format, Format::Onnx);
    assert_eq!(survey(&file).equations, Some(RnnEquations::ResetFirst));
    let mended = mended_onnx(&bytes).expect("something to mend");
    let again = open(&mended).expect("a model");
    assert_eq!(survey(&again).equations, Some(RnnEquations::Torch));
    assert_eq!(survey(&again).found, survey(&file).found);
    assert_eq!(mended_onnx(&mended), None);
    assert_eq!(file.tensors.len(), again.tensors.len());
    for (before, after) in file.tensors.iter().zip(&again.tensors) {
        assert_eq!((&before.name, before.kind, &before.shape), (&after.name, after.kind, &after.shape));
        assert!(!before.kind.is_float() || before.to_array() == after.to_array(), "{}", before.name);
    }
    let call = entry::call(&GruConfig { batch_first: true, ..GruConfig::new(6, 9) });
    let (report, weights) = report(&again, &call, None, "gru.onnx");
    assert!(report.usable && weights.is_some_and(|weights| weights.len() == 4));
    assert_eq!(report.places[0].at, "node_gru__1");
}
