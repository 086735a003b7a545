use super::RunRecord;

/// What a record shows, in numbers; all losses are compared with what guessing loses.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Signs {
    /// What guessing loses.
    pub chance: f64,
    /// How many steps were taken.
    pub steps: u64,
    /// The training loss of the first step.
    pub start: f64,
    /// The mean training loss of the last fifth.
    pub training: f64,
    /// The same of the fifth before.
    pub training_before: f64,
    /// The median validation loss of the last fifth; with early stopping that of the model which is kept.
    pub validation: Option<f64>,
    /// The share of right answers with it, where answers are right or wrong.
    pub accuracy: Option<f64>,
    /// The lowest validation loss, each taken with its neighbours, and its step.
    pub best: Option<(u64, f64)>,
    /// How much the last validation losses differ from one to the next, in parts of their median.
    pub jitter: f64,
    /// The first step from which on the training loss stays far above its start, if it does so.
    pub left: Option<u64>,
    /// From which step on the training loss stays below half of the validation loss, if it does so.
    pub gap: Option<u64>,
    /// The median norm of the gradients of the first tenth.
    pub norm_start: f64,
    /// The largest norm of a gradient, and its step.
    pub norm_peak: Option<(u64, f64)>,
}

/// A training loss so many times the first one is far above it.
const FAR: f64 = 1.5;

impl Signs {
    pub fn of(run: &RunRecord) -> Self {
        let chance = run.setup.task.chance_loss();
        let losses: Vec<f64> = run.losses.iter().map(|&loss| f64::from(loss)).collect();
        let n = losses.len();
        let fifth = (n / 5).max(1).min(n);
        let (before, last) = losses.split_at(n - fifth);
        let told: Vec<(u64, f64)> =
            run.validation.iter().map(|told| (told.steps, f64::from(told.loss))).collect();
        let kept = run.setup.patience.and_then(|_| lowest(&told));
        let m = told.len();
        let end: Vec<f64> = told[m - (m / 5).max(2).min(m)..].iter().map(|&(_, loss)| loss).collect();
        let validation = kept.map(|(_, loss)| loss).or_else(|| median(&end));
        let at = kept.map(|(step, _)| step);
        let accuracy = run.validation.iter().rev().find(|told| at.is_none_or(|at| told.steps == at));
        let norms: Vec<f64> = run.grad_norms.iter().map(|&norm| f64::from(norm)).collect();
        Signs {
            chance,
            steps: n as u64,
            start: losses.first().copied().unwrap_or(f64::NAN),
            training: mean(last),
            training_before: mean(&before[before.len() - fifth.min(before.len())..]),
            validation,
            accuracy: accuracy.and_then(|told| told.accuracy).map(f64::from),
            best: lowest(&smoothed(&told)),
            jitter: jitter(&told),
            left: left(&losses, chance),
            gap: gap(&losses, &told),
            norm_start: median(&norms[..(norms.len() / 10).max(1).min(norms.len())]).unwrap_or(0.0),
            norm_peak: norms
                .iter()
                .copied()
                .enumerate()
                .max_by(|(_, a), (_, b)| a.total_cmp(b))
                .map(|(step, norm)| (step as u64 + 1, norm)),
        }
    }

    /// A training loss that a little noise does not lift over guessing, in parts of what guessing loses.
    pub fn training_share(&self) -> f64 {
        self.training / self.chance
    }

    /// The validation loss in parts of what guessing loses.
    pub fn validation_share(&self) -> f64 {
        self.validation.unwrap_or(f64::INFINITY) / self.chance
    }

    /// By how much the training loss still falls from one fifth of the run to the next, in parts of itself.
    pub fn falls(&self) -> f64 {
        1.0 - self.training / self.training_before
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(values.len() / 2).copied()
}

fn lowest(told: &[(u64, f64)]) -> Option<(u64, f64)> {
    told.iter().copied().min_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// Each with the median of itself and its neighbours.
fn smoothed(told: &[(u64, f64)]) -> Vec<(u64, f64)> {
    let losses: Vec<f64> = told.iter().map(|&(_, loss)| loss).collect();
    let of = |at: usize| median(&losses[at.saturating_sub(1)..(at + 2).min(losses.len())]);
    told.iter().enumerate().map(|(at, &(step, loss))| (step, of(at).unwrap_or(loss))).collect()
}

fn jitter(told: &[(u64, f64)]) -> f64 {
    let end: Vec<f64> = told[told.len() / 2..].iter().map(|&(_, loss)| loss).collect();
    let steps: Vec<f64> = end.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    match (median(&steps), median(&end)) {
        (Some(step), Some(middle)) => step / middle,
        _ => 0.0,
    }
}

/// The first step from which on most losses are far above the start and above guessing.
fn left(losses: &[f64], chance: f64) -> Option<u64> {
    let level = FAR * losses.first().map_or(chance, |first| first.max(chance));
    let far = |loss: &f64| loss.is_nan() || *loss > level;
    let end = losses.len() - (losses.len() / 5).max(1).min(losses.len());
    let many = losses[end..].iter().filter(|loss| far(loss)).count();
    if 2 * many < losses.len() - end {
        return None;
    }
    losses.iter().position(far).map(|at| at as u64 + 1)
}

/// From which validation on the training loss before it stays below half of the validation loss.
fn gap(losses: &[f64], told: &[(u64, f64)]) -> Option<u64> {
    let apart = |&&(step, loss): &&(u64, f64)| {
        let step = (step as usize).min(losses.len());
        mean(&losses[step.saturating_sub(5)..step]) < 0.5 * loss
    };
    told.iter().rev().take_while(apart).last().map(|&(step, _)| step)
}
