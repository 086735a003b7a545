//! What is said of weights that fit another module, another part of a model or another framework.

use std::fs;

use gru_playground::call::{Argument, Call, Value};
use gru_playground::diagnostic::{Diagnostic, apply, diagnose};
use gru_playground::gru::GruConfig;
use gru_playground::gru::layout::Named;
use gru_playground::py::CodeLine;
use gru_playground::weights::{Entry, EntryState, Report, WeightFile, open, report, to_safetensors};

use crate::entry;

fn bytes(file: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/weights/");
    fs::read(format!("{folder}{file}")).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The report for the module of a call.
fn held(file: &WeightFile<'_>, call: &Call, name: &str) -> (Report, Option<Named<f32>>) {
    report(file, call, None, name)
}

fn read(file: &str, config: &GruConfig, prefix: Option<&str>) -> (Report, Option<Named<f32>>) {
    let bytes = bytes(file);
    report(&open(&bytes).expect(file), &entry::call(config), prefix, file)
}

fn both_ways() -> GruConfig {
    GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 2) }
}

/// The weights of a file that holds them plainly.
fn plain(file: &str, config: &GruConfig) -> Named<f32> {
    read(file, config, None).1.expect("plain weights")
}

#[track_caller]
fn said<'r>(report: &'r Report, code: &str) -> &'r Diagnostic {
    let codes: Vec<&str> = report.diagnostics.iter().map(|said| said.code.as_str()).collect();
    report.diagnostics.iter().find(|said| said.code == code).unwrap_or_else(|| panic!("{code} in {codes:?}"))
}

fn code(report: &Report) -> Vec<String> {
    report.load.iter().map(CodeLine::text).collect()
}

#[test]
fn plain_weights_fit_without_a_word() {
    for (file, line) in [
        ("gru.safetensors", "gru.load_state_dict(load_file('gru.safetensors'))"),
        ("gru.pt", "gru.load_state_dict(torch.load('gru.pt', weights_only=True))"),
    ] {
        let (report, weights) = read(file, &both_ways(), None);
        assert!(report.usable && weights.is_some_and(|weights| weights.len() == 16));
        assert_eq!(report.diagnostics, [], "{file}");
        assert!(report.entries.iter().all(|entry| entry.state == EntryState::Fits));
        assert_eq!(code(&report).last().map(String::as_str), Some(line));
    }
}

#[test]
fn a_prefix_is_left_out_here_and_in_the_code() {
    let (report, weights) = read("dataparallel.pt", &both_ways(), None);
    assert_eq!(weights, Some(plain("gru.safetensors", &both_ways())));
    assert_eq!(said(&report, "weights-prefix").message, "every name begins with 'module.'");
    assert!(said(&report, "weights-prefix").why.contains("DataParallel"));
    assert_eq!(
        code(&report)[1..],
        [
            "state = torch.load('dataparallel.pt', weights_only=True)",
            "state = {name[7:]: state[name] for name in state if name.startswith('module.')}",
            "gru.load_state_dict(state)",
        ]
    );
}

#[test]
fn a_model_of_several_parts_offers_each() {
    let (first, _) = read("model.safetensors", &GruConfig::new(3, 2), None);
    assert_eq!(first.prefixes, ["decoder.gru.", "encoder.gru."]);
    assert_eq!(first.prefix, "encoder.gru.", "the one that fits");
    assert!(first.usable);
    let elsewhere = |entry: &&Entry| entry.state == EntryState::Elsewhere;
    assert_eq!(first.entries.iter().filter(elsewhere).count(), 4 + 2);
    let (other, weights) = read("model.safetensors", &GruConfig::new(3, 2), Some("decoder.gru."));
    assert!(!other.usable && weights.is_none());
    let fix = &said(&other, "weights-misfit").help[0];
    assert_eq!(fix.statement, "set input_size=4, as in the file");
    assert!(read("model.safetensors", &GruConfig::new(4, 2), Some("decoder.gru.")).0.usable);
}

#[test]
fn a_checkpoint_is_read_under_its_key() {
    let (report, weights) = read("checkpoint.pt", &both_ways(), None);
    assert_eq!(weights, Some(plain("gru.safetensors", &both_ways())));
    assert_eq!(said(&report, "weights-key").message, "the tensors are those under 'model_state_dict'");
    let line = "gru.load_state_dict(torch.load('checkpoint.pt', weights_only=True)['model_state_dict'])";
    assert_eq!(code(&report)[1], line);
}

#[test]
fn the_fix_makes_the_module_the_files_and_keeps_the_call_legal() {
    let mut wrong = entry::call(&GruConfig { bias: false, ..GruConfig::new(7, 4) });
    wrong.h_0 = Some(Argument::tensor([1, 3, 4]));
    assert!(diagnose(&wrong).is_legal());
    let bytes = bytes("gru.safetensors");
    let file = open(&bytes).expect("a file");
    let (first, _) = held(&file, &wrong, "gru.safetensors");
    let misfit = said(&first, "weights-misfit");
    assert_eq!(
        misfit.why,
        "The file is a GRU of its own. input_size is 7 here and 3 in the file: weight_ih_l0 has a column for each \
         feature of the input. hidden_size is 4 here and 2 in the file: weight_hh_l0 has 3 * hidden_size rows and \
         hidden_size columns. num_layers is 1 here and 2 in the file: every layer has weights of its own. \
         bidirectional is False here and True in the file: a reverse direction has weights of its own, whose names \
         end in _reverse. bias is False here and True in the file: only with bias=True are there bias_ih and \
         bias_hh."
    );
    let [fix] = misfit.help.as_slice() else { panic!("one fix: {:?}", misfit.help) };
    let set = "set input_size=3, hidden_size=2, num_layers=2, bidirectional=True, bias=True, as in the file";
    assert_eq!(fix.statement, set);
    assert_eq!(fix.code, "gru = nn.GRU(input_size=3, hidden_size=2, num_layers=2, bidirectional=True)");
    let mended = apply(&wrong, fix);
    assert!(diagnose(&mended).is_legal(), "{mended:?}");
    assert_eq!(mended.input, Argument::tensor([5, 3, 3]), "the input follows");
    assert_eq!(mended.h_0, Some(Argument::tensor([4, 3, 2])), "and so does h_0");
    assert!(held(&file, &mended, "gru.safetensors").0.usable);
}

#[test]
fn the_weights_of_other_modules_are_named() {
    let gru = GruConfig::new(3, 2);
    let (lstm, _) = read("lstm.safetensors", &gru, None);
    let misfit = said(&lstm, "weights-misfit");
    assert!(
        misfit.why.contains("weight_hh_l0 is [8, 2]: four blocks of 2 rows, an LSTM's."),
        "{}",
        misfit.why
    );
    assert_eq!(misfit.help[0].code, "nn.LSTM(3, 2)");
    let (rnn, _) = read("rnn.safetensors", &gru, None);
    assert_eq!(said(&rnn, "weights-misfit").help[0].code, "nn.RNN(3, 2)");
    let (transposed, _) = read("transposed.safetensors", &gru, None);
    assert!(said(&transposed, "weights-misfit").why.starts_with("The axes are swapped"));
}

#[test]
fn cells_keras_and_onnx_are_read_as_the_module() {
    let config = GruConfig::new(3, 2);
    let due = plain("plain.safetensors", &config);
    for (file, note) in [("keras.safetensors", "weights-keras"), ("onnx.safetensors", "weights-onnx")] {
        let (report, weights) = read(file, &config, None);
        assert_eq!(weights.as_ref(), Some(&due), "{file}");
        said(&report, note);
        assert!(report.entries.iter().all(|entry| entry.state == EntryState::Converted), "{file}");
        let line =
            "gru.load_state_dict(load_file('gru.safetensors'))  # converted: export them under this name";
        assert_eq!(code(&report)[2], line);
    }
    let (before, weights) = read("keras_before.safetensors", &config, None);
    said(&before, "weights-keras-before");
    let zeros = weights.expect("they have the shapes").pop().map(|(_, bias_hh)| bias_hh.sum());
    assert_eq!(zeros, Some(0.0));
    let (cell, weights) = read("cell.pt", &config, None);
    assert!(weights.is_some());
    said(&cell, "weights-cell");
    assert_eq!(code(&cell)[2], "state = {name + '_l0': state[name] for name in state}");
}

#[test]
fn types_and_numbers_that_are_odd_are_told() {
    let told = |file: &str, code: &str| said(&read(file, &both_ways(), None).0, code).message.clone();
    assert_eq!(told("float64.pt", "weights-converted"), "torch.float64 is converted to torch.float32");
    assert_eq!(
        told("half.pt", "weights-converted"),
        "torch.float16 and torch.bfloat16 are converted to torch.float32"
    );
    assert_eq!(
        told("nan.safetensors", "weights-not-finite"),
        "weight_hh_l0 has 2 NaN, the first at weight_hh_l0[3, 1] = nan; bias_ih_l1 has 1 infinite, the first at \
         bias_ih_l1[2] = -inf"
    );
    assert_eq!(
        told("overflow.pt", "weights-not-finite"),
        "bias_hh_l0 has 1 too large for float32, which makes them infinite, the first at bias_hh_l0[1] = 1e+300"
    );
    let (whole, weights) = read("int.pt", &both_ways(), None);
    assert!(weights.is_none());
    assert!(said(&whole, "weights-dtype").message.starts_with("weight_ih_l0 is torch.int64"));
    assert!(whole.entries.iter().all(|entry| entry.state == EntryState::WrongType));
}

#[test]
fn a_module_that_cannot_be_is_told_first() {
    let bytes = bytes("gru.safetensors");
    let file = open(&bytes).expect("a file");
    let mut call = entry::call(&GruConfig::new(3, 2));
    call.config.hidden_size = Some(Value::Int(0));
    let (refused, weights) = held(&file, &call, "gru.safetensors");
    assert!(weights.is_none());
    let message = &said(&refused, "weights-no-module").message;
    assert_eq!(message, "the module itself raises an exception");
    call.config.hidden_size = Some(Value::Int(1));
    call.config.num_layers = Some(Value::Int(1 << 40));
    assert!(!held(&file, &call, "gru.safetensors").0.usable);
}

#[test]
fn a_file_without_a_recurrent_weight_says_what_is_looked_for() {
    let written = to_safetensors([("fc.weight".to_owned(), ndarray::ArrayD::zeros(vec![2, 3]).view())]);
    let (report, _) = held(&open(&written).expect("a file"), &entry::call(&both_ways()), "fc.safetensors");
    assert!(said(&report, "weights-none").why.starts_with("This module's tensors are called 'weight_ih_l0'"));
    assert_eq!(report.entries.last().map(|entry| entry.state), Some(EntryState::Elsewhere));
}

#[test]
fn what_stands_beside_the_weights_under_their_prefix_is_unexpected() {
    let plain = plain("plain.safetensors", &GruConfig::new(3, 2));
    let file = |prefix: &str, beside: &str| {
        let mut tensors: Vec<_> =
            plain.iter().map(|(name, tensor)| (format!("{prefix}{name}"), tensor.view())).collect();
        tensors.push((beside.to_owned(), plain[2].1.view()));
        to_safetensors(tensors)
    };
    for (prefix, beside, is_usable) in [
        ("", "scale", false),
        ("", "fc.bias", false),
        ("gru.", "gru.scale", false),
        ("gru.", "fc.bias", true),
        ("gru.", "gruff", true),
    ] {
        let bytes = file(prefix, beside);
        let (report, weights) =
            held(&open(&bytes).expect("a file"), &entry::call(&GruConfig::new(3, 2)), "x");
        assert_eq!(weights.is_some(), is_usable, "{prefix} beside {beside}");
        let state = if is_usable { EntryState::Elsewhere } else { EntryState::Unexpected };
        assert_eq!(report.entries.last().map(|entry| entry.state), Some(state), "{prefix} beside {beside}");
    }
}

#[test]
fn older_releases_are_not_asked_for_what_they_do_not_have() {
    let bytes = bytes("gru.pt");
    let mut call = entry::call(&both_ways());
    call.release = "1.12.1".parse().expect("a release");
    let (report, _) = held(&open(&bytes).expect("a file"), &call, "it's mine.pt");
    assert_eq!(code(&report)[1], "gru.load_state_dict(torch.load(\"it's mine.pt\"))");
}
