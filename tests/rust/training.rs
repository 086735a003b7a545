//! A learner's training run: the script that is shown, and the numbers that it gives in real `PyTorch`.

use std::path::Path;

use gru_playground::diagnostic::Severity;
use gru_playground::py::CodeLine;
use gru_playground::train::training_script;
use gru_playground::train::{
    Change, Examples, Lesson, OptimizerName, Setup, SetupError, Task, TrainError, TrainStep, Trouble,
    Validation,
};
use proptest::prelude::*;
use serde_json::Value;

fn records() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/scripts/training.jsonl");
    let text = std::fs::read_to_string(path).expect("the records");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn setup(record: &Value) -> Setup {
    let mut setup = serde_json::to_value(Setup::default()).expect("a setup");
    for (name, value) in record["setup"].as_object().expect("settings") {
        assert!(setup.get(name).is_some(), "{name} is a setting");
        setup[name] = value.clone();
    }
    serde_json::from_value(setup).expect("a setup")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn run(setup: &Setup) -> (Vec<TrainStep<f32>>, Vec<Validation>) {
    let mut lesson = Lesson::new(setup).expect("a setup that runs");
    let (mut steps, mut validations) = (Vec::new(), Vec::new());
    while lesson.steps() < setup.steps && !lesson.stops_early() {
        steps.push(lesson.step().expect("finite numbers"));
        if lesson.validates() {
            validations.push(lesson.validate().expect("it fits"));
        }
    }
    if setup.patience.is_none() {
        assert_eq!(lesson.steps(), setup.steps);
    }
    (steps, validations)
}

/// The step of the lowest validation loss; as in Python, the first of several.
fn best_of(validations: &[Validation]) -> (u64, f64) {
    let losses = validations.iter().map(|validation| f64::from(validation.loss)).enumerate();
    let (place, loss) = losses.min_by(|(_, a), (_, b)| a.total_cmp(b)).expect("validations");
    (5 * (place as u64 + 1), loss)
}

fn script(setup: &Setup) -> Vec<String> {
    training_script(setup).iter().map(CodeLine::text).collect()
}

fn assert_close(got: impl IntoIterator<Item = f32>, expected: &[f64], what: &str) {
    let got: Vec<f64> = got.into_iter().map(f64::from).collect();
    assert_eq!(got.len(), expected.len(), "{what}");
    for (place, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got / expected - 1.0).abs() <= 1e-4, "{what}[{place}]: {got}, not {expected}");
    }
}

#[test]
fn every_script_is_the_one_that_was_run_and_gives_our_numbers() {
    let records = records();
    assert!(records.len() > Task::ALL.len() * OptimizerName::ALL.len());
    for record in &records {
        let id = record["id"].as_str().expect("a name");
        let setup = setup(record);
        let expected: Vec<&str> =
            record["script"].as_array().expect("lines").iter().filter_map(Value::as_str).collect();
        assert_eq!(script(&setup), expected, "{id}");

        let (steps, validations) = run(&setup);
        assert_close(
            steps.iter().map(|step| step.loss),
            &numbers(&record["losses"]),
            &format!("{id} losses"),
        );
        let losses = validations.iter().map(|validation| validation.loss);
        assert_close(losses, &numbers(&record["validation"]), &format!("{id} validation"));
        if let Some(best) = record["best"].as_array() {
            assert_eq!(best[0].as_u64(), Some(best_of(&validations).0), "{id} best step");
            assert_close(
                [best_of(&validations).1 as f32],
                &numbers(&record["best"])[1..],
                &format!("{id} best"),
            );
        }
        let last = validations.last().expect("30 steps");
        assert_eq!(last.accuracy.map(f64::from), record["accuracy"].as_f64(), "{id} accuracy");
        let predictions = record["predictions"].as_array().expect("rows").iter().flat_map(numbers);
        for (&got, expected) in last.predictions.iter().zip(predictions) {
            assert!((f64::from(got) - expected).abs() < 2e-4, "{id}: {got}, not {expected}");
        }
    }
}

#[test]
fn every_task_is_learned_far_beyond_chance() {
    for task in Task::ALL {
        let setup = Setup { task, seq_len: 4, batch: 32, lr: 0.05, steps: 150, ..Setup::default() };
        let (steps, validations) = run(&setup);
        let last = validations.last().expect("validations");
        assert!(f64::from(last.loss) < 0.1 * task.chance_loss(), "{task:?}: {}", last.loss);
        assert!(last.accuracy.is_none_or(|accuracy| accuracy > 0.95), "{task:?}: {:?}", last.accuracy);
        assert_eq!(last.accuracy.is_some(), task.chance_accuracy().is_some());
        // It starts near chance: what it then knows is learned.
        assert!(f64::from(steps[0].loss) > 0.5 * task.chance_loss(), "{task:?}: {}", steps[0].loss);
    }
}

#[test]
fn a_few_sequences_are_learned_by_heart_and_nothing_else() {
    let setup = Setup { batch: 8, fresh: false, ..Setup::default() };
    let (steps, validations) = run(&setup);
    let (loss, validation) = (steps.last().expect("steps").loss, validations.last().expect("some").loss);
    assert!(loss < 1e-3 && f64::from(validation) > 0.9 * setup.task.chance_loss(), "{loss}, {validation}");
}

#[test]
fn what_stops_early_keeps_the_model_of_its_best_step() {
    let setup = Setup {
        task: Task::Recall,
        train_size: Some(24),
        fresh: false,
        seq_len: 5,
        batch: 12,
        patience: Some(6),
        ..Setup::default()
    };
    let mut lesson = Lesson::new(&setup).expect("a setup that runs");
    assert!(lesson.best().is_none());
    let mut validations = Vec::new();
    while !lesson.stops_early() {
        lesson.step().expect("finite numbers");
        if lesson.validates() {
            validations.push(lesson.validate().expect("it fits"));
        }
    }
    let (step, _) = best_of(&validations);
    let best = lesson.best().expect("one is kept");
    assert_eq!((lesson.steps(), best.steps), (step + 5 * 6, step));
    // The same run, stopped there, has the very same model.
    let mut again = Lesson::new(&setup).expect("the same");
    (0..step).for_each(|_| drop(again.step()));
    again.validate().expect("it fits");
    let kept = again.best().expect("the first is the best");
    assert_eq!((&kept.model, &kept.validation), (&best.model, &best.validation));
}

#[test]
fn every_epoch_takes_each_sequence_once() {
    // Nine sequences, four in a batch: 4, 4, 1, and shuffled anew. As one batch each they lose what their mean loses.
    let plain = Setup { fresh: false, batch: 9, lr: 0.0, steps: 3, ..Setup::default() };
    let whole = run(&plain).0;
    let parts = run(&Setup { train_size: Some(9), batch: 4, steps: 6, ..plain }).0;
    for epoch in parts.chunks_exact(3) {
        let mean = epoch.iter().zip([4.0, 4.0, 1.0]).map(|(step, n)| step.loss * n).sum::<f32>() / 9.0;
        assert!((mean / whole[0].loss - 1.0).abs() < 1e-5, "{mean}, not {}", whole[0].loss);
    }
    assert!((parts[0].loss - parts[3].loss).abs() > 1e-6, "the second epoch has another order");
}

#[test]
#[expect(clippy::float_cmp, reason = "marks and classes are copied whole numbers")]
fn examples_are_what_the_targets_follow_from() {
    for task in Task::ALL {
        let setup = Setup { task, ..Setup::default() };
        let Examples { x, y } = Examples::of(&setup, 5).expect("a setup that runs");
        let features = x.len() / (5 * setup.seq_len as usize);
        assert_eq!(y.len(), 5);
        for (x, &y) in x.chunks_exact(setup.seq_len as usize * features).zip(&y) {
            match task {
                Task::Recall => assert_eq!(x[0], y),
                Task::Adding => {
                    let marked: Vec<f32> =
                        x.chunks_exact(2).filter(|step| step[1] == 1.0).map(|step| step[0]).collect();
                    assert_eq!((marked.len(), marked.iter().sum::<f32>()), (2, y));
                }
                Task::Order => {
                    let place = |mark: f32| x.iter().position(|&value| value == mark).expect("a mark");
                    assert_eq!(place(1.0) < place(-1.0), y == 1.0);
                }
                Task::Sine => {
                    // sin(a + s) = 2 cos(s) sin(a) - sin(a - s), and cos(s) from the three steps before.
                    let [a, b, c] = [x[0], x[1], x[2]].map(f64::from);
                    let twice_cos = (a + c) / b;
                    let next = twice_cos * f64::from(x[9]) - f64::from(x[8]);
                    assert!((next - f64::from(y)).abs() < 1e-3, "{next}, not {y}");
                }
            }
        }
        assert_eq!(Examples::of(&setup, 1000).expect("the same").y.len(), 64);
    }
}

fn diverging() -> Setup {
    Setup {
        optimizer: OptimizerName::SGD,
        lr: 10.0,
        batch: 8,
        hidden_size: 4,
        steps: 100,
        ..Setup::default()
    }
}

/// Runs to the end or to what stops it.
fn stop(setup: &Setup) -> Result<(), TrainError> {
    let mut lesson = Lesson::new(setup).expect("a setup that runs");
    (0..setup.steps).try_for_each(|_| lesson.step().map(|_| ()))
}

#[test]
fn what_diverges_is_told_with_its_step_and_every_fix_mends_it() {
    for task in [Task::Adding, Task::Sine] {
        let setup = Setup { task, ..diverging() };
        let error = stop(&setup).expect_err("it diverges");
        let trouble = Trouble::of_run(&setup, &error);
        assert_eq!((trouble.code, trouble.severity), ("not-finite", Severity::Error));
        assert!(trouble.message.contains("inf at step"), "{}", trouble.message);
        assert_eq!(trouble.settings, ["lr"]);
        let fixes: Vec<&str> = trouble.help.iter().map(|help| help.code.as_str()).collect();
        assert_eq!(fixes, ["lr=0.1", "max_norm=1"]);
        for help in trouble.help {
            assert_eq!(stop(&setup.clone().with(help.change)), Ok(()), "{}", help.text);
        }
    }
}

#[test]
fn the_page_takes_the_usual_rates_of_the_core() {
    let page = include_str!("../../www/src/lab/train/state.ts");
    for optimizer in OptimizerName::ALL {
        let before = format!("name: '{}', lr:", optimizer.name());
        let rest = page.split_once(&before).expect(&before).1;
        let rate = rest.split(',').next().and_then(|text| text.trim().parse::<f64>().ok());
        assert_eq!(rate, Some(optimizer.usual_lr()), "{optimizer:?}");
    }
    // Why the experiment that breaks a run takes a hundred times the rate: at ten times, recalling learns better.
    let recall = Setup { task: Task::Recall, ..Setup::default() };
    let last = |setup: &Setup| run(setup).0.iter().rev().take(20).map(|step| step.loss).sum::<f32>();
    assert!(last(&Setup { lr: 10.0 * recall.lr, ..recall.clone() }) < last(&recall));
}

#[test]
fn what_pytorch_refuses_is_told_in_its_words() {
    let plain = Setup::default;
    let cases = [
        (Setup { hidden_size: 0, ..plain() }, "ValueError: hidden_size must be greater than zero"),
        (Setup { num_layers: 0, ..plain() }, "ValueError: num_layers must be greater than zero"),
        (
            Setup { dropout: 1.5, ..plain() },
            "ValueError: dropout should be a number in range [0, 1] representing the probability of an element being \
             zeroed",
        ),
        (Setup { lr: -0.5, ..plain() }, "ValueError: Invalid learning rate: -0.5"),
        (Setup { beta_2: 1.0, ..plain() }, "ValueError: Invalid beta parameter at index 1: 1.0"),
        (Setup { weight_decay: -1.0, ..plain() }, "ValueError: Invalid weight_decay value: -1.0"),
        (
            Setup { nesterov: true, ..diverging() },
            "ValueError: Nesterov momentum requires a momentum and zero dampening",
        ),
    ];
    for (setup, text) in cases {
        let Trouble { exception, message, .. } = setup.trouble().expect("trouble");
        assert_eq!(format!("{}: {message}", exception.expect("PyTorch's")), text);
    }
    // An option of another optimiser is not used.
    assert_eq!(Setup { nesterov: true, alpha: -1.0, ..plain() }.trouble(), None);
    let large = Setup { batch: 1000, seq_len: 200, hidden_size: 512, num_layers: 8, ..plain() };
    let trouble = large.trouble().expect("trouble");
    assert_eq!((trouble.code, trouble.exception), ("too-large", None));
    assert!(matches!(Lesson::new(&large), Err(SetupError::Train(_))));
    let [warning] = &Setup { dropout: 0.5, ..plain() }.warnings()[..] else { panic!("one warning") };
    assert!(warning.message.ends_with("but got dropout=0.5 and num_layers=1"));
}

fn any_setup() -> impl Strategy<Value = Setup> {
    let sizes = (0..300_u64, 0..1500_u64, 0..700_u64, 0..12_u64);
    let number = || prop_oneof![Just(0.0), Just(-1.0), Just(0.5), Just(2.0)];
    let options = (number(), number(), number(), number(), number(), any::<bool>());
    (0..4_usize, 0..5_usize, sizes, options, 0..20_000_u64).prop_map(
        |(task, optimizer, (seq_len, batch, hidden_size, num_layers), options, steps)| {
            let (dropout, lr, momentum, beta_1, weight_decay, nesterov) = options;
            let (task, optimizer) = (Task::ALL[task], OptimizerName::ALL[optimizer]);
            let plain =
                Setup { task, optimizer, dropout, lr, momentum, beta_1, weight_decay, ..Setup::default() };
            let (train_size, patience) =
                (nesterov.then_some(batch * 9), (steps > 9000).then_some(steps / 10));
            let fresh = momentum > 0.6;
            let options = Setup {
                alpha: beta_1,
                lr_decay: momentum,
                nesterov,
                steps,
                fresh,
                train_size,
                patience,
                ..plain
            };
            Setup { seq_len, batch, hidden_size, num_layers, ..options }
        },
    )
}

proptest! {
    #[test]
    fn whatever_is_wrong_can_be_mended_one_fix_at_a_time(setup in any_setup(), choice in 0..4_usize) {
        let mut setup = setup;
        let mut fixes = 0;
        while let Some(trouble) = setup.trouble() {
            prop_assert!(!trouble.help.is_empty(), "{}", trouble.message);
            let help = &trouble.help[choice % trouble.help.len()];
            let fixed = setup.clone().with(help.change);
            prop_assert_ne!(&fixed, &setup);
            // The script changes as the fix says.
            if !matches!(help.change, Change::SeqLen(_) | Change::Batch(_) | Change::TrainSize(_) | Change::HiddenSize(_) | Change::NumLayers(_) | Change::Steps(_)) {
                prop_assert_ne!(script(&fixed), script(&setup));
            }
            setup = fixed;
            fixes += 1;
            prop_assert!(fixes < 20, "{}", trouble.message);
        }
        prop_assert!(setup.validate().is_ok());
    }
}
