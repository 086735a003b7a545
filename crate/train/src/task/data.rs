use std::f64::consts::PI;

use ndarray::{ArrayD, Axis, Slice};

use super::{TOKENS, Task};
use crate::{Criterion, Input, Setup, SetupError, VALIDATION};
use rng::{Generator, TorchGenerator};

/// Sequences and what is to be told of each.
///
/// ```
/// use gru_playground_train::{Input, Task, TaskData};
/// use rng::TorchGenerator;
///
/// let data = TaskData::draw(Task::Adding, 16, 10, &mut TorchGenerator::new(0));
/// let Input::Features(x) = data.x else { panic!("two numbers a step") };
/// assert_eq!(x.shape(), [16, 10, 2]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TaskData {
    /// Shape (N, L), or (N, L, features).
    pub x: Input<f32>,
    /// Shape (N), or (N, 1).
    pub y: Criterion<f32>,
}

impl TaskData {
    /// `draw(n)` of the code that is shown for the task; `seq_len` is at least 2.
    pub fn draw(task: Task, n: usize, seq_len: usize, generator: &mut TorchGenerator) -> Self {
        match task {
            Task::Recall => recall(n, seq_len, generator),
            Task::Adding => adding(n, seq_len, generator),
            Task::Order => order(n, seq_len, generator),
            Task::Sine => sine(n, seq_len, generator),
        }
    }

    /// The same of the first samples alone.
    pub(crate) fn first(&self, samples: usize) -> Self {
        let x = match &self.x {
            Input::Features(x) => {
                Input::Features(x.slice_axis(Axis(0), Slice::from(..samples.min(x.shape()[0]))).to_owned())
            }
            Input::Tokens { shape, tokens } => {
                let (samples, seq_len) = (samples.min(shape[0]), shape[1]);
                Input::Tokens { shape: vec![samples, seq_len], tokens: tokens[..samples * seq_len].to_vec() }
            }
        };
        let y = match &self.y {
            Criterion::Mse(y) => Criterion::Mse(y.iter().take(samples).copied().collect()),
            Criterion::BceWithLogits(y) => {
                Criterion::BceWithLogits(y.iter().take(samples).copied().collect())
            }
            Criterion::CrossEntropy(y) => Criterion::CrossEntropy(y.iter().take(samples).copied().collect()),
        };
        TaskData { x, y }
    }

    /// What the shown code draws before the model: the training set, unless each step draws its own, and the
    /// validation set.
    pub(crate) fn draw_both(setup: &Setup, generator: &mut TorchGenerator) -> (Option<Self>, Self) {
        let mut draw = |n: u64| TaskData::draw(setup.task, n as usize, setup.seq_len as usize, generator);
        let training = (!setup.fresh).then(|| draw(setup.train_size.unwrap_or(setup.batch)));
        (training, draw(VALIDATION))
    }

    /// `x[rows], y[rows]`.
    pub(crate) fn rows(&self, rows: &[usize]) -> Self {
        fn pick<T: Copy>(all: &[T], rows: &[usize]) -> Vec<T> {
            rows.iter().map(|&row| all[row]).collect()
        }
        let x = match &self.x {
            Input::Features(x) => Input::Features(x.select(Axis(0), rows)),
            Input::Tokens { shape, tokens } => Input::Tokens {
                shape: vec![rows.len(), shape[1]],
                tokens: rows.iter().flat_map(|&row| &tokens[row * shape[1]..][..shape[1]]).copied().collect(),
            },
        };
        // One number is to be told of each sequence.
        let y = match &self.y {
            Criterion::Mse(y) => Criterion::Mse(pick(y, rows)),
            Criterion::BceWithLogits(y) => Criterion::BceWithLogits(pick(y, rows)),
            Criterion::CrossEntropy(y) => Criterion::CrossEntropy(pick(y, rows)),
        };
        TaskData { x, y }
    }
}

/// The first samples of a validation set, to be looked at.
///
/// ```
/// use gru_playground_train::{Examples, Setup};
///
/// let examples = Examples::of(&Setup::default(), 3)?;
/// assert_eq!((examples.x.len(), examples.y.len()), (3 * 10 * 2, 3));
/// # Ok::<(), gru_playground_train::SetupError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Examples {
    /// What is read, row-major, (samples, L, features); a token is one number.
    pub x: Vec<f32>,
    /// What is to be told, (samples); a class is its number.
    pub y: Vec<f32>,
}

impl Examples {
    /// As many samples, at most [`VALIDATION`].
    ///
    /// # Errors
    /// As [`Setup::validate`].
    pub fn of(setup: &Setup, samples: usize) -> Result<Self, SetupError> {
        setup.validate()?;
        let (_, validation) = TaskData::draw_both(setup, &mut TorchGenerator::new(setup.seed as u64));
        let x = match &validation.x {
            Input::Features(x) => x.axis_iter(Axis(0)).take(samples).flatten().copied().collect(),
            Input::Tokens { shape, tokens } => {
                tokens.iter().take(samples * shape[1]).map(|&token| token as f32).collect()
            }
        };
        let y = match &validation.y {
            Criterion::Mse(y) | Criterion::BceWithLogits(y) => y.iter().take(samples).copied().collect(),
            Criterion::CrossEntropy(y) => y.iter().take(samples).map(|&class| class as f32).collect(),
        };
        Ok(Examples { x, y })
    }
}

fn randint(low: usize, high: usize, count: usize, generator: &mut TorchGenerator) -> Vec<usize> {
    let mut integers = vec![0; count];
    let drawn = generator.fill_randint(low as i64, high as i64, &mut integers);
    debug_assert!(drawn.is_ok(), "the range is not empty");
    integers.into_iter().map(|integer| integer as usize).collect()
}

/// `torch.rand(count)` in the type that is asked for.
fn rand<T: Copy + From<u8>>(count: usize, generator: &mut TorchGenerator) -> Vec<T>
where
    TorchGenerator: Generator<T>,
{
    (0..count).map(|_| generator.uniform(T::from(0), T::from(1))).collect()
}

fn features(shape: Vec<usize>, elements: Vec<f32>) -> Input<f32> {
    let array = ArrayD::from_shape_vec(shape, elements);
    Input::Features(array.unwrap_or_else(|_| unreachable!("as many elements as were drawn")))
}

fn recall(n: usize, seq_len: usize, generator: &mut TorchGenerator) -> TaskData {
    let tokens = randint(0, TOKENS as usize, n * seq_len, generator);
    // y = x[:, 0]
    let first = tokens.iter().step_by(seq_len).map(|&token| token as i64).collect();
    TaskData { x: Input::Tokens { shape: vec![n, seq_len], tokens }, y: Criterion::CrossEntropy(first) }
}

fn adding(n: usize, seq_len: usize, generator: &mut TorchGenerator) -> TaskData {
    let values: Vec<f32> = rand(n * seq_len, generator);
    let first = randint(0, seq_len / 2, n, generator);
    let second = randint(seq_len / 2, seq_len, n, generator);
    let (mut x, mut y) = (Vec::with_capacity(2 * n * seq_len), Vec::with_capacity(n));
    for ((values, first), second) in values.chunks_exact(seq_len).zip(first).zip(second) {
        for (step, &value) in values.iter().enumerate() {
            x.extend([value, if step == first || step == second { 1.0 } else { 0.0 }]);
        }
        y.push(values[first] + values[second]);
    }
    TaskData { x: features(vec![n, seq_len, 2], x), y: Criterion::Mse(y) }
}

fn order(n: usize, seq_len: usize, generator: &mut TorchGenerator) -> TaskData {
    let mut x = vec![0.0_f32; n * seq_len];
    generator.fill_normal(&mut x);
    for noise in &mut x {
        *noise *= 0.1;
    }
    let up: Vec<f32> = randint(0, 2, n, generator).into_iter().map(|up| up as f32).collect();
    let first = randint(0, seq_len / 2, n, generator);
    let second = randint(seq_len / 2, seq_len, n, generator);
    for (sample, &up) in up.iter().enumerate() {
        let steps = &mut x[sample * seq_len..][..seq_len];
        steps[first[sample]] = 2.0 * up - 1.0;
        steps[second[sample]] = 1.0 - 2.0 * up;
    }
    TaskData { x: features(vec![n, seq_len, 1], x), y: Criterion::BceWithLogits(up) }
}

fn sine(n: usize, seq_len: usize, generator: &mut TorchGenerator) -> TaskData {
    // In double, so that another sine's last bit does not show.
    let phase: Vec<f64> = rand(n, generator);
    let speed: Vec<f64> = rand(n, generator);
    let (mut x, mut y) = (Vec::with_capacity(n * seq_len), Vec::with_capacity(n));
    for (phase, speed) in phase.into_iter().zip(speed) {
        let angle = |step: usize| 2.0 * PI * phase + (0.2 + 0.6 * speed) * step as f64;
        x.extend((0..seq_len).map(|step| angle(step).sin() as f32));
        y.push(angle(seq_len).sin() as f32);
    }
    TaskData { x: features(vec![n, seq_len, 1], x), y: Criterion::Mse(y) }
}
