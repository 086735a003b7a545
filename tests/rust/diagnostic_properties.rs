//! What holds for every call, however it is written: no panic, and every fix offered is one.

use std::collections::BTreeSet;

use gru_playground::call::Place;
use gru_playground::call::{Argument, Call, Config, Device, Dtype, Release, Tensor, Value};
use gru_playground::diagnostic::{
    Diagnosis, Severity, ShapeTrace, apply, diagnose, release_ranges, typed_shape,
};
use gru_playground::py;
use gru_playground::shape::{Dim, LARGEST, Shape};
use proptest::prelude::*;

/// Sizes as learners and machines have them, legal, impossible and immense.
fn size() -> impl Strategy<Value = i128> {
    prop_oneof![
        12 => 1..12_i128,
        2 => prop::sample::select(vec![0, -1, 20, 32, 64, 100]),
        1 => prop::sample::select(vec![
            1 << 31, 1 << 53, (1 << 53) + 1, 1 << 62, i128::from(i64::MAX), i128::from(i64::MIN), i128::from(u64::MAX),
            i128::MAX, i128::MIN,
        ]),
    ]
}

fn shape() -> impl Strategy<Value = Shape> {
    let rank = prop_oneof![2 => Just(2_usize), 6 => Just(3), 2 => 0..6_usize, 1 => Just(70)];
    rank.prop_flat_map(|rank| prop::collection::vec(size(), rank)).prop_map(Shape::new)
}

fn dtype() -> impl Strategy<Value = Dtype> {
    prop_oneof![8 => Just(Dtype::Float32), 2 => prop::sample::select(Dtype::ALL.to_vec())]
}

fn device() -> impl Strategy<Value = Option<Device>> {
    prop_oneof![8 => Just(None), 1 => Just(Some(Device::Cuda)), 1 => Just(Some(Device::Cpu))]
}

fn value() -> impl Strategy<Value = Value> {
    let number = prop::sample::select(vec![
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -0.0,
        0.5,
        2.0,
        -1.5,
        16.0,
        1e300,
        f64::MIN_POSITIVE,
    ]);
    let text = prop_oneof![
        prop::sample::select(vec!["", "2", "0.5", "yes", "False", "float32", "cpu", "nan", "it's"])
            .prop_map(str::to_owned),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::None),
        any::<bool>().prop_map(Value::Bool),
        size().prop_filter_map("within an int", |size| i64::try_from(size).ok()).prop_map(Value::Int),
        (1..30_i64).prop_map(Value::Int64),
        number.prop_map(Value::Float),
        any::<f64>().prop_map(Value::Float),
        text.prop_map(Value::Str),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let items = prop::collection::vec(inner, 0..4);
        prop_oneof![items.clone().prop_map(Value::Tuple), items.prop_map(Value::List)]
    })
}

/// An option: mostly absent or legal, at times anything.
fn option(legal: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Option<Value>> {
    prop_oneof![3 => Just(None), 12 => legal.prop_map(Some), 1 => value().prop_map(Some)]
}

fn required() -> impl Strategy<Value = Option<Value>> {
    let legal = (1..12_i64).prop_map(Value::Int);
    prop_oneof![1 => Just(None), 30 => legal.prop_map(Some), 2 => value().prop_map(Some)]
}

fn config() -> impl Strategy<Value = Config> {
    let name = prop_oneof![
        prop::sample::select(vec![
            "seq_len",
            "proj_size",
            "batchfirst",
            "num_layer",
            "hidden_dim",
            "devcie",
            "device",
            "dtype",
            "mode",
            "self",
            "input_size",
            "",
            "a b",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let other = prop_oneof![9 => Just(Vec::new()), 1 => prop::collection::vec((name, value()), 1..4)];
    let flag = || option(any::<bool>().prop_map(Value::Bool));
    let dropout = option(prop_oneof![Just(Value::Float(0.5)), Just(Value::Int(0)), Just(Value::Int(1))]);
    let layers = option((1..4_i64).prop_map(Value::Int));
    (required(), required(), layers, flag(), flag(), dropout, flag(), dtype(), other).prop_map(
        |(input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, dtype, other)| {
            Config {
                input_size,
                hidden_size,
                num_layers,
                bias,
                batch_first,
                dropout,
                bidirectional,
                dtype,
                other,
            }
        },
    )
}

fn argument() -> impl Strategy<Value = Argument> {
    prop_oneof![
        20 => (shape(), dtype(), device())
            .prop_map(|(shape, dtype, device)| Argument::Tensor(Tensor { shape, dtype, device })),
        1 => (shape(), dtype().prop_filter("a type of NumPy", |dtype| *dtype != Dtype::Bfloat16))
            .prop_map(|(array, dtype)| Argument::Array { array, dtype }),
        1 => value().prop_map(|value| Argument::NotATensor { value }),
    ]
}

fn release() -> impl Strategy<Value = Release> {
    let known = ["1.7", "1.8", "1.9", "1.10", "1.11", "1.12", "1.13", "2.0", "2.1", "2.2", "2.10", "2.11"];
    let known: Vec<Release> = known.iter().map(|release| release.parse().expect("a known release")).collect();
    prop_oneof![1 => Just(Release::NEWEST), 2 => prop::sample::select(known)]
}

/// A call whose arguments have nothing to do with its options.
fn wild() -> impl Strategy<Value = Call> {
    (config(), argument(), prop::option::of(argument()), release())
        .prop_map(|(config, input, h_0, release)| Call { config, input, h_0, release })
}

/// A call that would be legal, with at most a few sizes changed.
fn near_legal() -> impl Strategy<Value = Call> {
    let change = || prop::collection::vec((0..3_usize, size()), 0..3);
    let sizes = (1..9_i64, 1..9_i64, 1..4_i64, 0..6_i128, 0..6_i128);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (sizes, flags, change(), change(), (dtype(), dtype()), release()).prop_map(
        |(
            (features, hidden, layers, steps, batch),
            (batched, batch_first, both, with_h_0),
            on_x,
            on_h_0,
            dtypes,
            release,
        )| {
            let states = i128::from(layers) * if both { 2 } else { 1 };
            let (features_, hidden_) = (i128::from(features), i128::from(hidden));
            let mut input = match (batched, batch_first) {
                (false, _) => vec![steps, features_],
                (true, true) => vec![batch, steps, features_],
                (true, false) => vec![steps, batch, features_],
            };
            let mut h_0 = if batched { vec![states, batch, hidden_] } else { vec![states, hidden_] };
            for (sizes, changes) in [(&mut input, on_x), (&mut h_0, on_h_0)] {
                for (axis, size) in changes {
                    match sizes.get_mut(axis) {
                        Some(place) => *place = size,
                        None => sizes.push(size),
                    }
                }
            }
            let tensor = |sizes: Vec<i128>, dtype| {
                Argument::Tensor(Tensor { shape: Shape::new(sizes), dtype, device: None })
            };
            Call {
                config: Config {
                    input_size: Some(Value::Int(features)),
                    hidden_size: Some(Value::Int(hidden)),
                    num_layers: Some(Value::Int(layers)),
                    batch_first: Some(Value::Bool(batch_first)),
                    bidirectional: Some(Value::Bool(both)),
                    ..Config::default()
                },
                input: tensor(input, dtypes.0),
                h_0: with_h_0.then(|| tensor(h_0, dtypes.1)),
                release,
            }
        },
    )
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![wild(), near_legal()]
}

/// Whether a place is in the call, so that a page can point at it.
fn exists(place: &Place, call: &Call) -> bool {
    let axis_exists = |argument: Option<&Argument>, axis: Option<usize>| match (argument, axis) {
        (Some(argument), Some(axis)) => argument.shape().is_some_and(|shape| axis < shape.rank()),
        (Some(_), None) => true,
        (None, _) => false,
    };
    match place {
        Place::Option { .. } => true,
        Place::Input { axis } => axis_exists(Some(&call.input), *axis),
        Place::H0 { axis } => axis_exists(call.h_0.as_ref(), *axis),
        Place::Text { .. } => false,
    }
}

fn check_fixes(call: &Call, diagnosis: &Diagnosis) -> Result<(), TestCaseError> {
    for diagnostic in &diagnosis.diagnostics {
        let statements: BTreeSet<&str> = diagnostic.help.iter().map(|fix| fix.statement.as_str()).collect();
        prop_assert_eq!(statements.len(), diagnostic.help.len(), "statements repeat: {:?}", diagnostic.help);
        for fix in &diagnostic.help {
            let mended = apply(call, fix);
            let after = diagnose(&mended);
            prop_assert!(after.is_legal(), "{:?} leaves {:?}", fix, after.error());
            prop_assert_ne!(&mended, call, "{:?} changes nothing", fix);
            prop_assert!(!fix.code.is_empty(), "{:?} writes nothing", fix);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_call_is_either_traced_or_refused_with_fixes_that_make_it_legal(call in call()) {
        let diagnosis = diagnose(&call);
        let errors = diagnosis.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        prop_assert_eq!(errors.count(), usize::from(diagnosis.trace.is_none()));
        if let Some(error) = diagnosis.error() {
            prop_assert!(!error.help.is_empty());
            prop_assert!(!error.labels.is_empty());
            prop_assert!(error.exception.is_some());
        }
        for diagnostic in &diagnosis.diagnostics {
            for label in &diagnostic.labels {
                prop_assert!(exists(&label.place, &call), "{:?}", label);
                prop_assert!(!label.text.is_empty());
            }
        }
        check_fixes(&call, &diagnosis)?;
    }

    #[test]
    fn code_is_written_for_every_call(call in call(), seed in any::<Option<i64>>()) {
        let lines = py::code(&call, seed);
        let text: Vec<String> = lines.iter().map(py::CodeLine::text).collect();
        prop_assert!(text.iter().any(|line| line.starts_with("gru = nn.GRU(")));
        prop_assert!(text.iter().any(|line| line.starts_with("out, h_n = gru(x")));
        for segment in lines.iter().flat_map(|line| &line.segments) {
            prop_assert!(!segment.text.is_empty());
            if let Some(place) = &segment.place {
                prop_assert!(exists(place, &call));
            }
        }
    }

    #[test]
    fn a_trace_has_a_meaning_for_every_axis_and_ends_in_the_results(call in near_legal()) {
        let diagnosis = diagnose(&call);
        let Some(trace) = diagnosis.trace else { return Ok(()) };
        for tensor in &trace.tensors {
            prop_assert_eq!(tensor.shape.rank(), tensor.axes.len());
        }
        let (first, last) = (&trace.tensors[0], &trace.tensors[trace.tensors.len() - 1]);
        let Argument::Tensor(input) = &call.input else { return Ok(()) };
        prop_assert_eq!(&first.shape, &input.shape);
        if let Some(Argument::Tensor(h_0)) = &call.h_0 {
            prop_assert_eq!(&last.shape, &h_0.shape);
        }
    }

    #[test]
    fn a_shape_is_read_back_from_all_the_ways_it_is_written(sizes in prop::collection::vec(-5..2000_i64, 0..6)) {
        let expected = Shape::new(sizes.clone());
        let words: Vec<String> = sizes.iter().map(i64::to_string).collect();
        let mut texts = vec![expected.to_string(), expected.list(), expected.torch_size()];
        if sizes.len() > 1 {
            texts.extend([words.join(", "), words.join(" "), words.join(" × "), format!("{} # axes", words.join(","))]);
            // `0x5` is Python's way of writing 5.
            texts.extend((sizes[0] != 0).then(|| words.join("x")));
        }
        for text in texts {
            prop_assert_eq!(typed_shape::parse(&text).ok(), Some(expected.clone()), "{}", text);
        }
    }

    #[test]
    fn any_text_is_a_shape_or_a_mistake_with_its_place(
        text in prop_oneof![any::<String>(), "[-+.,;()\\[\\]x×#_ 0-9abOol−（），*]{0,24}"],
    ) {
        match typed_shape::read(&text) {
            Ok(reading) => {
                prop_assert!(reading.shape.0.iter().all(|size| size.0.abs() <= LARGEST));
                for note in reading.notes {
                    prop_assert_eq!(note.severity, Severity::Note);
                }
            }
            Err(mistake) => {
                let Some(Place::Text { start, end }) = mistake.labels.first().map(|label| &label.place) else {
                    return Err(TestCaseError::fail("no place in the text"));
                };
                prop_assert!(text.get(*start..*end).is_some(), "{start}..{end} of {text:?}");
                prop_assert!(start < end || text.trim().is_empty() || text.trim_start().starts_with('#'));
                for fix in &mistake.help {
                    prop_assert!(typed_shape::parse(&fix.code).is_ok(), "{:?}", fix);
                }
            }
        }
    }
}

#[test]
fn long_stacks_are_elided_in_the_middle() {
    let call = |layers: i64| Call {
        config: Config {
            input_size: Some(Value::Int(2)),
            hidden_size: Some(Value::Int(3)),
            num_layers: Some(Value::Int(layers)),
            bidirectional: Some(Value::Bool(true)),
            ..Config::default()
        },
        input: Argument::tensor([4, 5, 2]),
        h_0: None,
        release: Release::NEWEST,
    };
    for (layers, elided) in [(1, 0), (32, 0), (33, 0), (34, 1), (1 << 53, (1 << 53) - 33)] {
        let trace = diagnose(&call(layers)).trace.expect("a legal call");
        let traced: BTreeSet<u64> = trace.tensors.iter().filter_map(|tensor| tensor.layer).collect();
        let layers = layers as u64;
        assert_eq!(trace.elided_layers, elided, "{layers} layers");
        assert_eq!(traced.len() as u64 + elided, layers);
        assert!(traced.contains(&(layers - 1)));
        assert!(traced.len() as u64 <= ShapeTrace::LAYERS + 1);
    }
}

#[test]
fn sizes_beyond_any_machine_are_exact() {
    let huge = 1_i128 << 53;
    let call = Call {
        config: Config {
            input_size: Some(Value::Int(1)),
            hidden_size: Some(Value::Int(1)),
            num_layers: Some(Value::Int(1 << 53)),
            bidirectional: Some(Value::Bool(true)),
            ..Config::default()
        },
        input: Argument::tensor([1, 1, 1]),
        h_0: None,
        release: Release::NEWEST,
    };
    let diagnosis = diagnose(&call);
    let trace = diagnosis.trace.expect("a legal call");
    assert_eq!(trace.tensors[trace.tensors.len() - 1].shape.0[0], Dim(2 * huge));
    assert!(diagnosis.diagnostics.iter().any(|diagnostic| diagnostic.code == "memory"));
}

#[test]
fn the_ranges_cover_every_release_without_a_gap() {
    let ranges = release_ranges();
    assert_eq!(ranges.first().map(|range| range.to), Some(Release::NEWEST));
    assert_eq!(ranges.last().map(|range| range.from), Some(Release::OLDEST));
    for pair in ranges.windows(2) {
        assert!(pair[1].to < pair[0].from && pair[1].from <= pair[1].to);
    }
    assert!(ranges.iter().all(|range| !range.label.is_empty() && !range.changes.is_empty()));
}
