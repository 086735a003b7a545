//! The doctor is held to runs that it was not tuned on: other tasks and other seeds, made and labelled by
//! `examples/doctor_runs.rs`, which also recorded what came of its advice.

use gru_playground_train::{
    DoctorReport, Finding, Lesson, RunRecord, Setup, Task, TrainingValidation, Verdict,
};
use serde_json::{Value, json};

struct Labelled {
    label: Value,
    tried: Value,
    run: RunRecord,
}

fn held_out() -> Vec<Labelled> {
    let lines = include_str!("doctor_held_out.jsonl").lines();
    lines
        .map(|line| {
            let mut record: Value = serde_json::from_str(line).expect("JSON");
            let [label, tried, run] = ["label", "tried", "run"].map(|key| record[key].take());
            Labelled { label, tried, run: serde_json::from_value(run).expect("a run") }
        })
        .collect()
}

#[test]
fn nine_of_ten_runs_that_it_was_not_tuned_on_are_named_as_their_labels_name_them() {
    let runs = held_out();
    assert!(runs.len() >= 60, "{} runs", runs.len());
    let wrong: Vec<String> = runs
        .iter()
        .filter_map(|Labelled { label, run, .. }| {
            let found = json!(Finding::of(run).verdict);
            (found != *label).then(|| format!("{label} named {found}: {:?}", run.setup))
        })
        .collect();
    assert!(10 * wrong.len() <= runs.len(), "{} of {}:\n{}", wrong.len(), runs.len(), wrong.join("\n"));
}

#[test]
fn no_cure_of_which_it_is_sure_is_wrong() {
    let mut sure = 0;
    for Labelled { label, tried, run } in held_out() {
        let advice = Finding::of(&run).advice;
        let code = advice.as_ref().map(|advice| advice.help.code.clone());
        assert_eq!(json!(code), tried["code"], "the advice is the one whose outcome was recorded: {label}");
        if advice.is_some_and(|advice| advice.sure) {
            sure += 1;
            assert_eq!(tried["helped"], true, "{label}: {code:?} of {:?}", run.setup);
        }
    }
    assert!(sure >= 20, "it is sure of {sure}");
}

#[test]
fn every_finding_is_explained_in_one_to_three_sentences_with_evidence_within_the_run() {
    for Labelled { run, .. } in held_out() {
        let Finding { title, sentences, evidence, .. } = Finding::of(&run);
        assert!((1..=3).contains(&sentences.len()), "{title}: {sentences:?}");
        assert!(!evidence.is_empty(), "{title}");
        for seen in evidence {
            assert!(seen.from <= seen.to && seen.to <= run.losses.len() as u64, "{title}: {seen:?}");
        }
    }
}

fn run(name: &str, setup: &Setup) -> RunRecord {
    let mut lesson = Lesson::new(setup).expect("a setup that runs");
    let (mut losses, mut grad_norms, mut validation) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..setup.steps {
        let step = lesson.step().expect("finite numbers");
        losses.push(step.loss);
        grad_norms.push(step.grad_norm);
        if lesson.validates() {
            let told = lesson.validate().expect("it fits");
            validation.push(TrainingValidation {
                steps: lesson.steps(),
                loss: told.loss,
                accuracy: told.accuracy,
            });
        }
    }
    RunRecord { name: name.to_owned(), setup: setup.clone(), losses, grad_norms, validation, broke: None }
}

#[test]
fn a_run_that_early_stopping_ended_is_not_over_too_early() {
    let setup = Setup {
        task: Task::Recall,
        fresh: false,
        batch: 32,
        train_size: Some(32),
        seq_len: 6,
        patience: Some(6),
        steps: 300,
        ..Setup::default()
    };
    let mut stopped = run("A", &setup);
    // Training loss has begun to fall below what validation stays at; no more steps would be taken.
    stopped.losses.truncate(60);
    stopped.grad_norms.truncate(60);
    stopped.validation.truncate(12);
    let finding = Finding::of(&stopped);
    assert_eq!(finding.verdict, Verdict::Overfits, "{finding:?}");
    assert!(finding.sentences[0].starts_with("Early stopping kept the model"), "{:?}", finding.sentences);
    let advice = finding.advice.expect("a cure");
    assert!(!matches!(advice.help.change, gru_playground_train::Change::Steps(_)), "{advice:?}");
}

#[test]
fn what_did_not_help_is_said_not_to_have_helped() {
    let setup =
        Setup { task: Task::Recall, fresh: false, batch: 16, seq_len: 6, steps: 100, ..Setup::default() };
    let overfit = run("A", &setup);
    assert_eq!(Finding::of(&overfit).verdict, Verdict::Overfits);
    let same = run("B", &Setup { clip_grad_norm: Some(1e6), ..setup.clone() });
    let comparison = DoctorReport::of(&same, Some(&overfit)).comparison.expect("of one task");
    assert_eq!((comparison.helped, comparison.parted.step), (None, None));
    assert!(
        comparison.sentences[0].starts_with("It did not help. A: validation loss"),
        "{:?}",
        comparison.sentences
    );
    assert_eq!(comparison.parted.text, "A and B are the same in all 100 training steps that both took.");

    let decayed = run("B", &Setup { weight_decay: 1e-3, ..setup });
    let parted = DoctorReport::of(&decayed, Some(&overfit)).comparison.expect("of one task").parted;
    // The first loss is that of the same weights; the second is after a step with decay.
    assert_eq!(parted.step, Some(2));
    let other = run("B", &Setup { steps: 20, ..Setup::default() });
    assert_eq!(DoctorReport::of(&other, Some(&overfit)).comparison, None);
}

#[test]
fn the_goal_is_a_run_that_overfits_and_then_its_cure() {
    let setup =
        Setup { task: Task::Recall, fresh: false, batch: 16, seq_len: 6, steps: 100, ..Setup::default() };
    let overfit = run("A", &setup);
    let goal = |run: &RunRecord, before: Option<&RunRecord>| DoctorReport::of(run, before).goal;
    let first = goal(&overfit, None);
    assert!(!first.reached && first.missing[0].starts_with("A overfits. Change one thing"), "{first:?}");

    let cured = run("B", &Setup { fresh: true, batch: 64, lr: 0.02, steps: 200, ..setup.clone() });
    assert_eq!(Finding::of(&cured).verdict, Verdict::Learned);
    let reached = goal(&cured, Some(&overfit));
    assert_eq!((reached.reached, reached.words.as_str()), (true, "Reached: A overfits, and B is cured."));
    assert!(reached.missing.is_empty());

    // Attempts that fail: no run overfitted before, nothing changed, an easier question, another task.
    assert_eq!(goal(&cured, None).missing, ["No run before this one overfits."]);
    assert_eq!(goal(&cured, Some(&cured)).missing, ["No run before this one overfits."]);
    assert!(!goal(&run("B", &setup), Some(&overfit)).reached);
    let mut easier = cured.clone();
    easier.setup.seq_len = 3;
    assert!(goal(&easier, Some(&overfit)).missing[0].contains("an easier question"));
    let mut other = cured;
    other.setup.task = Task::Adding;
    assert!(!goal(&other, Some(&overfit)).reached);
}
