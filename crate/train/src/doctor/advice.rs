use serde::Serialize;

use super::signs::Signs;
use super::{RunRecord, Verdict};
use crate::{Change, Help, OptimizerName, Setup, Task};

/// One thing to try after a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Advice {
    /// Why it is worth a try.
    pub why: String,
    /// Whether the record shows that this was the cause; else it is only a try.
    pub sure: bool,
    /// The change.
    pub help: Help,
}

/// A sequence of so many steps is learned within the opening's run.
const NEAR: u64 = 8;
/// So many steps are enough for what is near.
const MANY: u64 = 200;

impl Advice {
    pub(super) fn of(run: &RunRecord, verdict: Verdict, signs: &Signs) -> Option<Self> {
        let setup = &run.setup;
        Some(match verdict {
            Verdict::Learned => advice(
                setup,
                false,
                "One run proves little: other weights and other sequences show whether it was luck.",
                ("Take another seed", Change::Seed(setup.seed.wrapping_add(1))),
            ),
            Verdict::Overfits => of_overfitting(setup),
            Verdict::Diverged => of_divergence(setup)?,
            Verdict::Guessing => of_guessing(setup, signs),
            Verdict::Underfits => of_underfitting(setup),
            Verdict::Noisy => of_noise(setup),
            Verdict::Early => advice(
                setup,
                false,
                "Whether it goes on improving is shown by more training steps alone.",
                ("Take more training steps", Change::Steps((3 * setup.steps).clamp(MANY, 10_000))),
            ),
        })
        .filter(|advice| setup.clone().with(advice.help.change) != *setup)
    }
}

fn advice(setup: &Setup, sure: bool, why: &str, (text, change): (&str, Change)) -> Advice {
    Advice { why: why.to_owned(), sure, help: Help::new(text, setup, change) }
}

fn of_overfitting(setup: &Setup) -> Advice {
    // With other sequences in every step nothing can be learned by heart; whether the task is learned then takes more.
    advice(
        setup,
        true,
        "More data is the surest cure: what never comes twice cannot be learned by heart. Where there is no more, a smaller \
         model, weight decay and early stopping make the harm smaller.",
        ("Draw new sequences in every training step", Change::Fresh(true)),
    )
}

fn of_divergence(setup: &Setup) -> Option<Advice> {
    let usual = setup.optimizer.usual_lr();
    if setup.lr > 2.0 * usual {
        let why = "The learning rate is far above what this optimiser usually takes.";
        return Some(advice(setup, true, why, ("Take the usual learning rate", Change::Lr(usual))));
    }
    let why =
        "One large gradient is enough to throw the weights far away; a bound of its norm prevents that.";
    setup
        .clip_grad_norm
        .is_none_or(|norm| norm > 1.0)
        .then(|| advice(setup, false, why, ("Bound the gradients", Change::ClipGradNorm(1.0))))
}

/// A weight decay, dropout or learning rate that is out of the usual, with what is usual.
fn out_of_usual(setup: &Setup) -> Option<Advice> {
    let (usual, decay) = (setup.optimizer.usual_lr(), setup.optimizer.usual_weight_decay());
    // AdamW's decay is a share of the weight itself, that of the others is added to its gradient.
    let strong = if setup.optimizer == OptimizerName::AdamW { 1.0 } else { 0.01 };
    if setup.weight_decay >= strong {
        let why = "Weight decay this strong draws the weights to zero faster than the task can teach them.";
        let change = ("Take the usual weight decay", Change::WeightDecay(decay));
        return Some(advice(setup, true, why, change));
    }
    if setup.lr <= 0.1 * usual {
        let why = "The learning rate is so small that the weights have hardly moved.";
        // Plain gradient descent needs more steps than these runs have, also at its usual rate.
        let adapts =
            matches!(setup.optimizer, OptimizerName::Adam | OptimizerName::AdamW | OptimizerName::RMSprop);
        return Some(advice(
            setup,
            adapts && setup.steps >= MANY && setup.seq_len <= 20,
            why,
            ("Take the usual learning rate", Change::Lr(usual)),
        ));
    }
    if setup.lr >= 5.0 * usual {
        let why = "The learning rate is so large that each training step undoes the one before.";
        return Some(advice(setup, true, why, ("Take the usual learning rate", Change::Lr(usual))));
    }
    if setup.dropout >= 0.5 && setup.num_layers > 1 {
        let why = "So much is dropped between the layers that little gets through.";
        return Some(advice(setup, false, why, ("Drop nothing", Change::Dropout(0.0))));
    }
    None
}

fn of_guessing(setup: &Setup, signs: &Signs) -> Advice {
    if let Some(advice) = out_of_usual(setup) {
        return advice;
    }
    let far = setup.task != Task::Sine && setup.seq_len > NEAR;
    if far {
        let reached = signs.training_share() < 1.15;
        let why = if reached {
            "The learning rate is a usual one, and the loss came down to guessing and stayed there: what counts may lie too \
             far back to be learned in so many training steps. Over a shorter distance this shows."
        } else {
            "What counts may lie too far back to be learned in so many training steps."
        };
        let enough = setup.steps >= MANY && setup.hidden_size >= 8;
        return advice(setup, enough && reached, why, ("Shorten the sequence", Change::SeqLen(NEAR)));
    }
    let why = "The settings are usual ones, so the record does not show what is missing. More training steps are the first thing to try.";
    advice(
        setup,
        false,
        why,
        ("Take more training steps", Change::Steps((3 * setup.steps).clamp(MANY, 10_000))),
    )
}

fn of_underfitting(setup: &Setup) -> Advice {
    if let Some(advice) = out_of_usual(setup) {
        return advice;
    }
    if setup.hidden_size < 8 {
        let why = format!("{} hidden units hold little of what was read.", setup.hidden_size);
        return advice(setup, false, &why, ("Give it more hidden units", Change::HiddenSize(16)));
    }
    let why =
        "It is not small and the settings are usual ones, so more training steps are the first thing to try.";
    advice(
        setup,
        false,
        why,
        ("Take more training steps", Change::Steps((3 * setup.steps).clamp(MANY, 10_000))),
    )
}

fn of_noise(setup: &Setup) -> Advice {
    if setup.batch < 64 {
        let why = "The mean over more sequences is a calmer gradient.";
        return advice(setup, false, why, ("Take a larger batch", Change::Batch(64)));
    }
    let why = "A lower learning rate makes the losses calmer.";
    advice(setup, false, why, ("Lower the learning rate", Change::Lr(setup.lr / 4.0)))
}
