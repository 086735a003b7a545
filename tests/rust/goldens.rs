//! The core against real `PyTorch`: every record in `tests/golden/`.

#[path = "../golden/check/mod.rs"]
mod check;

use std::collections::BTreeSet;

use check::{Forward, Kind, Native, Record, Report};

fn lines(name: &str) -> Vec<String> {
    let path = format!("{}/../tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().map(str::to_owned).collect()
}

fn report(name: &str) -> Report {
    let mut report = Report::default();
    for (i, line) in lines(name).iter().enumerate() {
        report.check(&mut Native, &format!("{name}:{}", i + 1), line);
    }
    report
}

#[test]
fn the_forward_pass_is_that_of_pytorch() {
    assert_eq!(report("forward.jsonl").failures, Vec::<String>::new());
}

#[test]
fn the_random_stream_is_that_of_pytorch_to_the_last_bit() {
    let report = report("rng.jsonl");
    assert_eq!(report.failures, Vec::<String>::new());
    assert_eq!(report.max_abs_diff.to_bits(), 0.0_f64.to_bits());
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
    let lines = lines("forward.jsonl");
    for line in &lines {
        let record = Record::parse(line).expect("a record");
        let Kind::Forward(forward) = record.kind else { panic!("{} is not a forward record", record.id) };
        assert_ne!(forward.config.input_size, forward.config.hidden_size, "{}", record.id);
        assert!(forward.out_f64.is_some() && forward.h_n_f64.is_some(), "{}", record.id);
        let options = options(&forward);
        values.extend(options);
        pairs.extend(options.iter().flat_map(|&a| options.iter().map(move |&b| (a, b))));
    }
    assert!(lines.len() >= 40, "{} records", lines.len());
    // 3 depths, 3 kinds of batch, two values of each of the other six.
    assert_eq!(values.len(), 18);
    for &a in &values {
        for &b in values.iter().filter(|b| b.0 != a.0) {
            assert!(pairs.contains(&(a, b)), "no record has {a:?} and {b:?}");
        }
    }
}
