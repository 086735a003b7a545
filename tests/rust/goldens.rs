//! The core against real `PyTorch`: every record in `tests/golden/`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::check::record::{Forward, Kind, Record};
use crate::check::{Native, Report};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden").join(name)
}

fn report(name: &str) -> Report {
    let mut report = Report::default();
    report.check_file(&mut Native, &path(name));
    assert_eq!(report.failures, Vec::<String>::new());
    println!("{name}: {report}");
    report
}

#[test]
fn the_forward_pass_is_that_of_pytorch() {
    assert!(report("forward.jsonl").passed >= 40);
}

#[test]
fn the_backward_pass_is_that_of_pytorch() {
    assert!(report("backward.jsonl").passed >= 35);
}

#[test]
fn dropout_in_training_mode_is_that_of_pytorch() {
    assert!(report("dropout.jsonl").passed >= 17);
}

#[test]
fn the_random_stream_is_that_of_pytorch_to_the_last_bit() {
    for name in ["rng.jsonl", "rng_native.jsonl"] {
        let report = report(name);
        assert!(report.passed > 0);
        assert_eq!(report.max_abs_diff.to_bits(), 0.0_f64.to_bits());
    }
}

#[test]
fn the_other_modules_and_the_cells_are_those_of_pytorch() {
    assert!(report("cells.jsonl").passed >= 40);
}

#[test]
fn the_grus_of_keras_and_onnx_are_those_of_their_formulas() {
    assert!(report("variants.jsonl").passed >= 28);
}

#[test]
fn packed_sequences_are_those_of_pytorch() {
    assert!(report("packed.jsonl").passed >= 15);
}

#[test]
fn training_goes_as_in_pytorch() {
    assert!(report("train.jsonl").passed >= 13);
}

#[test]
fn losses_are_held_to_a_share_of_themselves() {
    let moved = |list: &'static str, by: f64| {
        let report = report_on_changed("train.jsonl", |record| {
            let element = record[list].as_array_mut().expect("a list").last_mut().expect("30 steps");
            *element = (element.as_f64().expect("a number") * (1.0 + by)).into();
        });
        report.failed == 1
    };
    assert!(moved("losses", 2e-4) && !moved("losses", 5e-5));
    let changed = report_on_changed("train.jsonl", |record| {
        let element = &mut record["initial"]["fc.bias"]["data"][0];
        *element = (element.as_f64().expect("a number") + 1e-3).into();
    });
    assert_eq!(changed.failed, 1);
    assert!(changed.failures.iter().any(|failure| failure.contains("initial fc.bias[0]")));
    assert!(changed.failures.iter().any(|failure| failure.contains("losses[")));
}

/// Every option of a record with its value; sizes are classed as one or more.
fn options(forward: &Forward) -> [(&'static str, u64); 8] {
    let config = &forward.config;
    let unbatched = forward.input.shape.len() == 2;
    let (l, n) = match forward.input.shape[..] {
        [l, _] => (l, 1),
        [n, l, _] if config.batch_first => (l, n),
        [l, n, _] => (l, n),
        _ => panic!("an input of shape {:?}", forward.input.shape),
    };
    [
        ("num_layers", config.num_layers.min(3)),
        ("bias", config.bias.into()),
        ("batch_first", config.batch_first.into()),
        ("dropout", (config.dropout > 0.0).into()),
        ("bidirectional", config.bidirectional.into()),
        ("batch", if unbatched { 0 } else { n.min(2) as u64 }),
        ("seq_len", l.min(2) as u64),
        ("h_0", forward.h_0.is_some().into()),
    ]
}

#[test]
fn the_forward_records_cover_every_pair_of_options() {
    let mut values = BTreeSet::new();
    let mut pairs = BTreeSet::new();
    let text = std::fs::read_to_string(path("forward.jsonl")).expect("the records");
    for line in text.lines() {
        let record = Record::parse(line).expect("a record");
        let Kind::Forward(forward) = record.kind else { panic!("{} is not a forward record", record.id) };
        assert_ne!(forward.config.input_size, forward.config.hidden_size, "{}", record.id);
        assert!(forward.out_f64.is_some() && forward.h_n_f64.is_some(), "{}", record.id);
        let options = options(&forward);
        values.extend(options);
        pairs.extend(options.iter().flat_map(|&a| options.iter().map(move |&b| (a, b))));
    }
    // 3 depths, 3 kinds of batch, two values of each of the other six.
    assert_eq!(values.len(), 18);
    for &a in &values {
        for &b in values.iter().filter(|b| b.0 != a.0) {
            assert!(pairs.contains(&(a, b)), "no record has {a:?} and {b:?}");
        }
    }
}

/// The report on the first record of a file after a change to it.
fn report_on_changed(name: &str, change: impl Fn(&mut serde_json::Value)) -> Report {
    let text = std::fs::read_to_string(path(name)).expect("the records");
    let mut record = serde_json::from_str(text.lines().next().expect("a record")).expect("JSON");
    change(&mut record);
    let file = tempfile(&record.to_string());
    let mut report = Report::default();
    report.check_file(&mut Native, &file);
    report
}

fn tempfile(text: &str) -> PathBuf {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("golden-{}.jsonl", COUNT.fetch_add(1, Ordering::Relaxed));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, text).expect("a writable folder");
    file
}

#[test]
fn a_wrong_element_is_found_and_named() {
    let report = report_on_changed("forward.jsonl", |record| {
        let element = &mut record["out"]["data"][1];
        *element = (element.as_f64().expect("a number") + 1e-5).into();
    });
    assert_eq!((report.passed, report.failed), (0, 1));
    let [failure] = report.failures.as_slice() else { panic!("{:?}", report.failures) };
    assert!(failure.starts_with("forward-00: out[0, 1]: expected 0.08066906, got 0.0806590"), "{failure}");
    assert!((report.max_abs_diff - 1e-5).abs() < 1e-6);
    let expected = format!("0 passed, 1 failed, max_abs_diff={:.2e}", report.max_abs_diff);
    assert!(report.to_string().starts_with(&expected), "{report}");
}

#[test]
fn tolerances_are_as_narrow_as_stated() {
    let moved = |tensor: &'static str, by: f64| {
        let report = report_on_changed("forward.jsonl", |record| {
            let element = &mut record[tensor]["data"][0];
            *element = (element.as_f64().expect("a number") + by).into();
        });
        report.failed == 1
    };
    assert!(moved("h_n", 5.5e-6) && !moved("h_n", 4.5e-6));
    assert!(moved("h_n_f64", 1.1e-12) && !moved("h_n_f64", 0.9e-12));
}

#[test]
fn gradients_are_held_to_their_scale() {
    let moved = |tensor: &'static str, by: f64| {
        let report = report_on_changed("backward.jsonl", |record| {
            let tensor =
                if record[tensor].is_object() { &mut record[tensor] } else { &mut record["grads"][tensor] };
            let element = &mut tensor["data"][0];
            *element = (element.as_f64().expect("a number") + by).into();
        });
        report.failed == 1
    };
    for tensor in ["grad_input", "grad_h_0", "weight_hh_l0", "bias_ih_l0"] {
        assert!(moved(tensor, 1e-3) && !moved(tensor, 1e-6), "{tensor}");
    }
    assert!(report_on_changed("backward.jsonl", |record| record["loss"] = 3.0.into()).failed == 1);
}

#[test]
fn what_is_not_supported_fails_and_says_so() {
    let failure = |change: fn(&mut serde_json::Value)| {
        let report = report_on_changed("forward.jsonl", change);
        assert_eq!((report.passed, report.failed), (0, 1));
        report.failures.concat()
    };
    assert!(failure(|record| record["kind"] = "sideways".into()).ends_with("kind sideways is not supported"));
    assert!(failure(|record| record["module"] = "LSTM".into()).ends_with("module LSTM is not supported"));
    assert!(
        failure(|record| record["input"]["shape"] = vec![7, 3].into()).contains("a tensor of shape [7, 3]")
    );
    assert!(
        failure(|record| record["out"]["shape"] = vec![2, 1].into()).contains("out: expected shape [2, 1]")
    );
    let dropping = failure(|record| {
        record["training"] = true.into();
        record["config"]["dropout"] = 0.5.into();
    });
    assert!(dropping.ends_with("dropout while training is not supported"));

    let mut report = Report::default();
    report.check_file(&mut Native, &tempfile("nonsense\n\n"));
    report.check_file(&mut Native, Path::new("no such file"));
    assert_eq!((report.passed, report.failed), (0, 2));
    assert!(report.failures[0].contains(".jsonl:1: not JSON"), "{:?}", report.failures);

    let report = report_on_changed("rng.jsonl", |record| record["calls"][0]["call"] = "cauchy(0)".into());
    assert_eq!(report.failures, ["rng-rand-0: the call cauchy(0) is not supported"]);
}
