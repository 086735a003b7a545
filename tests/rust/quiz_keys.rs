//! The answer keys, executed: what the bank says of code is what the core says.

use gru_playground::call::Release;
use gru_playground::cost::Cost;
use gru_playground::gru::{Gru, GruConfig, Quantity};
use gru_playground::quiz::schema::{Bank, PlainCall, Question, Run};
use gru_playground::quiz::{BANK, compute};
use gru_playground::rng::{Generator, TorchGenerator};
use ndarray::ArrayD;

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
    let size = |size: i64| u64::try_from(size).expect("checked before");
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
            shape.iter().map(|size| usize::try_from(*size).expect("checked before")).collect();
        ArrayD::<f32>::zeros(sizes)
    };
    let gru = Gru::<f32>::new(config, &mut TorchGenerator::new(0)).expect("a legal module");
    let h_0 = call.h_0.as_ref().map(|h_0| zeros(h_0));
    let output =
        gru.forward(zeros(&call.input).view(), h_0.as_ref().map(|h_0| h_0.view())).expect("a legal call");
    let results = [("out.shape", output.output.shape()), ("h_n.shape", output.h_n.shape())];
    let results = results.map(|(name, shape)| (name.to_owned(), torch_size(shape)));
    let parameters =
        gru.state_dict().map(|(name, tensor)| (format!("gru.{name}.shape"), torch_size(tensor.shape())));
    results.into_iter().chain(parameters).collect()
}

/// What a question asks of a call, by running it: a shape as `PyTorch` prints it, or a count.
fn measured(call: &PlainCall, asks: &str) -> String {
    let shapes = forward(call);
    let sizes = |text: &str| -> Vec<u64> {
        let list = text.trim_start_matches("torch.Size([").trim_end_matches("])");
        list.split(", ").map(|size| size.parse().expect("a size")).collect()
    };
    if asks == "parameters" {
        let parameters = shapes.iter().filter(|(name, _)| name.starts_with("gru."));
        return parameters.map(|(_, text)| sizes(text).iter().product::<u64>()).sum::<u64>().to_string();
    }
    let (tensor, count) = asks.split_once('.').unwrap_or((asks, ""));
    let names = [format!("{tensor}.shape"), format!("gru.{tensor}.shape")];
    let (_, shape) = shapes.iter().find(|(name, _)| names.contains(name)).expect("a tensor of the call");
    let axis = count.trim_start_matches("size(").trim_end_matches(')').parse::<usize>();
    match (count, axis) {
        ("", _) => shape.clone(),
        (_, Ok(axis)) => sizes(shape)[axis].to_string(),
        _ => sizes(shape).iter().product::<u64>().to_string(),
    }
}

/// What the core says of a run is what the bank says of it.
fn hold(run: &Run) {
    let computed = compute(run);
    assert_eq!(computed.error.as_deref(), run.raises.as_deref(), "{run:?}");
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
    for question in &bank.questions {
        let proofs = question.options.iter().flat_map(|option| option.proofs.iter());
        question.runs.iter().chain(proofs).for_each(hold);
        let Some(code) = &question.code else { continue };
        let asks = question.asks.as_deref().unwrap_or("out");
        for option in &question.options {
            let shape = option.shape.as_ref().map(|shape| torch_size(shape));
            let Some(stated) = shape.or(option.count.map(|count| count.to_string())) else { continue };
            let is_right = option.id == question.answer;
            assert_eq!(measured(&code.call, asks) == stated, is_right, "{}, {}", question.id, option.id);
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
        let bank = Bank::read(&TOML.replacen(right, wrong, 1)).expect("the check alone cannot know");
        assert!(std::panic::catch_unwind(|| hold_all(&bank)).is_err(), "{wrong}");
    }
}

#[test]
fn num_layers_leaves_out_as_it_is_and_stacks_h_n() {
    let runs = &question("num-layers").runs;
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
    let code = &debug.code.as_ref().expect("code").call;
    let said = |call: &PlainCall, release: Release| {
        let diagnosis = gru_playground::diagnostic::diagnose(&call.on(release));
        diagnosis.error().map(|error| error.message.clone()).unwrap_or_default()
    };
    let minors =
        |major, minors: std::ops::RangeInclusive<u16>| minors.map(move |minor| Release::new(major, minor, 0));
    for release in minors(1, 7..=10).chain([Release::new(1, 7, 1), Release::new(1, 10, 2)]) {
        assert_eq!(said(code, release), "input must have 3 dimensions, got 2", "{release}");
    }
    for release in minors(1, 11..=13).chain(minors(2, 0..=15)) {
        let last_axis = "input.size(-1) must be equal to input_size. Expected 8, got 10";
        assert_eq!(said(code, release), last_axis, "{release}");
    }
    // Since 1.11, 8 features are enough: the message then names the cause, up to 1.10 the missing axis is one.
    let alone = debug.runs.iter().filter(|run| run.call.input == [4, 8]);
    let by_release: Vec<_> = alone.map(|run| (run.release.as_deref(), run.raises.is_none())).collect();
    assert_eq!(by_release, [(Some("1.10.2"), false), (None, true)]);
    let eight = PlainCall { input: vec![4, 8], ..code.clone() };
    for release in minors(1, 7..=13).chain(minors(2, 0..=15)) {
        assert_eq!(said(&eight, release).is_empty(), release >= Release::new(1, 11, 0), "{release}");
    }
    assert!(
        debug.explanation.contains("Since 1.11") && debug.explanation.contains("`torch.randn(4, 8)` runs")
    );
    assert!(!debug.explanation.contains("symptom"), "since 1.11 the last axis is all that stops the call");
    // No wrong option mends the code in any release: its proof's call raises everywhere.
    for option in debug.options.iter().filter(|option| option.id != debug.answer) {
        let call = &option.proofs[0].call;
        for release in minors(1, 7..=13).chain(minors(2, 0..=15)) {
            assert!(!said(call, release).is_empty(), "{} on {release}", option.id);
        }
    }
}

/// With the playground's seed: the weights, then the input.
#[test]
fn where_the_learner_is_sent_z_comes_near_1_and_keeps_the_state() {
    let again = &question("why-gru").again;
    let call = again.call.as_ref().expect("a call");
    let mut generator = TorchGenerator::new(0);
    let config = GruConfig::new(call.input_size as u64, call.hidden_size as u64);
    let gru = Gru::<f32>::new(config, &mut generator).expect("a legal module");
    let mut input = ArrayD::zeros(call.input.iter().map(|&size| size as usize).collect::<Vec<_>>());
    generator.fill_normal(input.as_slice_mut().expect("contiguous"));
    let trace = gru.forward_traced(input.view(), None).expect("a legal call").trace.expect("a trace");
    let [z, h] = [Quantity::Z, Quantity::H].map(|of| trace.get(0, false, of).expect("of layer 0"));
    let sample = |t: usize, unit: usize| (z[[t, 0, unit]], h[[t - 1, 0, unit]], h[[t, 0, unit]]);
    let near: Vec<_> = (1..call.input[0] as usize)
        .flat_map(|t| (0..call.hidden_size as usize).map(move |unit| (t, unit)))
        .map(|(t, unit)| sample(t, unit))
        .filter(|&(z, ..)| z > 0.95)
        .collect();
    assert!(near.len() >= 5 && near.iter().any(|&(z, ..)| z > 0.99), "{near:?}");
    // |h' - h| = (1 - z) |n - h| < 0.05 * 2.
    assert!(near.iter().all(|&(_, before, after)| (after - before).abs() < 0.1), "{near:?}");
    assert!(again.text.contains("where it is near 1, the old state is kept"), "{}", again.text);
}

#[test]
fn a_gru_has_three_times_the_parameters_of_a_simple_rnn() {
    let (input, hidden) = (10, 20);
    let gru = Cost::of(&GruConfig::new(input, hidden), 1, 1, 4).parameters;
    let rnn = hidden * (input + hidden) + 2 * hidden;
    assert_eq!(gru.to_u64(), Some(3 * rnn));
    let fewer =
        question("why-gru").option("fewer-parameters").expect("an option").reply.as_deref().expect("a reply");
    assert!(fewer.contains("three times as many"));
}

fn example() -> &'static str {
    DOCS.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example")
}

#[test]
fn the_smallest_question_of_the_docs_is_sound() {
    let bank = Bank::read(&format!("{TOML}\n{}", example())).expect("the docs show a sound question");
    assert_eq!(bank.questions.len(), BANK.questions.len() + 1);
    hold_all(&bank);
}

/// The smallest question with `h_n`'s shapes turned into another measure of the same call.
fn example_with(asks: &str, field: &str, options: [&str; 3]) -> String {
    let shapes = ["1, 3, 6", "3, 1, 6", "3, 5, 6"];
    let turned = example().replace("asks = \"h_n\"", &format!("asks = {asks:?}"));
    shapes.iter().zip(options).fold(turned, |text, (shape, option)| {
        let was = format!("text = \"({shape})\"\nshape = [{shape}]");
        assert!(text.contains(&was), "{was}");
        text.replace(&was, &format!("text = \"{option}\"\n{field} = {}", option.replace(',', "")))
    })
}

#[test]
fn a_wrong_key_between_counts_is_found_out() {
    // The first option is the answer. nn.GRU(4, 6): 3 * (6 * 4 + 6 * 6 + 6 + 6) parameters.
    let counts = [
        ("parameters", ["216", "180", "54"]),
        ("h_n.numel()", ["18", "90", "6"]),
        ("h_n.size(0)", ["1", "3", "6"]),
        ("weight_ih_l0.size(0)", ["18", "6", "4"]),
        ("out.numel()", ["90", "18", "6"]),
    ];
    let held = |question: &str| {
        let bank = Bank::read(&format!("{TOML}\n{question}")).expect("the check alone cannot know");
        std::panic::catch_unwind(|| hold_all(&bank)).is_ok()
    };
    for (asks, [right, wrong, other]) in counts {
        assert!(held(&example_with(asks, "count", [right, wrong, other])), "{asks}: {right}");
        assert!(!held(&example_with(asks, "count", [wrong, right, other])), "{asks}: {wrong}");
    }
    assert!(!held(&example().replace("asks = \"h_n\"\n", "")), "these are no shapes of out");
}

#[test]
fn a_shape_or_count_that_could_not_be_executed_is_refused_before() {
    let said = |question: &str| Bank::read(&format!("{TOML}\n{question}")).expect_err(question);
    let bare = |text: &str| {
        let all = ["1, 3, 6", "3, 1, 6", "3, 5, 6"];
        all.iter().fold(example().replace("asks = \"h_n\"\n", ""), |question, shape| {
            question.replace(&format!("\nshape = [{shape}]"), "").replace(
                &format!("\"({shape})\""),
                &format!("{:?}", text.replace('#', &shape.replace(", ", ""))),
            )
        })
    };
    for text in ["#", "#,000", "# parameters", "`#`"] {
        let said = said(&bare(text));
        assert!(said.contains("`text` begins with a count, but `count` is missing"), "{text}: {said}");
    }
    for text in ["(#, 6)", "(#,)", "`torch.Size([#, 6])`", "[#]"] {
        let said = said(&bare(text));
        assert!(said.contains("`text` is a shape, but `shape` is missing"), "{text}: {said}");
    }
    Bank::read(&format!("{TOML}\n{}", bare("It stacks # layers."))).expect("a sentence is not executed");
    let wrong = example_with("parameters", "count", ["216", "180", "54"]);
    let cases = [
        (
            wrong.replace("count = 216", "count = 217"),
            "`text` is \"216\", but does not begin with the `count`, 217",
        ),
        (
            wrong.replace("asks = \"parameters\"", "asks = \"h_n\""),
            "the options have a `count`, but `asks` is \"h_n\"",
        ),
        (
            example().replace("asks = \"h_n\"", "asks = \"parameters\""),
            "the options have a `shape`, but `asks` is",
        ),
        (
            example().replace("asks = \"h_n\"", "asks = \"h_n.len()\""),
            "`asks` \"h_n.len()\" is neither a tensor nor",
        ),
        (
            bare("Sentence #.").replace("answer =", "asks = \"h_n\"\nanswer ="),
            "state neither a `shape` nor a `count`",
        ),
    ];
    for (question, expected) in cases {
        let said = said(&question);
        assert!(said.contains(expected), "{expected}: {said}");
    }
}
