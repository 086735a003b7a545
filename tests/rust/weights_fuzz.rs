//! The fuzzers' targets as plain tests: over the corpus, over the files of `PyTorch`, and over a few thousand
//! mutations of both; over a hundred thousand where `GRU_LONGER` is set, as `cargo xtask test --all` sets it.

use std::fs;

use proptest::prelude::*;

use crate::entry;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 4] =
    [("file", entry::file), ("pickle", entry::pickle), ("header", entry::header), ("report", entry::report)];

fn folder(name: &str) -> Vec<Vec<u8>> {
    let path = format!("{}/../{name}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = fs::read_dir(&path)
        .unwrap_or_else(|error| panic!("{path}: {error}"))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a file")).collect()
}

/// The seeds of a target: its corpus, and for whole files those of `PyTorch`.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let mut seeds = folder(&format!("fuzz/corpus/{target}"));
    assert!(!seeds.is_empty(), "{target} has a corpus");
    if target == "file" || target == "report" {
        seeds.extend(folder("tests/golden/weights"));
        seeds.extend(folder("tests/golden/weights_cases"));
    }
    seeds
}

#[test]
fn the_corpus_breaks_nothing() {
    for (name, target) in TARGETS {
        for bytes in seeds(name) {
            target(&bytes);
        }
    }
}

/// One change of bytes as fuzzers make them.
#[derive(Debug, Clone)]
enum Mutation {
    Set(prop::sample::Index, u8),
    Flip(prop::sample::Index, u8),
    Remove(prop::sample::Index, prop::sample::Index),
    Repeat(prop::sample::Index, prop::sample::Index),
    Insert(prop::sample::Index, Vec<u8>),
}

impl Mutation {
    fn any() -> impl Strategy<Value = Mutation> {
        let at = any::<prop::sample::Index>;
        prop_oneof![
            (at(), any::<u8>()).prop_map(|(at, byte)| Mutation::Set(at, byte)),
            (at(), 0..8_u8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
            (at(), at()).prop_map(|(from, to)| Mutation::Remove(from, to)),
            (at(), at()).prop_map(|(from, to)| Mutation::Repeat(from, to)),
            (at(), prop::collection::vec(any::<u8>(), 1..6))
                .prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        ]
    }

    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len();
        // Short spans, so that what is around them still makes sense.
        let span = |from: &prop::sample::Index, to: &prop::sample::Index| {
            let from = from.index(length);
            from..(from + 1 + to.index(16)).min(length)
        };
        match self {
            Mutation::Set(at, byte) => bytes[at.index(length)] = *byte,
            Mutation::Flip(at, bit) => bytes[at.index(length)] ^= 1 << bit,
            Mutation::Remove(from, to) => drop(bytes.drain(span(from, to))),
            Mutation::Repeat(from, to) => {
                let span = span(from, to);
                let copy = bytes[span.clone()].to_vec();
                bytes.splice(span.end..span.end, copy);
            }
            Mutation::Insert(at, new) => {
                let at = at.index(length);
                bytes.splice(at..at, new.iter().copied());
            }
        }
    }
}

fn mutated(target: &str) -> impl Strategy<Value = Vec<u8>> {
    let mutations = prop::collection::vec(Mutation::any(), 1..5);
    (prop::sample::select(seeds(target)), mutations).prop_map(|(mut bytes, mutations)| {
        for mutation in &mutations {
            mutation.apply(&mut bytes);
        }
        bytes
    })
}

/// Mutations of each of the four targets.
fn cases() -> u32 {
    if std::env::var_os("GRU_LONGER").is_some() { 25_000 } else { 2000 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn mutated_files_break_nothing(bytes in mutated("file")) {
        entry::file(&bytes);
    }

    #[test]
    fn mutated_pickles_break_nothing(bytes in mutated("pickle")) {
        entry::pickle(&bytes);
    }

    #[test]
    fn mutated_headers_break_nothing(bytes in mutated("header")) {
        entry::header(&bytes);
    }

    #[test]
    fn mutated_weights_break_no_module(bytes in mutated("report")) {
        entry::report(&bytes);
    }
}
