//! The answer keys, executed: what the bank says of code is what the core says.

use gru_playground::call as release;
use gru_playground::call::Release;
use gru_playground::cost::Cost;
use gru_playground::gru::{Gru, GruConfig};
use gru_playground::quiz::schema::{Bank, PlainCall, Question, Run};
use gru_playground::quiz::{BANK, compute, constant, schema};
use gru_playground::rng::TorchGenerator;
use ndarray::ArrayD;

#[allow(dead_code)]
#[path = "../../crate/quiz/build/bank.rs"]
mod bank;
#[path = "../../crate/quiz/build/check.rs"]
mod check;

const TOML: &str = include_str!("../../crate/quiz/src/bank.toml");
const DOCS: &str = include_str!("../../docs/quiz.md");

fn question(id: &str) -> &'static Question {
    BANK.find(id).expect("a question of this id").1
}

fn torch_size(shape: &[impl ToString]) -> String {
    let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
    format!("torch.Size([{}])", sizes.join(", "))
}

/// The shapes of `out`, `h_n` and the parameters of a legal call, by running it.
fn forward(call: &PlainCall) -> Vec<(String, String)> {
    let size = |size: i64| u64::try_from(size).expect("checked by the build");
    let config = GruConfig {
        num_layers: call.num_layers.map_or(1, size),
        bias: call.bias.unwrap_or(true),
        batch_first: call.batch_first.unwrap_or(false),
        dropout: call.dropout.unwrap_or(0.0),
        bidirectional: call.bidirectional.unwrap_or(false),
        ..GruConfig::new(size(call.input_size), size(call.hidden_size))
    };
    let zeros = |shape: &[i64]| {
        let sizes: Vec<usize> =
            shape.iter().map(|size| usize::try_from(*size).expect("checked by the build")).collect();
        ArrayD::<f32>::zeros(sizes)
    };
    let gru = Gru::<f32>::new(config, &mut TorchGenerator::new(0)).expect("a legal module");
    let h_0 = call.h_0.map(|h_0| zeros(&h_0));
    let output =
        gru.forward(zeros(&call.input).view(), h_0.as_ref().map(|h_0| h_0.view())).expect("a legal call");
    let results = [("out.shape", output.output.shape()), ("h_n.shape", output.h_n.shape())];
    let results = results.map(|(name, shape)| (name.to_owned(), torch_size(shape)));
    let parameters =
        gru.state_dict().map(|(name, tensor)| (format!("gru.{name}.shape"), torch_size(tensor.shape())));
    results.into_iter().chain(parameters).collect()
}

/// What the core says of a run is what the bank says of it.
fn hold(run: &Run) {
    let computed = compute(run);
    assert_eq!(computed.error.as_deref(), run.raises.map(|raises| raises.0), "{run:?}");
    let printed: Vec<_> = computed.results.iter().map(|line| line.text.clone()).collect();
    let stated: Vec<_> = run.gives.iter().map(|gives| torch_size(&gives.shape)).collect();
    assert_eq!(printed, stated, "{run:?}");
    if run.raises.is_none() {
        let run_through = forward(&run.call);
        for line in computed.results {
            assert!(
                run_through.contains(&(line.expression.clone(), line.text)),
                "{}: {run_through:?}",
                line.expression
            );
        }
    }
}

fn hold_all(bank: &Bank) {
    for question in bank.questions.iter() {
        let proofs = question.options.iter().flat_map(|option| option.proofs.iter());
        question.runs.iter().chain(proofs).for_each(hold);
        let Some(code) = question.code else { continue };
        for option in question.options.iter() {
            let Some(shape) = option.shape else { continue };
            let out = &forward(&code.call)[0].1;
            let is_right = option.id == question.answer;
            assert_eq!(*out == torch_size(&shape), is_right, "{}, {}", question.id, option.id);
        }
    }
}

#[test]
fn every_run_and_proof_of_the_bank_holds() {
    hold_all(&BANK);
    let runs: usize = BANK.questions.iter().map(|question| question.runs.len()).sum();
    assert!(runs >= 7, "the questions about code show what the core computes: {runs}");
}

#[test]
fn a_wrong_key_is_found_out() {
    let wrong_banks = [
        ("text = \"(5, 3, 20)\"\nshape = [5, 3, 20]", "text = \"(5, 20, 3)\"\nshape = [5, 20, 3]"),
        ("shape = [5, 3, 20] }", "shape = [5, 3, 40] }"),
        ("tensor = \"h_n\", shape = [3, 4, 20]", "tensor = \"h_n\", shape = [1, 4, 20]"),
        ("Expected 8, got 10\"", "Expected 10, got 8\""),
        ("release = \"1.10.2\"", "release = \"1.11\""),
        ("[4, 10] }\nraises = \"RuntimeError: input must", "[4, 10] }\nraises = \"ValueError: input must"),
        ("tensor = \"weight_ih_l1\", shape = [60, 20]", "tensor = \"weight_ih_l1\", shape = [60, 10]"),
        ("tensor = \"weight_ih_l2\"", "tensor = \"weight_ih_l3\""),
    ];
    for (right, wrong) in wrong_banks {
        assert!(TOML.contains(right), "{right}");
        let bank = bank::read(&TOML.replacen(right, wrong, 1)).expect("the build alone cannot know");
        assert!(std::panic::catch_unwind(|| hold_all(&bank)).is_err(), "{wrong}");
    }
}

#[test]
fn num_layers_leaves_out_as_it_is_and_stacks_h_n() {
    let runs = question("num-layers").runs;
    let (one, three) = (forward(&runs[0].call), forward(&runs[1].call));
    assert_eq!(one[0], three[0], "out");
    assert_eq!(
        (one[1].1.as_str(), three[1].1.as_str()),
        ("torch.Size([1, 4, 20])", "torch.Size([3, 4, 20])")
    );
}

#[test]
fn a_missing_batch_axis_is_named_by_every_release() {
    let debug = question("input-shape");
    let code = debug.code.expect("code").call;
    let said = |call: &PlainCall, release: Release| {
        let diagnosis = gru_playground::diagnostic::diagnose(&call.on(release));
        diagnosis.error().map(|error| error.message.clone()).unwrap_or_default()
    };
    let minors =
        |major, minors: std::ops::RangeInclusive<u16>| minors.map(move |minor| Release::new(major, minor, 0));
    for release in minors(1, 7..=10).chain([Release::new(1, 7, 1), Release::new(1, 10, 2)]) {
        assert_eq!(said(&code, release), "input must have 3 dimensions, got 2", "{release}");
    }
    for release in minors(1, 11..=13).chain(minors(2, 0..=15)) {
        let symptom = "input.size(-1) must be equal to input_size. Expected 8, got 10";
        assert_eq!(said(&code, release), symptom, "{release}");
    }
    // No wrong option mends the code in any release: its proof's call raises everywhere.
    for option in debug.options.iter().filter(|option| option.id != debug.answer) {
        let call = option.proofs[0].call;
        for release in minors(1, 7..=13).chain(minors(2, 0..=15)) {
            assert!(!said(&call, release).is_empty(), "{} on {release}", option.id);
        }
    }
}

#[test]
fn a_gru_has_three_times_the_parameters_of_a_simple_rnn() {
    let (input, hidden) = (10, 20);
    let gru = Cost::of(&GruConfig::new(input, hidden), 1, 1, 4).parameters;
    let rnn = hidden * (input + hidden) + 2 * hidden;
    assert_eq!(gru.to_u64(), Some(3 * rnn));
    let fewer = question("why-gru").option("fewer-parameters").expect("an option").reply.expect("a reply");
    assert!(fewer.contains("three times as many"));
}

#[test]
fn the_smallest_question_of_the_docs_is_sound() {
    let example =
        DOCS.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let bank = bank::read(&format!("{TOML}\n{example}")).expect("the docs show a sound question");
    assert_eq!(bank.questions.len(), BANK.questions.len() + 1);
    hold_all(&bank);
}
