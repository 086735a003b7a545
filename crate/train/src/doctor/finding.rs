use serde::Serialize;

use super::signs::Signs;
use super::words::{end_in_words, number};
use super::{Advice, RunFigures, RunRecord};

/// What a run came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Verdict {
    /// What it has not seen it answers well.
    Learned,
    /// It does no better than an answer that does not look at the input.
    Guessing,
    /// It does better than guessing, no longer improves, and is not good.
    Underfits,
    /// It knows its training set, and not what it has not seen.
    Overfits,
    /// Its loss grew instead of falling.
    Diverged,
    /// Its losses jump too much to tell.
    Noisy,
    /// It took too few steps, or still improves.
    Early,
}

/// A place of the plot that shows what is said.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Evidence {
    /// The first step taken.
    pub from: u64,
    /// The last; of a single step the same.
    pub to: u64,
    /// What is there, in a few words with its numbers.
    pub text: String,
}

/// What is seen in a run, by what, and one thing to try.
///
/// ```
/// use gru_playground_train::{Finding, RunRecord, Setup, TrainingValidation, Verdict};
///
/// let told = |steps| TrainingValidation { steps, loss: 0.002, accuracy: None };
/// let run = RunRecord {
///     name: "A".to_owned(),
///     setup: Setup::default(),
///     losses: (1..=60).map(|step| 0.1 / step as f32).collect(),
///     grad_norms: vec![0.1; 60],
///     validation: (1..=12).map(|count| told(5 * count)).collect(),
///     broke: None,
/// };
/// assert_eq!(Finding::of(&run).verdict, Verdict::Learned);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Finding {
    /// What the run came to.
    pub verdict: Verdict,
    /// From which step on, where it began at one.
    pub since: Option<u64>,
    /// The same in a few words: `Overfits since step 35`.
    pub title: String,
    /// Why this is said, in one to three sentences.
    pub sentences: Vec<String>,
    /// Where it is seen.
    pub evidence: Vec<Evidence>,
    /// Its figures.
    pub figures: RunFigures,
    /// What to try next.
    pub advice: Option<Advice>,
}

/// A validation loss below this part of what guessing loses is good.
pub(super) const GOOD: f64 = 0.1;
/// One above this part of it is guessing.
const LIKE_GUESSING: f64 = 0.85;
/// Of fewer steps nothing is said.
const FEW_STEPS: u64 = 40;
/// So many steps may be needed before a loss leaves guessing.
const STEPS_TO_LEAVE: u64 = 100;
/// A training loss that falls by more from one fifth of the run to the next still falls.
const FALLS: f64 = 0.12;
/// Validation losses that differ by more from one to the next, in parts of their median, are noise.
const JUMPS: f64 = 0.35;

impl Finding {
    /// What is seen in a run.
    pub fn of(run: &RunRecord) -> Self {
        let signs = Signs::of(run);
        let (verdict, since) = judge(run, &signs);
        let title = title(verdict, since);
        let advice = Advice::of(run, verdict, &signs);
        let (sentences, evidence) =
            (sentences(run, verdict, since, &signs), evidence(verdict, since, &signs));
        let figures = RunFigures::of(run, &signs);
        Finding { verdict, since, title, sentences, evidence, figures, advice }
    }
}

fn judge(run: &RunRecord, signs: &Signs) -> (Verdict, Option<u64>) {
    if run.broke.is_some() {
        return (Verdict::Diverged, Some(signs.left.unwrap_or(signs.steps + 1)));
    }
    if let (Some(step), true) = (signs.left, signs.steps >= 10) {
        return (Verdict::Diverged, Some(step));
    }
    if signs.validation_share() <= GOOD {
        return (Verdict::Learned, None);
    }
    if stopped_early(run, signs) {
        return judge_stopped(run, signs);
    }
    if signs.steps < FEW_STEPS || signs.validation.is_none() {
        return (Verdict::Early, None);
    }
    let (training, validation) = (signs.training_share(), signs.validation_share());
    if !run.setup.fresh && training < 0.5 * validation {
        return (Verdict::Overfits, Some(onset(signs)));
    }
    if validation >= LIKE_GUESSING && training >= LIKE_GUESSING {
        let few = signs.steps < STEPS_TO_LEAVE;
        return (if few { Verdict::Early } else { Verdict::Guessing }, None);
    }
    if signs.falls() > FALLS {
        return (Verdict::Early, None);
    }
    if signs.jitter > JUMPS {
        return (Verdict::Noisy, None);
    }
    (Verdict::Underfits, None)
}

/// Whether early stopping ended the run: then it is not over too early, whatever its length is.
fn stopped_early(run: &RunRecord, signs: &Signs) -> bool {
    run.setup.patience.is_some() && signs.validation.is_some() && signs.steps < run.setup.steps
}

/// What a run came to that early stopping ended: validation was not better for as long as was waited.
fn judge_stopped(run: &RunRecord, signs: &Signs) -> (Verdict, Option<u64>) {
    if !run.setup.fresh && signs.training_share() < 0.9 * signs.validation_share() {
        (Verdict::Overfits, signs.best.map(|(step, _)| step))
    } else if signs.validation_share() >= LIKE_GUESSING {
        (Verdict::Guessing, None)
    } else {
        (Verdict::Underfits, None)
    }
}

/// The step after which validation was never better, or where it was left behind, whichever came first.
fn onset(signs: &Signs) -> u64 {
    let best = signs.best.map_or(signs.steps, |(step, _)| step);
    signs.gap.map_or(best, |gap| gap.min(best))
}

fn title(verdict: Verdict, since: Option<u64>) -> String {
    let since = since.unwrap_or(0);
    match verdict {
        Verdict::Learned => "It learned".to_owned(),
        Verdict::Guessing => "Still at guessing".to_owned(),
        Verdict::Underfits => "It underfits".to_owned(),
        Verdict::Overfits => format!("It overfits since training step {since}"),
        Verdict::Diverged => format!("It diverged at training step {since}"),
        Verdict::Noisy => "Too noisy to say".to_owned(),
        Verdict::Early => "Too early to say".to_owned(),
    }
}

fn sentences(run: &RunRecord, verdict: Verdict, since: Option<u64>, signs: &Signs) -> Vec<String> {
    let [start, training, chance] = [signs.start, signs.training, signs.chance].map(number);
    let validation = number(signs.validation.unwrap_or(f64::NAN));
    match verdict {
        Verdict::Learned => vec![format!(
            "On sequences that it has not seen it loses {validation}, where guessing loses {chance}."
        )],
        Verdict::Guessing => vec![
            format!(
                "Validation loses {validation}, and an answer that does not look at the input loses {chance}."
            ),
            "Nothing of the input has been learned yet.".to_owned(),
        ],
        Verdict::Underfits => vec![format!(
            "It does better than guessing, which loses {chance}, but validation stays at {validation} and the training loss, \
             {training}, hardly falls any more."
        )],
        Verdict::Overfits if stopped_early(run, signs) => vec![
            format!(
                "Early stopping kept the model that was best on sequences that it has not seen. That one loses {validation}; \
                 guessing loses {chance}."
            ),
            if signs.validation_share() >= LIKE_GUESSING {
                "So there was nothing good to stop at: it began to learn its training set by heart before it had learned the task."
                    .to_owned()
            } else {
                "After it, the training loss fell on, and validation did not.".to_owned()
            },
        ],
        Verdict::Overfits => vec![
            format!(
                "Over the last fifth of the run it loses {training} in training, on average, but {validation} on sequences that \
                 it has not seen; guessing loses {chance}."
            ),
            "It has learned its training set by heart, and not the task.".to_owned(),
        ],
        Verdict::Diverged => diverged(run, since, signs),
        Verdict::Noisy => vec![format!(
            "From one validation to the next the loss changes by {} % of itself, so that no trend can be told from chance.",
            (100.0 * signs.jitter).round()
        )],
        Verdict::Early if signs.steps < FEW_STEPS || signs.validation.is_none() => {
            vec![format!(
                "It took {} training steps, and of fewer than {FEW_STEPS} little can be said.",
                signs.steps
            )]
        }
        Verdict::Early if signs.validation_share() >= LIKE_GUESSING => vec![format!(
            "It took {} training steps and loses as much as guessing, {chance}. A GRU often stays there for some time before it finds \
             what counts.",
            signs.steps
        )],
        Verdict::Early => vec![format!(
            "It does better than guessing, and its training loss still falls: from {start} at the start to {training} now, \
             by {} % over the last fifth of the run.",
            (100.0 * signs.falls()).round()
        )],
    }
}

/// Why a run diverged: what the gradients did, and the learning rate.
fn diverged(run: &RunRecord, since: Option<u64>, signs: &Signs) -> Vec<String> {
    let setup = &run.setup;
    let mut said = Vec::new();
    match &run.broke {
        Some(what) => said.push(format!("It broke: {what}.")),
        None => said.push(format!(
            "The training loss rose from {} at the start to {} at the end; guessing loses {}.",
            number(signs.start),
            number(signs.training),
            number(signs.chance)
        )),
    }
    let usual = setup.optimizer.usual_lr();
    let grew = signs.norm_peak.filter(|(_, norm)| *norm > 10.0 * signs.norm_start.max(1e-6));
    let rate = (setup.lr > 2.0 * usual)
        .then(|| format!("lr={} is {} times the usual {usual}", setup.lr, number(setup.lr / usual)));
    said.push(match (grew, rate) {
        (Some((step, norm)), rate) => format!(
            "The norm of the gradients grew from {} to {} at training step {step}{}.",
            number(signs.norm_start),
            number(norm),
            rate.map_or(String::new(), |rate| format!(", and {rate}"))
        ),
        (None, Some(rate)) => format!(
            "{rate}: each training step goes too far. The gradients did not explode: their norm was at most {}.",
            number(signs.norm_peak.map_or(0.0, |(_, norm)| norm))
        ),
        (None, None) => format!(
            "The learning rate is a usual one and the gradients did not explode, so the record does not show why it left \
             at training step {}.",
            since.unwrap_or(0)
        ),
    });
    said
}

fn evidence(verdict: Verdict, since: Option<u64>, signs: &Signs) -> Vec<Evidence> {
    let end = signs.steps;
    let last = end - (end / 5).max(1).min(end) + 1;
    let validation = number(signs.validation.unwrap_or(f64::NAN));
    let of = |from: u64, to: u64, text: String| Evidence { from: from.min(end), to: to.min(end), text };
    match verdict {
        Verdict::Overfits => {
            let since = since.unwrap_or(end);
            let best =
                signs.best.map(|(step, loss)| of(step, step, format!("best validation, {}", number(loss))));
            let apart = format!("training {}, validation {validation}", number(signs.training));
            best.into_iter().chain([of(since, end, apart)]).collect()
        }
        Verdict::Diverged => {
            let peak =
                signs.norm_peak.map(|(step, norm)| of(step, step, format!("gradient norm {}", number(norm))));
            let since = since.unwrap_or(end);
            [of(since, end, format!("loss above {}", number(1.5 * signs.start.max(signs.chance))))]
                .into_iter()
                .chain(peak)
                .collect()
        }
        Verdict::Early if end < FEW_STEPS => vec![of(1, end, format!("{end} training steps"))],
        _ => vec![of(last, end, end_in_words(signs))],
    }
}
