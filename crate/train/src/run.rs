use serde::Serialize;
use thiserror::Error;

use super::clip::{clip_factor, grad_norm};
use super::model::Workspace;
use super::{
    Input, Loss, LossError, Model, Optimizer, OptimizerState, TrainError, bce_with_logits, cross_entropy,
    mse, to_f64,
};
use nn::gru::{DropoutMask, Progress, Real, RecurrentError};
use num::float::repr;
use rng::TorchGenerator;

/// The loss that a run lowers, and its targets for the whole batch.
///
/// ```
/// use gru_playground_train::Criterion;
///
/// let loss = Criterion::Mse(vec![0.0_f32, 0.0]).judge_predictions(&[1.0, 2.0], 1)?;
/// assert_eq!(loss.value, 2.5);
/// # Ok::<(), gru_playground_train::LossError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Criterion<T> {
    /// `nn.functional.mse_loss`, targets of shape (N, `out_features`).
    Mse(Vec<T>),
    /// `nn.functional.cross_entropy`, targets of shape (N): classes, -100 meaning none.
    CrossEntropy(Vec<i64>),
    /// `nn.functional.binary_cross_entropy_with_logits`, targets of shape (N, `out_features`).
    BceWithLogits(Vec<T>),
}

impl<T: Real> Criterion<T> {
    /// The loss of predictions, shape (N, `out_features`).
    ///
    /// # Errors
    /// As the loss.
    pub fn judge_predictions(&self, predictions: &[T], out_features: usize) -> Result<Loss<T>, LossError> {
        match self {
            Criterion::Mse(targets) => mse(predictions, targets),
            Criterion::CrossEntropy(targets) => cross_entropy(predictions, out_features, targets),
            Criterion::BceWithLogits(targets) => bce_with_logits(predictions, targets),
        }
    }
}

/// How a model is trained.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainOptions<T> {
    /// The loss and its targets.
    pub criterion: Criterion<T>,
    /// The optimiser, over all parameters.
    pub optimizer: Optimizer,
    /// `max_norm` of `clip_grad_norm_` over all parameters; none clips nothing.
    pub clip_grad_norm: Option<f64>,
    /// How many steps.
    pub steps: u64,
}

/// What one step told.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(concrete(T = f32)))]
pub struct TrainStep<T> {
    /// Its number.
    pub step: u64,
    /// The loss before the parameters moved.
    pub loss: T,
    /// The norm of all gradients before they were clipped.
    pub grad_norm: T,
}

/// Where a number was first seen to be infinite or NaN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFinitePlace {
    /// In the input, before the first step.
    Input,
    /// In a parameter of this name, before the first step.
    Start(String),
    /// In what the model predicted.
    Predictions,
    /// In the loss of finite predictions.
    Loss,
    /// In the gradient by the parameter of this name, the loss being finite.
    Gradient(String),
    /// In the parameter of this name as the optimiser left it, the gradients being finite.
    Parameter(String),
}

/// Why training stopped: a number is infinite or NaN, so that nothing after it would mean anything.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{} {} at step {step}", self.words(), repr(*value))]
pub struct NotFinite {
    /// The step, from 0, in which it began.
    pub step: u64,
    /// Where it began.
    pub place: NotFinitePlace,
    /// The first such number there.
    pub value: f64,
}

impl NotFinite {
    fn words(&self) -> String {
        match &self.place {
            NotFinitePlace::Input => "the input holds".to_owned(),
            NotFinitePlace::Start(name) => format!("{name} starts with"),
            NotFinitePlace::Predictions => "the predictions hold".to_owned(),
            NotFinitePlace::Loss => "the loss is".to_owned(),
            NotFinitePlace::Gradient(name) => format!("the gradient of {name} holds"),
            NotFinitePlace::Parameter(name) => format!("{name}, as the optimizer left it, holds"),
        }
    }
}

/// The training of a model on one batch, a step at a time, so that a caller can report progress or drop it.
///
/// A step is what `PyTorch`'s usual loop does: `loss = criterion(model(x), y)`, `optimizer.zero_grad()`,
/// `loss.backward()`, `clip_grad_norm_(...)`, `optimizer.step()`.
///
/// ```
/// use gru_playground_train::{
///     Adam, Criterion, Input, Model, ModelConfig, Optimizer, TrainError, TrainOptions, TrainRun,
/// };
/// use nn::gru::GruConfig;
/// use rng::TorchGenerator;
///
/// let mut generator = TorchGenerator::new(0); // torch.manual_seed(0)
/// let gru = GruConfig { batch_first: true, ..GruConfig::new(2, 8) };
/// let config = ModelConfig::new(gru, 1);
/// let model = Model::<f32>::new(&config, &mut generator)?; // nn.GRU(2, 8, batch_first=True), then nn.Linear(8, 1)
/// let x = generator.rand((16, 6, 2)); // torch.rand(16, 6, 2)
/// let first = x.outer_iter().map(|sequence| sequence[[0, 0]]).collect(); // to be remembered: x[:, 0, :1]
/// let options = TrainOptions {
///     criterion: Criterion::Mse(first),
///     optimizer: Optimizer::Adam(Adam { lr: 0.05, ..Adam::default() }),
///     clip_grad_norm: None,
///     steps: 30,
/// };
/// let mut run = TrainRun::new(model, Input::Features(x.into_dyn()), options, generator)?;
/// let mut losses = Vec::new();
/// while let Some(step) = run.step()? {
///     losses.push(step.loss);
/// }
/// assert!(losses.len() == 30 && losses[29] < losses[0]);
/// # Ok::<(), TrainError>(())
/// ```
#[derive(Debug)]
pub struct TrainRun<T> {
    model: Model<T>,
    input: Input<T>,
    input_shape: Vec<usize>,
    criterion: Criterion<T>,
    optimizer: OptimizerState<T>,
    max_norm: f64,
    steps: u64,
    generator: TorchGenerator,
    stopped: Option<NotFinite>,
    /// What the last step worked in and dropped; the next one does so in the same memory.
    workspace: Workspace<T>,
    mask: Option<DropoutMask<T>>,
}

impl<T: Real> TrainRun<T> {
    /// A run that has taken no step; the dropout of its model, which is in training mode, draws from `generator`.
    ///
    /// # Errors
    /// A [`TrainError`] for options, an input or targets that do not fit, or more memory than [`LIMIT_BYTES`](nn::cost::LIMIT_BYTES).
    pub fn new(
        model: Model<T>,
        input: Input<T>,
        options: TrainOptions<T>,
        generator: TorchGenerator,
    ) -> Result<Self, TrainError> {
        let TrainOptions { criterion, optimizer, clip_grad_norm, steps } = options;
        let optimizer = OptimizerState::new(optimizer)?;
        let input_shape = fitting(&model, &input, &criterion, optimizer.optimizer())?;
        let max_norm = clip_grad_norm.unwrap_or(f64::INFINITY);
        Ok(TrainRun {
            model,
            input,
            input_shape,
            criterion,
            optimizer,
            max_norm,
            steps,
            generator,
            stopped: None,
            workspace: Workspace::default(),
            mask: None,
        })
    }

    /// How far the run is, in steps.
    pub fn progress(&self) -> Progress {
        Progress { done: self.optimizer.steps(), total: self.steps }
    }

    /// The model as the last step left it.
    pub fn model(&self) -> &Model<T> {
        &self.model
    }

    /// The same, when the run is over or dropped.
    pub fn into_model(self) -> Model<T> {
        self.model
    }

    /// What dropout draws from next.
    pub fn generator_mut(&mut self) -> &mut TorchGenerator {
        &mut self.generator
    }

    /// Trains on another batch from now on, drawn from the generator that dropout draws from.
    ///
    /// # Errors
    /// As [`TrainRun::new`].
    pub fn draw_batch(
        &mut self,
        draw: impl FnOnce(&mut TorchGenerator) -> (Input<T>, Criterion<T>),
    ) -> Result<(), TrainError> {
        let (input, criterion) = draw(&mut self.generator);
        self.input_shape = fitting(&self.model, &input, &criterion, self.optimizer.optimizer())?;
        (self.input, self.criterion) = (input, criterion);
        Ok(())
    }

    /// Takes one step, or none if all are taken.
    ///
    /// # Errors
    /// [`TrainError::NotFinite`] if a number became infinite or NaN, and again whenever asked for more; the
    /// parameters have moved only if it is they that did.
    pub fn step(&mut self) -> Result<Option<TrainStep<T>>, TrainError> {
        if let Some(stopped) = &self.stopped {
            return Err(stopped.clone().into());
        }
        if self.progress().is_complete() {
            return Ok(None);
        }
        let step = self.take_step();
        if let Err(TrainError::NotFinite(stopped)) = &step {
            self.stopped = Some(stopped.clone());
        }
        step.map(Some)
    }

    fn take_step(&mut self) -> Result<TrainStep<T>, TrainError> {
        let step = self.optimizer.steps();
        if step == 0 {
            self.check_start()?;
        }
        self.mask = self.draw_mask()?;
        let mask = self.mask.as_ref();
        let mut pass = self.model.forward_in(&mut self.workspace, &self.input, mask)?;
        finite(step, &pass.predictions, || NotFinitePlace::Predictions)?;
        let predictions = std::mem::take(&mut pass.predictions);
        let Loss { value: loss, gradient } =
            self.criterion.judge_predictions(&predictions, self.model.out_features())?;
        finite(step, &[loss], || NotFinitePlace::Loss)?;

        self.model.backward_in(&mut self.workspace, &self.input, mask, pass, &gradient)?;
        let grad_norm = grad_norm(self.workspace.gradients());
        if !grad_norm.is_finite() {
            self.finite_by_name(self.workspace.gradients(), step, NotFinitePlace::Gradient)?;
        }
        // Clipped as they are read, which saves a pass over them.
        let factor = clip_factor(grad_norm, self.max_norm);
        let gradients = self.workspace.gradients();
        if !self.optimizer.step_scaled(self.model.parameters_mut(), gradients, factor) {
            self.finite_by_name(self.model.elements(), step, NotFinitePlace::Parameter)?;
        }
        Ok(TrainStep { step, loss, grad_norm })
    }

    fn check_start(&self) -> Result<(), NotFinite> {
        if let Input::Features(features) = &self.input {
            finite(0, features, || NotFinitePlace::Input)?;
        }
        self.finite_by_name(self.model.elements(), 0, NotFinitePlace::Start)
    }

    /// An error that names the first parameter for which a tensor, of as many as there are parameters, is not finite.
    fn finite_by_name<'a>(
        &self,
        mut tensors: impl Iterator<Item = &'a [T]>,
        step: u64,
        place: fn(String) -> NotFinitePlace,
    ) -> Result<(), NotFinite> {
        let mut names = self.model.state_dict().map(|(name, _)| name);
        tensors.try_for_each(|tensor| {
            let name = names.next().unwrap_or_default();
            finite(step, tensor, || place(name))
        })
    }

    /// What this step drops, if it can drop anything.
    fn draw_mask(&mut self) -> Result<Option<DropoutMask<T>>, RecurrentError> {
        let config = self.model.recurrent().config();
        let drops = config.base.dropout > 0.0 && config.base.num_layers > 1;
        let old = self.mask.take();
        let draw = || DropoutMask::draw_again(old, config, &self.input_shape, &mut self.generator);
        drops.then(draw).transpose()
    }
}

/// The shape of what the recurrent module reads, once it is known that everything fits.
fn fitting<T: Real>(
    model: &Model<T>,
    input: &Input<T>,
    criterion: &Criterion<T>,
    optimizer: &Optimizer,
) -> Result<Vec<usize>, TrainError> {
    let (input_shape, layout) = model.check(input, Some(optimizer))?;
    // What does not fit the targets is told before the first step.
    let rows = layout.batch * model.judged_steps(&layout).len();
    criterion.judge_predictions(&vec![T::zero(); rows * model.out_features()], model.out_features())?;
    Ok(input_shape)
}

/// An error for the first number that is not finite.
fn finite<'a, T: Real>(
    step: u64,
    numbers: impl IntoIterator<Item = &'a T>,
    place: impl FnOnce() -> NotFinitePlace,
) -> Result<(), NotFinite> {
    match numbers.into_iter().find(|number| !number.is_finite()) {
        None => Ok(()),
        Some(&number) => Err(NotFinite { step, place: place(), value: to_f64(number) }),
    }
}
