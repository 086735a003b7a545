//! Makes the labelled runs that the doctor is held to, a JSON line each:
//!
//! `cargo run --release -p gru-playground-train --example doctor_runs -- held > crate/train/tests/doctor_held_out.jsonl`
//!
//! A setup is made to come to a label. The label stands only if the run bears it out by what the doctor is not told: the loss
//! of the trained model on 1024 sequences that are drawn apart, that on its whole training set, and a run of many more steps.
//! `tune` makes runs of the tasks and seeds that the doctor was tuned on, `held` those of the two other tasks.

use gru_playground_train::{
    DoctorReport, Lesson, OptimizerName, RunRecord, Setup, Task, TaskData, TrainingValidation, Verdict,
};
use rng::TorchGenerator;
use serde_json::json;

/// A run, and the model's losses that only the label knows of.
struct Outcome {
    run: RunRecord,
    /// On 1024 sequences drawn apart, and on what it was trained on, in parts of guessing.
    unseen: f64,
    trained: f64,
}

fn run(setup: &Setup) -> Outcome {
    let mut lesson = Lesson::new(setup).expect("a setup that runs");
    let mut run = RunRecord {
        name: "A".to_owned(),
        setup: setup.clone(),
        losses: Vec::new(),
        grad_norms: Vec::new(),
        validation: Vec::new(),
        broke: None,
    };
    while lesson.steps() < setup.steps && !lesson.stops_early() {
        match lesson.step() {
            Ok(step) => {
                run.losses.push(short(step.loss, 4));
                run.grad_norms.push(short(step.grad_norm, 3));
            }
            Err(error) => {
                run.broke = Some(error.to_string());
                break;
            }
        }
        if lesson.validates() {
            let told = lesson.validate().expect("it fits");
            let (steps, loss, accuracy) = (lesson.steps(), short(told.loss, 4), told.accuracy);
            run.validation.push(TrainingValidation { steps, loss, accuracy });
        }
    }
    let model = lesson.best().map_or(lesson.model(), |best| &best.model);
    let seq_len = setup.seq_len as usize;
    let loss = |data: TaskData| {
        let predictions = model.forward(&data.x, None).expect("it fits").predictions;
        let loss = data.y.judge_predictions(&predictions, model.out_features()).expect("it fits").value;
        f64::from(loss) / setup.task.chance_loss()
    };
    let apart = &mut TorchGenerator::new(0x5EED_0000 ^ setup.seed as u64);
    let unseen = loss(TaskData::draw(setup.task, 1024, seq_len, apart));
    // The training set is what is drawn first of the run's own seed.
    let size = setup.train_size.unwrap_or(setup.batch) as usize;
    let first = &mut TorchGenerator::new(setup.seed as u64);
    let trained = if setup.fresh { unseen } else { loss(TaskData::draw(setup.task, size, seq_len, first)) };
    Outcome { run, unseen, trained }
}

/// A number with so many figures, which makes the records short; JSON has nothing infinite.
fn short(value: f32, figures: usize) -> f32 {
    if !value.is_finite() {
        return 3.4e38;
    }
    format!("{value:.*e}", figures - 1).parse().expect("a number")
}

/// Whether a run bears its label out.
fn bears(label: Verdict, setup: &Setup, it: &Outcome) -> bool {
    let (unseen, trained) = (it.unseen, it.trained);
    let longer = |times: u64| run(&Setup { steps: setup.steps * times, ..setup.clone() }).unseen;
    match label {
        Verdict::Learned => unseen < 0.08,
        Verdict::Guessing => unseen > 0.93 && trained > 0.93 && it.run.broke.is_none(),
        Verdict::Overfits => unseen > 0.15 && trained < unseen / 3.0,
        Verdict::Diverged => it.run.broke.is_some() || unseen.is_nan() || unseen >= 1.6,
        Verdict::Underfits => {
            (0.13..0.8).contains(&unseen) && trained > 0.6 * unseen && longer(4) > 0.6 * unseen
        }
        Verdict::Early => {
            unseen > 0.13 && unseen < 1.5 && longer(if setup.steps < 40 { 10 } else { 4 }) < 0.35 * unseen
        }
        Verdict::Noisy => false,
    }
}

/// Setups that are made to come to a label; `at` counts through seeds and sizes.
fn made(label: Verdict, task: Task, seed: i64, at: u64) -> Setup {
    let optimizer = OptimizerName::ALL[at as usize % 5];
    let usual =
        Setup { task, seed, seq_len: 6 + at % 4, batch: 32 + 16 * (at % 3), steps: 200, ..Setup::default() };
    let rate = |optimizer: OptimizerName, times: f64| {
        let weight_decay = optimizer.usual_weight_decay();
        Setup { optimizer, lr: optimizer.usual_lr() * times, weight_decay, ..usual.clone() }
    };
    let adam = [OptimizerName::Adam, OptimizerName::AdamW][at as usize % 2];
    match label {
        Verdict::Learned => match at % 3 {
            0 => Setup { steps: 250, ..rate(adam, 1.0) },
            1 => Setup {
                fresh: false,
                train_size: Some(2048),
                seq_len: 6,
                steps: 300,
                ..rate(OptimizerName::Adam, 1.0)
            },
            _ => Setup { steps: 300, seq_len: 5, ..rate(OptimizerName::RMSprop, 1.0) },
        },
        Verdict::Overfits => {
            let size = [8, 12, 16, 24][at as usize % 4];
            let same = Setup { fresh: false, steps: 200, seq_len: 8 + 2 * (at % 3), ..rate(adam, 1.0) };
            match at % 2 {
                0 => Setup { batch: size, ..same },
                _ => Setup { batch: 8, train_size: Some(size), ..same },
            }
        }
        Verdict::Diverged => match at % 3 {
            0 => rate(OptimizerName::SGD, [100.0, 300.0][at as usize % 2]),
            1 => rate(OptimizerName::Adam, [100.0, 200.0][at as usize % 2]),
            _ => rate(OptimizerName::RMSprop, 300.0),
        },
        Verdict::Guessing => match at % 3 {
            0 => rate(optimizer, 1e-4),
            1 => Setup { weight_decay: 3.0, ..rate(OptimizerName::Adam, 0.5) },
            _ if task == Task::Sine => rate(optimizer, 1e-3),
            _ => {
                Setup { seq_len: 60 + 10 * (at % 3), steps: 120, batch: 32, ..rate(OptimizerName::Adam, 0.5) }
            }
        },
        Verdict::Underfits => {
            let decay = [0.005, 0.05, 0.1, 0.03, 0.2][at as usize % 5];
            match at % 4 {
                0 => Setup { hidden_size: 1, steps: 300, ..rate(adam, 1.0) },
                1 | 2 => Setup { weight_decay: decay, steps: 300, ..rate(OptimizerName::Adam, 1.0) },
                _ => Setup { weight_decay: decay, steps: 300, ..rate(OptimizerName::RMSprop, 1.0) },
            }
        }
        Verdict::Early => match at % 2 {
            0 => Setup { steps: 15 + 5 * (at % 4), ..rate(OptimizerName::Adam, 0.5) },
            _ => Setup {
                steps: 60 + 10 * (at % 4),
                ..rate([OptimizerName::Adam, OptimizerName::RMSprop][at as usize / 2 % 2], 0.15)
            },
        },
        Verdict::Noisy => usual,
    }
}

/// The record of a run with its label, and what came of the doctor's advice.
fn line(label: Verdict, it: &Outcome) -> String {
    let finding = DoctorReport::of(&it.run, None).finding;
    let tried = finding.advice.map(|advice| {
        let after = run(&it.run.setup.clone().with(advice.help.change)).run;
        let helped =
            DoctorReport::of(&after, Some(&it.run)).comparison.and_then(|comparison| comparison.helped);
        json!({ "code": advice.help.code, "sure": advice.sure, "helped": helped })
    });
    // Written as float32, whose decimals are few.
    let run = serde_json::to_string(&it.run).expect("a run is JSON");
    format!("{{\"label\":{},\"tried\":{},\"run\":{run}}}", json!(label), json!(tried))
}

fn main() {
    let held = std::env::args().nth(1).is_some_and(|set| set == "held");
    let (tasks, first_seed) =
        if held { ([Task::Order, Task::Sine], 9000) } else { ([Task::Recall, Task::Adding], 100) };
    let wanted = [
        (Verdict::Learned, 12),
        (Verdict::Overfits, 14),
        (Verdict::Diverged, 12),
        (Verdict::Guessing, 10),
        (Verdict::Underfits, 8),
        (Verdict::Early, 8),
    ];
    // One label alone, if it is named.
    let only = std::env::args().nth(2);
    for (kind, (label, count)) in wanted.into_iter().enumerate() {
        if only.as_ref().is_some_and(|only| *only != format!("{label:?}")) {
            continue;
        }
        let mut found = 0;
        for at in 0..8 * count {
            let task = tasks[at as usize % 2];
            let seed = first_seed + 1000 * kind as i64 + at as i64;
            let setup = made(label, task, seed, at / 2);
            let it = run(&setup);
            let bears = bears(label, &setup, &it);
            if bears {
                println!("{}", line(label, &it));
                found += 1;
            }
            let verdict = DoctorReport::of(&it.run, None).finding.title;
            eprintln!(
                "{label:?} {task:?} {at} {bears}: unseen {:.3} trained {:.3}: {verdict}",
                it.unseen, it.trained
            );
            if found == count {
                break;
            }
        }
        eprintln!("{label:?}: {found} of {count}");
    }
}
