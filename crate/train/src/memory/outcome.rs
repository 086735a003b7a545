use serde::{Deserialize, Serialize};

use super::{MemoryCell, MemorySetup};
use crate::model::OverTime;
use crate::{Lesson, SetupError, TrainError};
use nn::gru::Progress;

/// The share of right answers after so many steps of training.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryValidation {
    /// Steps of training.
    pub steps: u64,
    /// The share of the unseen sequences whose first token is told, in [0, 1].
    pub accuracy: f32,
}

/// What goes on within a cell, looked at from its first seed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryInside {
    /// The tokens of the sequence that is looked at: (L).
    pub tokens: Vec<u32>,
    /// Which token the trained cell says came first.
    pub answer: u32,
    /// The probability that it gives to the token that did.
    pub probability: f32,
    /// The letter of the state: `h`, or an LSTM's `c`.
    pub letter: char,
    /// The state after each step, once it is trained: (L, H), row-major.
    pub states: Vec<f32>,
    /// `|dL/dh_t|` before the first step of training, over that by the last state: (L).
    pub before: Vec<f64>,
    /// The same once it is trained.
    pub after: Vec<f64>,
}

/// What came of one cell from one seed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MemoryOutcome {
    /// The cell.
    pub cell: MemoryCell,
    /// The number of its seed, from 0.
    pub number: u64,
    /// The share of right answers at the end, in [0, 1].
    pub accuracy: f32,
    /// The same on the way.
    pub validation: Vec<MemoryValidation>,
    /// Why training ended early, if it did.
    pub broken: Option<String>,
    /// What goes on within; of the first seed alone.
    pub inside: Option<MemoryInside>,
}

/// The training of one cell from one seed, some steps at a time.
///
/// ```
/// use gru_playground_train::{MemoryCell, MemoryRun, MemorySetup};
///
/// let setup = MemorySetup { seq_len: 2, steps: 40, ..MemorySetup::default() };
/// let mut run = MemoryRun::new(&setup, MemoryCell::GruOpen, 0)?;
/// while !run.advance(10).is_complete() {}
/// assert!(run.finish()?.accuracy > 0.9);
/// # Ok::<(), gru_playground_train::SetupError>(())
/// ```
#[derive(Debug)]
pub struct MemoryRun {
    cell: MemoryCell,
    number: u64,
    steps: u64,
    lesson: Lesson,
    before: Option<OverTime>,
    validation: Vec<MemoryValidation>,
    broken: Option<TrainError>,
}

/// So many sequences are looked into.
const LOOKED_INTO: usize = 8;

impl MemoryRun {
    /// A run in which no step is taken, from the seed of this number.
    ///
    /// # Errors
    /// As [`MemorySetup::validate`].
    pub fn new(setup: &MemorySetup, cell: MemoryCell, number: u64) -> Result<Self, SetupError> {
        setup.validate()?;
        let lesson = Lesson::new(&setup.setup_of(cell, number))?;
        let before = (number == 0).then(|| lesson.over_time(LOOKED_INTO)).transpose()?;
        let (steps, validation) = (setup.steps, Vec::new());
        Ok(MemoryRun { cell, number, steps, lesson, before, validation, broken: None })
    }

    /// Takes so many steps more, or those that are left; how far the run is, in steps.
    pub fn advance(&mut self, steps: u64) -> Progress {
        let until = self.steps.min(self.lesson.steps().saturating_add(steps));
        while self.broken.is_none() && self.lesson.steps() < until {
            if let Err(error) = self.take_step() {
                self.broken = Some(error);
            }
        }
        let done = if self.broken.is_some() { self.steps } else { self.lesson.steps() };
        Progress { done, total: self.steps }
    }

    fn take_step(&mut self) -> Result<(), TrainError> {
        self.lesson.step()?;
        let steps = self.lesson.steps();
        if self.lesson.validates() || steps == self.steps {
            let accuracy = self.lesson.validate()?.accuracy.unwrap_or(0.0);
            self.validation.push(MemoryValidation { steps, accuracy });
        }
        Ok(())
    }

    /// Takes the steps that are left and tells what came of it. A run that broke knows what it last knew.
    ///
    /// # Errors
    /// [`SetupError::Train`] for what cannot be computed.
    pub fn finish(mut self) -> Result<MemoryOutcome, SetupError> {
        self.advance(u64::MAX);
        let MemoryRun { cell, number, lesson, before, validation, broken, .. } = self;
        let inside = before.map(|before| inside(&lesson, cell, &before)).transpose()?;
        let accuracy = validation.last().map_or(0.0, |last| last.accuracy);
        let broken = broken.map(|error| error.to_string());
        Ok(MemoryOutcome { cell, number, accuracy, validation, broken, inside })
    }
}

fn inside(lesson: &Lesson, cell: MemoryCell, before: &OverTime) -> Result<MemoryInside, TrainError> {
    let after = lesson.over_time(LOOKED_INTO)?;
    let tokens: Vec<u32> = lesson.first_tokens().iter().map(|&token| token as u32).collect();
    let largest = after.answer.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = after.answer.iter().map(|logit| (logit - largest).exp()).collect();
    let answer = weights.iter().position(|&weight| weight >= 1.0).unwrap_or(0) as u32;
    let right = tokens.first().and_then(|&token| weights.get(token as usize)).copied().unwrap_or(0.0);
    Ok(MemoryInside {
        tokens,
        answer,
        probability: right / weights.iter().sum::<f32>(),
        letter: if cell == MemoryCell::Lstm { 'c' } else { 'h' },
        states: after.states,
        before: relative(&before.gradient),
        after: relative(&after.gradient),
    })
}

/// Numbers over the last of them.
fn relative(gradient: &[f64]) -> Vec<f64> {
    let last = gradient.last().copied().unwrap_or(1.0);
    gradient.iter().map(|&number| if last > 0.0 { number / last } else { 0.0 }).collect()
}
