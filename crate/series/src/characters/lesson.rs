use rng::TorchGenerator;
use train::{
    Criterion, Input, Model, TrainError, TrainOptions, TrainRun, TrainStep, TrainingValidation, Trouble,
};

use super::{TextData, TextJudgement, TextSample, TextSetup};

/// After how many training steps the validation loss is asked for again.
pub(crate) const VALIDATE_EVERY: u64 = 10;

/// The training of a model of characters: what the shown script does after `torch.manual_seed(seed)`, in its order.
///
/// ```
/// use gru_playground_series::{TextLesson, TextSetup};
///
/// let text = "the cat sat on the mat. ".repeat(30);
/// let setup = TextSetup { hidden_size: 16, seq_len: 12, steps: 60, length: 40, ..TextSetup::default() };
/// let mut lesson = TextLesson::new(&text, &setup).expect("it can be learned");
/// let first = lesson.write().expect("finite numbers");
/// for _ in 0..setup.steps {
///     lesson.step().expect("finite numbers");
/// }
/// let last = lesson.write().expect("finite numbers");
/// assert!(last.known == last.words && last.words > 5, "it writes words of the text");
/// assert!(first.known < last.known);
/// ```
#[derive(Debug)]
pub struct TextLesson {
    setup: TextSetup,
    data: TextData,
    run: TrainRun<f32>,
    validation: (Input<f32>, Criterion<f32>),
}

impl TextLesson {
    /// A lesson in which no training step is taken.
    ///
    /// # Errors
    /// As [`TextSetup::data`].
    pub fn new(text: &str, setup: &TextSetup) -> Result<Self, Box<Trouble>> {
        let data = setup.data(text)?;
        let of_run = |error: TrainError| Box::new(setup.run_trouble(&error));
        let mut generator = TorchGenerator::new(setup.seed as u64);
        let model = Model::new(&setup.model(data.vocabulary.len() as u64), &mut generator).map_err(of_run)?;
        let validation = data.validation();
        let options = TrainOptions {
            criterion: validation.1.clone(),
            optimizer: setup.optimizer(),
            clip_grad_norm: None,
            // The caller decides how many steps there are.
            steps: u64::MAX,
        };
        // A run has a batch from its start; each step draws its own.
        let run = TrainRun::new(model, validation.0.clone(), options, generator).map_err(of_run)?;
        Ok(TextLesson { setup: setup.clone(), data, run, validation })
    }

    /// How many training steps are taken.
    pub fn steps(&self) -> u64 {
        self.run.progress().done
    }

    /// The text as it is learned.
    pub fn data(&self) -> &TextData {
        &self.data
    }

    /// The numbers of all parameters, in the order of the state dict.
    pub fn weights(&self) -> Vec<f32> {
        self.run
            .model()
            .state_dict()
            .flat_map(|(_, tensor)| tensor.iter().copied().collect::<Vec<_>>())
            .collect()
    }

    /// Draws windows of the training part and takes one step.
    ///
    /// # Errors
    /// As [`TrainRun::step`].
    pub fn step(&mut self) -> Result<TrainStep<f32>, TrainError> {
        let (data, setup) = (&self.data, &self.setup);
        self.run.draw_batch(|generator| {
            let mut starts = vec![0_i64; setup.batch as usize];
            let drawn = generator.fill_randint(0, data.starts() as i64, &mut starts);
            debug_assert!(drawn.is_ok(), "there are windows");
            data.windows(starts.into_iter().map(|start| start as usize))
        })?;
        match self.run.step()? {
            Some(step) => Ok(step),
            None => unreachable!("there is always another step"),
        }
    }

    /// What the model says of the validation part, where the shown script asks for it after the last step.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn validate(&self) -> Result<Option<TrainingValidation>, TrainError> {
        if self.steps().is_multiple_of(VALIDATE_EVERY) { self.judged().map(Some) } else { Ok(None) }
    }

    fn judged(&self) -> Result<TrainingValidation, TrainError> {
        let (x, y) = &self.validation;
        let (model, kinds) = (self.run.model(), self.data.vocabulary.len());
        let told = model.forward(x, None)?.predictions;
        let loss = y.judge_predictions(&told, kinds)?.value;
        let pairs = told.chunks_exact(kinds).zip(self.data.judged_pairs());
        let right = pairs.filter(|(row, (_, after))| argmax(row) == *after).count();
        let accuracy = Some(right as f32 / (told.len() / kinds) as f32);
        Ok(TrainingValidation { steps: self.steps(), loss, accuracy })
    }

    /// Whether the shown script has it write before the next step.
    pub fn writes(&self) -> bool {
        self.steps().is_multiple_of(self.setup.sample_every)
    }

    /// What it now writes.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn write(&self) -> Result<TextSample, TrainError> {
        TextSample::draw(self.run.model(), &self.data, &self.setup, self.steps())
    }

    /// How good it is beside guesses; `all` are the validation losses of the run.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn judge(&self, all: &[TrainingValidation]) -> Result<TextJudgement, TrainError> {
        Ok(TextJudgement::of(&self.data, &self.judged()?, all))
    }

    /// What ended the run.
    pub fn trouble(&self, error: &TrainError) -> Trouble {
        self.setup.run_trouble(error)
    }
}

/// The place of the largest element, the first of several.
fn argmax(row: &[f32]) -> usize {
    (1..row.len()).fold(0, |best, place| if row[place] > row[best] { place } else { best })
}
