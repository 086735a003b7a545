//! The room of memory: who remembers, how its numbers agree with `PyTorch`'s, and what is said of an order and of the goal.

use gru_playground_train::{
    MemoryCell, MemoryOutcome, MemoryPlan, MemoryReport, MemoryRun, MemorySetup, SetupError,
};
use serde_json::Value;

fn outcome(setup: &MemorySetup, cell: MemoryCell, number: u64) -> MemoryOutcome {
    MemoryRun::new(setup, cell, number).and_then(MemoryRun::finish).expect("a setup that runs")
}

/// What a cell would leave that is right so often from each seed.
fn told(cell: MemoryCell, accuracies: &[f32]) -> Vec<MemoryOutcome> {
    let outcome = |(number, &accuracy)| MemoryOutcome {
        cell,
        number,
        accuracy,
        validation: Vec::new(),
        broken: None,
        inside: None,
    };
    (0..).zip(accuracies).map(outcome).collect()
}

fn at(seq_len: u64) -> MemorySetup {
    MemorySetup { seq_len, ..MemorySetup::default() }
}

#[test]
fn at_distance_30_an_rnn_guesses_and_an_open_gru_remembers_from_every_seed_that_is_shown() {
    let setup = at(30);
    let train = |cell| -> Vec<MemoryOutcome> {
        (0..setup.seeds).map(|number| outcome(&setup, cell, number)).collect()
    };
    let [rnn, open] = [MemoryCell::Rnn, MemoryCell::GruOpen].map(train);
    for outcome in &rnn {
        assert!(outcome.accuracy <= 0.25, "seed {}: {}", outcome.number, outcome.accuracy);
    }
    for outcome in &open {
        assert!(outcome.accuracy > 0.9, "seed {}: {}", outcome.number, outcome.accuracy);
    }
    let report = MemoryReport::of(&setup, &[], &[rnn, open].concat());
    assert!(report.goal.reached, "{:?}", report.goal);
}

#[test]
fn the_gradient_by_the_state_of_each_step_is_that_of_pytorch() {
    let records = include_str!("../../../tests/golden/memory/over_time.jsonl");
    assert_eq!(records.lines().count(), 4);
    for record in records.lines() {
        let record: Value = serde_json::from_str(record).expect("JSON");
        let setup: MemorySetup = serde_json::from_value(record["setup"].clone()).expect("a setup");
        let cell: MemoryCell = serde_json::from_value(record["cell"].clone()).expect("a cell");
        let inside = outcome(&setup, cell, 0).inside.expect("the first seed is looked into");
        assert_eq!(serde_json::json!(inside.tokens), record["tokens"], "{cell:?}");
        let expected = record["before"].as_array().expect("numbers");
        assert_eq!(inside.before.len(), expected.len());
        for (step, (got, expected)) in inside.before.iter().zip(expected).enumerate() {
            let expected = expected.as_f64().expect("a number");
            assert!((got / expected - 1.0).abs() < 1e-4, "{cell:?} at {step}: {got}, not {expected}");
        }
        assert_eq!(inside.states.len(), 16 * expected.len());
    }
}

#[test]
fn an_open_gate_lets_the_gradient_through_before_anything_is_learned() {
    let setup = MemorySetup { steps: 5, ..at(20) };
    let first = |cell| outcome(&setup, cell, 0).inside.expect("looked into").before[0];
    let [shut, open] = [MemoryCell::Gru, MemoryCell::GruOpen].map(first);
    assert!(open > 0.1 && shut < 1e-3, "{open}, {shut}");
}

#[test]
fn only_the_first_seed_is_looked_into() {
    let setup = MemorySetup { steps: 5, ..at(4) };
    let inside = [0, 1].map(|number| outcome(&setup, MemoryCell::Lstm, number).inside);
    let [Some(first), None] = inside else { panic!("the first alone") };
    assert_eq!((first.letter, first.states.len(), first.after.len()), ('c', 4 * 16, 4));
    assert!((0.0..=1.0).contains(&first.probability) && first.answer < 8);
}

#[test]
fn cells_that_know_about_as_much_share_a_place() {
    let outcomes = [
        told(MemoryCell::Rnn, &[0.10, 0.14, 0.12]),
        told(MemoryCell::Gru, &[0.15, 0.9, 0.11]),
        told(MemoryCell::GruOpen, &[1.0, 1.0, 0.2]),
        told(MemoryCell::Lstm, &[0.5, 0.6]),
    ];
    let report = MemoryReport::of(&at(20), &[], &outcomes.concat());
    let seen: Vec<_> = report.standings.iter().map(|it| (it.cell, it.place, it.words)).collect();
    assert_eq!(
        seen,
        [
            (MemoryCell::Rnn, 3, "guesses"),
            (MemoryCell::Gru, 3, "guesses"),
            (MemoryCell::GruOpen, 1, "remembers"),
            (MemoryCell::Lstm, 2, "knows something"),
        ]
    );
    assert!((report.standings[3].median - 0.55).abs() < 1e-6, "the mean of two");
    assert!(report.why.iter().any(|it| it.contains("up to the seed")), "{:?}", report.why);
}

#[test]
fn the_gap_counts_the_pairs_that_differ_and_names_the_largest_surprise() {
    use MemoryCell::{Gru, GruOpen, Lstm, MinGru, Rnn};
    let outcomes =
        [told(Rnn, &[0.1]), told(Gru, &[0.12]), told(GruOpen, &[1.0]), told(Lstm, &[0.5])].concat();
    let gap = |ranking: &[MemoryCell]| MemoryReport::of(&at(20), ranking, &outcomes).gap;

    let right = gap(&[GruOpen, MinGru, Lstm, Rnn, Gru]);
    assert_eq!((right.pairs, right.right), (5, 5));
    assert!(right.words.ends_with("You knew who keeps the token."), "{}", right.words);
    assert_eq!(right.moves.iter().map(|it| it.predicted).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(right.moves[3].words, "You said 4th, and it shared place 3: right.");

    let wrong = gap(&[Rnn, Gru, Lstm, GruOpen]);
    assert_eq!((wrong.pairs, wrong.right), (5, 0));
    assert!(wrong.words.contains("Of 5 pairs that differ you had 0"), "{}", wrong.words);
    assert!(wrong.words.contains("GRU, gate +3: you said 4th, and it came 1st"), "{}", wrong.words);
    assert_eq!(wrong.moves[0].words, "You said 1st, and it shared place 3: it kept less than you thought.");

    // An order that names nothing, or a cell twice, is read all the same.
    assert_eq!(gap(&[]).moves.len(), 4);
    assert_eq!(
        gap(&[Lstm, Lstm]).moves.iter().map(|it| it.cell).collect::<Vec<_>>(),
        [Lstm, Rnn, Gru, GruOpen]
    );
    let alone = MemoryReport::of(&at(20), &[], &told(Rnn, &[0.1])).gap;
    assert_eq!((alone.pairs, alone.words.as_str()), (0, "A second cell is needed before there is an order."));
}

#[test]
fn only_reasons_that_the_outcomes_show_are_given() {
    use MemoryCell::{Gru, GruOpen, Lstm, MinGru, Rnn};
    let why = |setup: &MemorySetup, outcomes: &[Vec<MemoryOutcome>]| {
        MemoryReport::of(setup, &[], &outcomes.concat()).why
    };
    let naive = MemorySetup { gate_bias: 0.0, ..at(20) };
    let wins = why(&naive, &[told(Rnn, &[0.25]), told(Gru, &[0.1]), told(GruOpen, &[0.1])]);
    let [wins] = &wins[..] else { panic!("one reason: {wins:?}") };
    assert!(wins.contains("The RNN beats the GRU") && wins.contains("one part in 524 thousand"), "{wins}");

    let others = [told(Lstm, &[0.1]), told(MinGru, &[0.2])].concat();
    let open = [told(Rnn, &[0.1]), told(Gru, &[0.1]), told(GruOpen, &[1.0]), others];
    let seen = why(&at(20), &open);
    let starts = ["The two GRUs", "The RNN has no gate", "The LSTM's forget gate", "The minGRU's gate"];
    assert_eq!(seen.len(), starts.len(), "{seen:?}");
    assert!(seen.iter().zip(starts).all(|(sentence, start)| sentence.starts_with(start)), "{seen:?}");
    assert!(
        seen[0].contains("starts at 0.95") && seen[0].contains("40\u{202f}% of the token's trace"),
        "{seen:?}"
    );
    let biased = why(&MemorySetup { bias_all: true, ..at(20) }, &open);
    assert!(!biased.iter().any(|it| it.contains("LSTM")), "{biased:?}");
    assert_eq!(why(&at(20), &[told(Rnn, &[0.9]), told(Gru, &[0.9])]), Vec::<String>::new());
}

#[test]
fn the_goal_says_what_is_missing_until_nothing_is() {
    use MemoryCell::{Gru, GruOpen, Rnn};
    let goal = |setup: &MemorySetup, outcomes: &[Vec<MemoryOutcome>]| {
        MemoryReport::of(setup, &[], &outcomes.concat()).goal
    };
    let nothing = MemoryPlan::of(&at(20), Rnn).goal;
    assert!(!nothing.reached);
    assert_eq!(
        nothing.missing,
        ["The distance is 20. Set seq_len to 30.", "The RNN is not trained yet.", "No GRU is trained yet.",]
    );
    let knows = goal(&at(30), &[told(Rnn, &[0.93]), told(Gru, &[0.2]), told(GruOpen, &[0.6])]);
    assert_eq!(knows.missing.len(), 2);
    assert!(knows.missing[0].contains("in 93\u{202f}% of its sequences"), "{:?}", knows.missing);
    assert!(knows.missing[1].contains("GRU, gate +3, is right in 60\u{202f}%"), "{:?}", knows.missing);
    assert!(knows.missing[1].ends_with("train for more steps."), "{:?}", knows.missing);
    let shut = MemorySetup { gate_bias: 0.0, ..at(30) };
    let shut = goal(&shut, &[told(Rnn, &[0.1]), told(Gru, &[0.2])]);
    assert!(shut.missing[0].ends_with("open the gate with a larger gate_bias."), "{:?}", shut.missing);
    let near = goal(&at(29), &[told(Rnn, &[0.1]), told(GruOpen, &[1.0])]);
    assert_eq!(near.missing, ["The distance is 29. Set seq_len to 30."]);
    // One seed that fails of three does not count against a median.
    let reached = goal(&at(30), &[told(Rnn, &[0.1, 0.9, 0.2]), told(GruOpen, &[1.0, 0.1, 0.95])]);
    assert!(reached.reached && reached.missing.is_empty());
    assert_eq!(
        reached.words,
        "Reached: at distance 30 the RNN is right in 20\u{202f}%, and GRU, gate +3 in 95\u{202f}%."
    );
}

#[test]
fn what_is_not_offered_is_refused_by_name() {
    let refused = |setup: MemorySetup| setup.validate().expect_err("refused").to_string();
    let plain = MemorySetup::default;
    assert_eq!(refused(MemorySetup { steps: 401, ..plain() }), "steps is from 5 to 400 here, not 401");
    assert_eq!(refused(MemorySetup { seeds: 0, ..plain() }), "seeds is from 1 to 5 here, not 0");
    assert_eq!(refused(MemorySetup { gate_bias: 9.0, ..plain() }), "gate_bias is from -6 to 8 here, not 9");
    let nan = MemorySetup { gate_bias: f64::NAN, ..plain() };
    assert!(matches!(nan.validate(), Err(SetupError::GateBias { .. })));
    let trouble = MemoryPlan::of(&nan, MemoryCell::Gru).trouble.expect("it cannot be run");
    assert_eq!((trouble.settings, trouble.help[0].code.is_empty()), (vec!["gate_bias"], true));
}
