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
    /// What each step draws, if it draws anything.
    fresh: Option<(Task, usize, usize)>,
    run: TrainRun<f32>,
    validation: TaskData,
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
        // A run has a batch from its start; where each step draws its own, none trains on this one.
        let data = data.unwrap_or_else(|| validation.clone());
        let fresh = setup.fresh.then_some((setup.task, setup.batch as usize, setup.seq_len as usize));
        let model = Model::new(&setup.model(), &mut generator)?;
        let options = TrainOptions {
            criterion: data.y,
            optimizer: setup.optimizer(),
            clip_grad_norm: setup.clip_grad_norm,
            // The caller decides how many steps there are.
            steps: u64::MAX,
        };
        Ok(Lesson { fresh, run: TrainRun::new(model, data.x, options, generator)?, validation })
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
        if let Some((task, n, seq_len)) = self.fresh {
            self.run.draw_batch(|generator| {
                let TaskData { x, y } = TaskData::draw(task, n, seq_len, generator);
                (x, y)
            })?;
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

    /// What the model now says of the validation set.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn validate(&self) -> Result<Validation, TrainError> {
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
