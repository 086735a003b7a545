use std::collections::VecDeque;

use super::{
    Criterion, Input, Model, Setup, SetupError, Task, TaskData, TrainError, TrainOptions, TrainRun,
    TrainStep, VALIDATE_EVERY, VALIDATION,
};
use crate::model::OverTime;
use nn::gru::Real;
use rng::TorchGenerator;

/// A learner's training run: what the shown code does after `torch.manual_seed(seed)`, in its order.
///
/// ```
/// use gru_playground_train::{Lesson, Setup, Task};
///
/// let setup = Setup { task: Task::Recall, seq_len: 4, lr: 0.05, ..Setup::default() };
/// let mut lesson = Lesson::new(&setup)?;
/// let first = lesson.step().expect("finite numbers").loss;
/// for _ in 1..20 {
///     lesson.step().expect("finite numbers");
/// }
/// assert!(lesson.validate().expect("it fits").loss < first);
/// # Ok::<(), gru_playground_train::SetupError>(())
/// ```
#[derive(Debug)]
pub struct Lesson {
    source: Source,
    run: TrainRun<f32>,
    validation: TaskData,
    patience: Option<u64>,
    best: Option<Best>,
    /// How many validation losses since the best were no better.
    waited: u64,
}

/// Where each step's sequences come from.
#[derive(Debug)]
enum Source {
    /// All steps take the same batch.
    Same,
    /// Each step draws its own: the task, N, L.
    Fresh(Task, usize, usize),
    /// Each epoch shuffles the same ones, and each step takes N of them, the last of an epoch what is left.
    Epochs { all: TaskData, size: usize, batch: usize, order: VecDeque<usize> },
}

/// The model of the lowest validation loss so far, which early stopping keeps.
#[derive(Debug)]
pub struct Best {
    /// How many steps had been taken.
    pub steps: u64,
    /// What the model said then.
    pub validation: Validation,
    /// The model itself.
    pub model: Model<f32>,
}

/// What the model says of the validation set, in evaluation mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    /// The loss; it may not be finite.
    pub loss: f32,
    /// The share of right answers, where answers are right or wrong.
    pub accuracy: Option<f32>,
    /// What the head gave: (N, `out_features`).
    pub predictions: Vec<f32>,
}

impl Lesson {
    /// A lesson in which no step is taken: data, weights and optimiser are ready.
    ///
    /// # Errors
    /// As [`Setup::validate`].
    pub fn new(setup: &Setup) -> Result<Self, SetupError> {
        setup.validate()?;
        let mut generator = TorchGenerator::new(setup.seed as u64);
        let (data, validation) = TaskData::draw_both(setup, &mut generator);
        let batch = setup.batch as usize;
        // A run has a batch from its start; where each step takes its own, none trains on this one.
        let (data, source) = match (data, setup.train_size()) {
            (None, _) => (validation.clone(), Source::Fresh(setup.task, batch, setup.seq_len as usize)),
            (Some(data), None) => (data, Source::Same),
            (Some(all), Some(size)) => {
                let source = Source::Epochs { all, size: size as usize, batch, order: VecDeque::new() };
                (validation.clone(), source)
            }
        };
        let model = Model::new(&setup.model(), &mut generator)?;
        let options = TrainOptions {
            criterion: data.y,
            optimizer: setup.optimizer(),
            clip_grad_norm: setup.clip_grad_norm,
            // The caller decides how many steps there are.
            steps: u64::MAX,
        };
        let run = TrainRun::new(model, data.x, options, generator)?;
        Ok(Lesson { source, run, validation, patience: setup.patience, best: None, waited: 0 })
    }

    /// How many steps are taken.
    pub fn steps(&self) -> u64 {
        self.run.progress().done
    }

    /// Takes one step.
    ///
    /// # Errors
    /// As [`TrainRun::step`].
    pub fn step(&mut self) -> Result<TrainStep<f32>, TrainError> {
        match &mut self.source {
            Source::Same => {}
            &mut Source::Fresh(task, n, seq_len) => self.run.draw_batch(|generator| {
                let TaskData { x, y } = TaskData::draw(task, n, seq_len, generator);
                (x, y)
            })?,
            Source::Epochs { all, size, batch, order } => self.run.draw_batch(|generator| {
                if order.is_empty() {
                    let mut shuffled = vec![0; *size];
                    generator.fill_randperm(&mut shuffled);
                    order.extend(shuffled.into_iter().map(|row| row as usize));
                }
                let rows: Vec<usize> = order.drain(..order.len().min(*batch)).collect();
                let TaskData { x, y } = all.rows(&rows);
                (x, y)
            })?,
        }
        match self.run.step()? {
            Some(step) => Ok(step),
            None => unreachable!("there is always another step"),
        }
    }

    /// What the model keeps over the steps of the first validation sequences, so many of them.
    pub(crate) fn over_time(&self, samples: usize) -> Result<OverTime, TrainError> {
        let TaskData { x, y } = self.validation.first(samples);
        self.run.model().over_time(&x, &y)
    }

    /// The tokens of the first validation sequence; none of a task that has no tokens.
    pub(crate) fn first_tokens(&self) -> &[usize] {
        match &self.validation.x {
            Input::Tokens { shape, tokens } => &tokens[..shape[1]],
            Input::Features(_) => &[],
        }
    }

    /// Whether the shown code asks for the validation loss after the last step.
    pub fn validates(&self) -> bool {
        self.steps().is_multiple_of(VALIDATE_EVERY)
    }

    /// What the model now says of the validation set; with early stopping, the best model is kept.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn validate(&mut self) -> Result<Validation, TrainError> {
        let validation = self.judge()?;
        if self.patience.is_some() {
            let best = self.best.as_ref().map_or(f32::INFINITY, |best| best.validation.loss);
            // NaN is less than nothing.
            if validation.loss < best {
                let (steps, model) = (self.steps(), self.run.model().clone());
                self.best = Some(Best { steps, validation: validation.clone(), model });
                self.waited = 0;
            } else {
                self.waited += 1;
            }
        }
        Ok(validation)
    }

    /// The model as the last step left it.
    pub fn model(&self) -> &Model<f32> {
        self.run.model()
    }

    /// The best model so far, where early stopping keeps one.
    pub fn best(&self) -> Option<&Best> {
        self.best.as_ref()
    }

    /// Whether it stops early now: so many validation losses in a row were no better than the best.
    pub fn stops_early(&self) -> bool {
        self.patience.is_some_and(|patience| self.waited >= patience)
    }

    fn judge(&self) -> Result<Validation, TrainError> {
        let model = self.run.model();
        let predictions = model.forward(&self.validation.x, None)?.predictions;
        let loss = self.validation.y.judge_predictions(&predictions, model.out_features())?.value;
        let accuracy = accuracy(&predictions, model.out_features(), &self.validation.y);
        Ok(Validation { loss, accuracy, predictions })
    }
}

/// `(predictions.argmax(1) == y).float().mean()`, or of logits `((predictions > 0) == (y > 0.5)).float().mean()`.
fn accuracy(predictions: &[f32], out_features: usize, targets: &Criterion<f32>) -> Option<f32> {
    let right = match targets {
        Criterion::Mse(_) => return None,
        Criterion::BceWithLogits(y) => {
            predictions.iter().zip(y).filter(|&(&logit, &y)| (logit > 0.0) == (y > 0.5)).count()
        }
        Criterion::CrossEntropy(y) => {
            let rows = predictions.chunks_exact(out_features).zip(y);
            rows.filter(|&(row, &class)| argmax(row) as i64 == class).count()
        }
    };
    Some(f32::from_f64(right as f64 / VALIDATION as f64))
}

/// The place of the largest element, the first of several.
fn argmax(row: &[f32]) -> usize {
    (1..row.len()).fold(0, |best, place| if row[place] > row[best] { place } else { best })
}
