//! The deck's programs do what real `PyTorch` did with them (`tests/golden/deck/make_deck.py`).

use std::fs;
use std::path::Path;

use gru_playground_code::{deck_golden, deck_kinds, run};
use serde_json::Value;

#[test]
fn broken_and_mended_programs_do_what_pytorch_did() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/deck/answers.jsonl");
    let answers = fs::read_to_string(file).expect("what PyTorch answered");
    let mut seen = std::collections::BTreeSet::new();
    for line in answers.lines() {
        let answer: Value = serde_json::from_str(line).expect("a record");
        let text = |name: &str| answer[name].as_str().expect("a text").to_owned();
        let seed = u32::try_from(answer["seed"].as_u64().expect("a seed")).expect("a small seed");
        let (kind, code) = (text("kind"), text("code"));
        let programs = deck_golden(&kind, seed).expect("a kind");
        let drawn = if text("which") == "broken" { programs.broken } else { programs.mended };
        assert_eq!(drawn, code, "{kind} {seed}: draw it again for PyTorch");
        let run = run(&code, 5_000_000, None);
        assert_eq!((&run.refused, &run.stopped), (&None, &None), "{kind} {seed}");
        assert_eq!(run.stdout, text("stdout"), "{kind} {seed}");
        let raised =
            run.raised.as_ref().map(|it| (it.kind.as_str(), it.message.as_str(), u64::from(it.line)));
        let wanted = answer["raised"].as_object().map(|it| {
            let text = |name: &str| it[name].as_str().expect("a text");
            (text("kind"), text("message"), it["line"].as_u64().expect("a line"))
        });
        assert_eq!(raised, wanted, "{kind} {seed}\n{code}");
        for (name, tensor) in answer["tensors"].as_object().expect("tensors") {
            let made = run.names.iter().find(|value| value.name == *name).expect(name);
            let data = &made.values.as_ref().expect("elements").data;
            for (at, wanted) in tensor["data"].as_array().expect("elements").iter().enumerate() {
                let wanted = wanted.as_f64().expect("a number");
                assert!(
                    (data[at] - wanted).abs() < 1e-5,
                    "{kind} {seed} {name}[{at}]: {} {wanted}",
                    data[at]
                );
            }
        }
        seen.insert(kind);
    }
    assert_eq!(seen.len(), deck_kinds().len(), "every kind was asked of PyTorch");
}
