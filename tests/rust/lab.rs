//! What the lab's rooms show, against what their own code printed in `PyTorch` (`tests/golden/make_lab.py`).

use gru_playground::lab::gradients::{self, ModuleGradients, ModuleKind};
use gru_playground::lab::packing::{self, Packing, PackingCode};
use gru_playground::lab::{LabError, NamedTensor, modules, variants};
use gru_playground::lab::{gradients_code, module_code, packing_code, variants_code};
use gru_playground::py::CodeLine;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A room's setup, its code, what that printed and what it raised.
struct Record<S> {
    setup: S,
    code: String,
    printed: Vec<String>,
    raised: Option<(String, String)>,
    value: Value,
}

fn records<S: DeserializeOwned>(room: &str) -> Vec<Record<S>> {
    let lines = include_str!("../golden/lab/rooms.jsonl").lines();
    let values = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let records: Vec<_> = values
        .filter(|value| value["room"] == room)
        .map(|value| Record {
            setup: serde_json::from_value(value["setup"].clone()).expect("a setup"),
            code: text(&value["code"]).expect("code"),
            printed: value["printed"].as_array().expect("lines").iter().filter_map(text).collect(),
            raised: text(&value["exception"]).zip(text(&value["message"])),
            value,
        })
        .collect();
    assert!(records.len() >= 3, "{room}");
    records
}

fn assert_code(lines: &[CodeLine], code: &str) {
    let text: Vec<String> = lines.iter().map(CodeLine::text).collect();
    assert_eq!(text.join("\n"), code);
}

/// Every number in a text.
fn numbers(text: &str) -> Vec<f64> {
    let is_number = |c: char| c.is_ascii_alphanumeric() || ".+-".contains(c);
    text.split(|c| !is_number(c)).filter_map(|word| word.parse().ok()).collect()
}

#[track_caller]
fn assert_close(ours: &[f64], theirs: &[f64], relative: f64, absolute: f64) {
    assert_eq!(ours.len(), theirs.len());
    for (i, (&a, &b)) in ours.iter().zip(theirs).enumerate() {
        let same = a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        assert!(same || (a - b).abs() <= absolute + relative * b.abs(), "[{i}]: {a}, PyTorch {b}");
    }
}

/// The first numbers of a tensor, as printed: a last digit may be rounded otherwise.
#[track_caller]
fn assert_printed(tensor: &NamedTensor, line: &str) {
    assert_close(
        &numbers(&tensor.first),
        &numbers(&line[line.find("tensor(").expect("a tensor")..]),
        2e-4,
        1.1e-4,
    );
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

#[test]
fn gradients_through_time_are_those_of_pytorch() {
    for Record { setup, code, printed, value, .. } in records::<gradients::GradientsSetup>("gradients") {
        assert_code(&gradients_code(&setup), &code);
        let steps = setup.seq_len as usize;
        let modules = gradients::GradientsRun::new(setup)
            .and_then(gradients::GradientsRun::finish)
            .expect("within bounds");
        assert_eq!(modules.iter().map(|module| module.module).collect::<Vec<_>>(), ModuleKind::ALL);
        let mut lines = printed.iter();
        for module in &modules {
            let mut next = || numbers(lines.next().expect("a line"));
            assert_close(&[module.loss], &next(), 1e-5, 1e-5);
            assert_close(&module.grad_h, &next(), 1e-4, 0.0);
            assert_close(&module.grad_x, &next(), 1e-4, 1e-30);
            assert_eq!(module.grad_h.len(), steps);
            assert_eq!(module.units.len() % steps, 0);
            let mut squares = 0.0;
            for parameter in &module.parameters {
                let line = lines.next().expect("a line");
                assert!(line.starts_with(&parameter.tensor.name));
                let (norm, first) = line.split_once(" tensor").expect("a tensor");
                let norm = numbers(norm).pop().expect("a norm");
                assert_close(&[parameter.norm], &[norm], 1e-4, 0.0);
                let scale = numbers(first).into_iter().map(f64::abs).fold(0.0, f64::max);
                assert_close(
                    &numbers(&parameter.tensor.first),
                    &numbers(first),
                    2e-4,
                    1.1e-4 * scale.max(1.0),
                );
                squares += norm * norm;
            }
            assert_close(&[module.total_norm], &[squares.sqrt()], 1e-4, 0.0);
        }
        assert_eq!(lines.next(), None);
        for (kind, theirs) in [ModuleKind::Lstm, ModuleKind::Gru].iter().zip(list_of(&value["gates"])) {
            let ours = modules.iter().find(|module| module.module == *kind).expect("all four");
            let gate = ours.gate.as_ref().expect("it has a gate that keeps");
            assert_close(&gate.mean, &list(&theirs["mean"]), 1e-5, 0.0);
            assert_close(&gate.product, &list(&theirs["product"]), 1e-4, 0.0);
            assert_close(&gate.carried, &list(&theirs["carried"]), 1e-4, 0.0);
            if let Some(grad_c) = &ours.grad_c {
                assert_close(grad_c, &list(&theirs["grad_c"]), 1e-4, 0.0);
            }
        }
    }
}

/// As real `PyTorch` printed it, and with other gates as the core says.
#[test]
fn gradients_open_on_gates_that_keep_them_and_closed_gates_lose_them() {
    let is_opening = |setup: &gradients::GradientsSetup| setup.seq_len == 60 && setup.gate_bias > 0.0;
    let records = records::<gradients::GradientsSetup>("gradients");
    let opening = records.iter().find(|record| is_opening(&record.setup)).expect("the opening");
    let norms = opening.printed.iter().filter(|line| line.starts_with("|dL/dh_t|"));
    let kept: Vec<f64> = norms
        .map(|line| numbers(line))
        .map(|norms| norms.first().expect("step 0") / norms.last().expect("the last step"))
        .collect();
    let [tanh, relu, lstm, gru] = kept[..] else { panic!("{kept:?}") };
    assert!(tanh < 1e-3 && relu < 1e-3 && lstm > 1e-3 && gru > 1e-3, "{kept:?}");
    let fates = |gate_bias: f64| -> Vec<gradients::Fate> {
        let setup = gradients::GradientsSetup { gate_bias, ..opening.setup.clone() };
        let modules = gradients::GradientsRun::new(setup)
            .and_then(gradients::GradientsRun::finish)
            .expect("within bounds");
        modules.iter().map(|module| module.fate).collect()
    };
    let (lost, kept) = (gradients::Fate::Vanishes, gradients::Fate::Holds);
    assert_eq!(fates(opening.setup.gate_bias), [lost, lost, kept, kept]);
    assert_eq!(fates(-4.0), [lost; 4]);
}

#[test]
fn what_is_said_of_packing_names_only_what_pytorch_names() {
    let known = ["PyTorch", "PackedSequence", "RuntimeError", "IndexError"];
    let mut kinds = Vec::new();
    for Record { setup, .. } in records::<packing::PackingSetup>("packing") {
        for diagnostic in packing::packing(&setup).expect("within bounds").diagnostics {
            let help = diagnostic.help.iter().map(|fix| fix.text.as_str());
            for text in [diagnostic.message.as_str(), &diagnostic.why].into_iter().chain(help) {
                for word in text.split(|c: char| !c.is_alphanumeric()) {
                    // A name of two words or more: `PackedSequence`.
                    let is_name =
                        word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
                    assert!(!is_name || known.contains(&word), "{word} in {text:?}");
                }
            }
            kinds.push(diagnostic.code);
        }
    }
    for kind in [
        PackingCode::NotSorted,
        PackingCode::NotPositive,
        PackingCode::MixedAxes,
        PackingCode::TooLong,
        PackingCode::FloatLengths,
        PackingCode::LengthsDevice,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

fn list_of(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

#[test]
fn a_gradient_that_breaks_is_named_with_its_step() {
    let [record, ..] = &records::<gradients::GradientsSetup>("gradients")[..] else { panic!("no records") };
    let setup = gradients::GradientsSetup { gain: 1e4, seq_len: 40, ..record.setup.clone() };
    let modules =
        gradients::GradientsRun::new(setup).and_then(gradients::GradientsRun::finish).expect("within bounds");
    let find =
        |kind| modules.iter().find(|module: &&ModuleGradients| module.module == kind).expect("all four");
    let relu = find(ModuleKind::RnnRelu);
    let trouble = relu.trouble.expect("relu has no bound");
    assert!(trouble.forward && trouble.step > 1 && trouble.step < 39);
    assert_eq!(relu.fate, gradients::Fate::Broken);
    assert!(relu.rate.is_none());
    // Saturated units pass nothing on.
    assert_eq!(find(ModuleKind::RnnTanh).trouble, None);

    let fate = |gain| {
        let setup = gradients::GradientsSetup { gain, seq_len: 60, ..record.setup.clone() };
        gradients::GradientsRun::new(setup).and_then(gradients::GradientsRun::finish).expect("within bounds")
            [1]
        .fate
    };
    assert_eq!([0.5, 4.0].map(fate), [gradients::Fate::Vanishes, gradients::Fate::Explodes]);
}

#[test]
fn the_other_grus_part_from_pytorchs_as_the_code_says() {
    for Record { setup, code, printed, .. } in records::<variants::VariantsSetup>("variants") {
        assert_code(&variants_code(&setup), &code);
        let run = variants::VariantsRun::new(&setup).expect("within bounds");
        let outputs = run.finish().expect("within bounds");
        let pairs = outputs.iter().map(|output| (output.resets_before, output.takes_new)).collect::<Vec<_>>();
        assert_eq!(pairs, [(false, false), (true, false), (false, true), (true, true)]);
        assert_printed(&outputs[0].last, &printed[0]);
        assert!(outputs[0].difference.iter().all(|&difference| difference == 0.0));
        for (output, lines) in outputs[1..].iter().zip(printed[1..].chunks(2)) {
            assert_printed(&output.last, &lines[0]);
            assert_close(&output.difference, &numbers(&lines[1]), 0.0, 5e-6);
            assert!(output.largest > 0.05);
            assert_eq!(output.output.len(), (setup.seq_len * setup.batch * setup.hidden_size) as usize);
        }

        let mut in_pieces = variants::VariantsRun::new(&setup).expect("within bounds");
        while !in_pieces.progress().is_complete() {
            in_pieces.advance(100).expect("within bounds");
        }
        assert_eq!(in_pieces.finish().expect("within bounds"), outputs);
    }
}

#[test]
fn modules_and_cells_are_those_of_pytorch() {
    for Record { setup, code, printed, .. } in records::<modules::ModuleSetup>("modules") {
        assert_code(&module_code(&setup), &code);
        let card = modules::card(&setup).expect("within bounds");
        let tensors: Vec<&NamedTensor> = card.parameters.iter().chain(&card.results).collect();
        assert_eq!(tensors.len(), printed.len());
        let mut count = 0;
        for (i, (tensor, line)) in tensors.into_iter().zip(&printed).enumerate() {
            let sizes: Vec<String> = tensor.shape.iter().map(u32::to_string).collect();
            let comma = if sizes.len() == 1 { "," } else { "" };
            assert!(line.starts_with(&format!("{} ({}{comma}) ", tensor.name, sizes.join(", "))), "{line}");
            if i < card.parameters.len() {
                count += tensor.shape.iter().product::<u32>();
                // Weights are drawn to the last bit, so they print alike.
                assert!(line.ends_with(&tensor.first), "{line}: {}", tensor.first);
            } else {
                assert_printed(tensor, line);
            }
        }
        assert_eq!(card.count, count);
    }
}

#[test]
fn packing_does_and_says_what_pytorch_does_and_says() {
    let mut said = Vec::new();
    for Record { setup, code, printed, raised, .. } in records::<packing::PackingSetup>("packing") {
        assert_code(&packing_code(&setup), &code);
        let Packing { diagnostics, packed, readings, padded } =
            packing::packing(&setup).expect("within bounds");
        let raising = diagnostics.iter().find(|diagnostic| diagnostic.raises);
        let ours =
            raising.map(|raising| (raising.exception.clone().expect("a class"), raising.message.clone()));
        assert_eq!(ours, raised);
        said.extend(diagnostics.iter().map(|diagnostic| diagnostic.code));
        let mut expected = Vec::new();
        if let Some(packed) = &packed {
            let printed = [
                &packed.printed_shape,
                &packed.printed_batch_sizes,
                &packed.printed_sorted,
                &packed.printed_unsorted,
            ];
            expected.extend(
                printed
                    .into_iter()
                    .chain(padded.iter().flat_map(|padded| [&padded.printed_shape, &padded.printed_lengths])),
            );
        }
        let expected: Vec<&str> = expected.into_iter().flat_map(|text| text.lines()).collect();
        assert_eq!(printed[..expected.len()].iter().map(String::as_str).collect::<Vec<_>>(), expected);

        let directions = 1 + usize::from(setup.bidirectional);
        let hidden = setup.hidden_size as usize;
        let rest = numbers(&printed[expected.len()..].join(" "));
        if !readings.is_empty() {
            let of = |sample: usize, direction: usize| {
                let reading = &readings[sample * directions + direction];
                assert_eq!((reading.sample as usize, reading.reverse), (sample, direction == 1));
                reading
            };
            let mut ours = Vec::new();
            let samples = 0..setup.lengths.len();
            for direction in 0..directions {
                ours.extend(samples.clone().flat_map(|sample| &of(sample, direction).true_last));
            }
            // The code prints them again, read out of the padded output.
            ours.extend(ours.clone());
            let both = |pick: fn(&packing::LastState) -> &[f32]| {
                let rows = samples.clone().flat_map(|sample| (0..directions).map(move |d| (sample, d)));
                rows.flat_map(|(sample, direction)| pick(of(sample, direction)).to_vec())
                    .collect::<Vec<f32>>()
            };
            let (padded, unpacked) =
                (both(|reading| &reading.padded_last), both(|reading| &reading.unpacked_last));
            let ours: Vec<f64> =
                ours.into_iter().chain(&padded).chain(&unpacked).map(|&x| x.into()).collect();
            assert_eq!(ours.len(), 4 * setup.lengths.len() * directions * hidden);
            assert_close(&ours, &rest, 0.0, 1.1e-4);
        }

        // Every fix leaves nothing that is raised, or less.
        for fix in diagnostics.iter().flat_map(|diagnostic| &diagnostic.help) {
            let mended = packing::packing(&fix.setup).expect("within bounds");
            assert!(mended.diagnostics.len() < diagnostics.len(), "{}", fix.text);
        }
        assert!(diagnostics.iter().all(|diagnostic| !diagnostic.help.is_empty()));
    }
    for code in [
        PackingCode::NotSorted,
        PackingCode::NotPositive,
        PackingCode::TooLong,
        PackingCode::MixedAxes,
        PackingCode::FloatLengths,
        PackingCode::LengthsDevice,
    ] {
        assert!(said.contains(&code), "{code:?}");
    }
}

#[test]
fn sizes_beyond_the_bounds_are_refused_by_name() {
    let [record, ..] = &records::<gradients::GradientsSetup>("gradients")[..] else { panic!("no records") };
    let refused = |setup: gradients::GradientsSetup| {
        gradients::GradientsRun::new(setup).expect_err("beyond the bounds").to_string()
    };
    let setup = || record.setup.clone();
    assert_eq!(
        refused(gradients::GradientsSetup { seq_len: 4_000_000_000, ..setup() }),
        "seq_len must be in [1, 500], got 4000000000"
    );
    assert_eq!(refused(gradients::GradientsSetup { batch: 0, ..setup() }), "batch must be in [1, 16], got 0");
    assert_eq!(
        refused(gradients::GradientsSetup { gain: f64::NAN, ..setup() }),
        "gain must be a finite number"
    );
    let [record, ..] = &records::<packing::PackingSetup>("packing")[..] else { panic!("no records") };
    let lengths = vec![1; 65];
    let setup = packing::PackingSetup { lengths, ..record.setup.clone() };
    assert!(matches!(packing::packing(&setup), Err(LabError::Size { name: "lengths", .. })));
    let setup = packing::PackingSetup { lengths: vec![i32::MAX], ..record.setup.clone() };
    assert!(matches!(packing::packing(&setup), Err(LabError::Size { name: "a length", .. })));
}
