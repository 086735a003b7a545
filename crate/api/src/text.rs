//! A learner's text, character by character: a run some training steps at a time, and what a trained model writes.

use serde::Serialize;

use crate::fault::Fault;
use crate::tensor::TypedArray;
use gru_playground::series::{TextJudgement, TextLesson, TextSample, TextSetup};
use gru_playground::train::{TrainError, TrainingValidation, Trouble};

/// What some training steps told.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct TextSlice<A> {
    /// The loss of each, before the parameters moved.
    losses: A,
    /// The validation losses that were due.
    validation: Vec<TrainingValidation>,
    /// What was written, where that was due before a step.
    samples: Vec<TextSample>,
    /// Why the run ended in its next step, if it did.
    trouble: Option<Trouble>,
}

/// How a run ended: what its model came to, what it writes, and its weights.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct TextEnd<A> {
    judgement: TextJudgement,
    sample: TextSample,
    /// All parameters, in the order of the state dict.
    weights: A,
}

/// What a model writes, or why it does not.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TextWritten {
    sample: Option<TextSample>,
    trouble: Option<Trouble>,
}

impl TextWritten {
    /// What is written by a model with these weights, which was trained on this text.
    pub fn of(text: &str, setup: &TextSetup, weights: &[f32]) -> Self {
        match gru_playground::series::write_on(text, setup, weights) {
            Ok(sample) => TextWritten { sample: Some(sample), trouble: None },
            Err(trouble) => TextWritten { sample: None, trouble: Some(*trouble) },
        }
    }
}

/// The training of a model of characters, step by step.
pub struct TextTraining {
    lesson: TextLesson,
    validation: Vec<TrainingValidation>,
}

impl TextTraining {
    /// A run that has taken no step; how many its setup has does not bind it.
    ///
    /// # Errors
    /// `SetupError` for a text that cannot be learned so.
    pub fn new(text: &str, setup: &TextSetup) -> Result<TextTraining, Fault> {
        let lesson =
            TextLesson::new(text, setup).map_err(|trouble| Fault::new("SetupError", &trouble.message))?;
        Ok(TextTraining { lesson, validation: Vec::new() })
    }

    /// How many training steps are taken.
    pub fn steps(&self) -> u64 {
        self.lesson.steps()
    }

    /// Takes so many training steps, or fewer if a number becomes infinite or NaN.
    pub fn advance<A: TypedArray<f32>>(&mut self, steps: u32) -> TextSlice<A> {
        let (mut losses, mut samples, told) = (Vec::new(), Vec::new(), self.validation.len());
        let taken = self.take(steps, &mut losses, &mut samples);
        let trouble = taken.err().map(|error| self.lesson.trouble(&error));
        let validation = self.validation[told..].to_vec();
        TextSlice { losses: A::of(&losses), validation, samples, trouble }
    }

    fn take(
        &mut self,
        steps: u32,
        losses: &mut Vec<f32>,
        samples: &mut Vec<TextSample>,
    ) -> Result<(), TrainError> {
        for _ in 0..steps {
            if self.lesson.writes() {
                samples.push(self.lesson.write()?);
            }
            losses.push(self.lesson.step()?.loss);
            self.validation.extend(self.lesson.validate()?);
        }
        Ok(())
    }

    /// What it came to, beside guesses that only count.
    ///
    /// # Errors
    /// `NotFiniteError` and others of the model's.
    pub fn finish<A: TypedArray<f32>>(&self) -> Result<TextEnd<A>, Fault> {
        let judgement = self.lesson.judge(&self.validation)?;
        Ok(TextEnd { judgement, sample: self.lesson.write()?, weights: A::of(&self.lesson.weights()) })
    }
}
