//! What the presets promise, over several seeds.

use gru_playground_train::{Change, Lesson, OptimizerName, Preset, Setup, Task};

/// The mean training loss of the last tenth of a run, and the validation loss at its end, in parts of guessing.
fn outcome(setup: &Setup) -> (f64, f64) {
    let mut lesson = Lesson::new(setup).expect("a setup that runs");
    let losses: Result<Vec<f32>, _> = (0..setup.steps).map(|_| lesson.step().map(|step| step.loss)).collect();
    let Ok(losses) = losses else { return (f64::INFINITY, f64::INFINITY) };
    let tenth = &losses[losses.len() - losses.len() / 10..];
    let training = f64::from(tenth.iter().sum::<f32>()) / tenth.len() as f64;
    let validation = f64::from(lesson.validate().expect("it fits").loss);
    (training / setup.task.chance_loss(), validation / setup.task.chance_loss())
}

fn preset(code: &str, setup: &Setup) -> Setup {
    let preset = Preset::of(setup).into_iter().find(|preset| preset.code == code);
    preset.expect(code).setup
}

#[test]
fn what_is_overfit_knows_its_training_set_alone_and_the_cure_lets_it_generalise() {
    for seed in 0..3 {
        let overfit = preset("overfit", &Setup { seed, ..Setup::default() });
        let (training, validation) = outcome(&overfit);
        assert!(training < 0.02 && validation > 1.5, "seed {seed}: {training}, {validation}");
        let (_, cured) = outcome(&preset("cure", &overfit));
        assert!(cured < 0.1, "seed {seed}: cured {cured}");
    }
    // What the doctor offers for it is the same cure.
    let overfit = preset("overfit", &Setup::default());
    assert_eq!(preset("cure", &overfit), overfit.with(Change::Fresh(true)));
    // Another task that was overfit by hand is cured too.
    let adding = Setup { fresh: false, batch: 8, ..Setup::default() };
    assert!(outcome(&adding).1 > 0.9 && outcome(&preset("cure", &adding)).1 < 0.1);
}

#[test]
fn what_lies_too_far_back_is_not_remembered() {
    for seed in 0..3 {
        let (training, validation) = outcome(&preset("too-far", &Setup { seed, ..Setup::default() }));
        assert!(training > 0.95 && validation > 0.95, "seed {seed}: {training}, {validation}");
    }
}

#[test]
fn what_is_broken_loses_far_more_than_at_the_usual_rate() {
    let opening = Setup::default();
    let optimizers = OptimizerName::ALL.map(|optimizer| (opening.task, optimizer));
    let tasks = Task::ALL.map(|task| (task, opening.optimizer));
    for (task, optimizer) in optimizers.into_iter().chain(tasks) {
        let weight_decay = optimizer.usual_weight_decay();
        let usual = Setup { task, optimizer, lr: optimizer.usual_lr(), weight_decay, ..opening.clone() };
        let (broken, mended) = (outcome(&preset("break", &usual)).0, outcome(&usual).0);
        assert!(broken >= 10.0 * mended, "{task:?} with {optimizer:?}: {mended}, broken {broken}");
    }
}
