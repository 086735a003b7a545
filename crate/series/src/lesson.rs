use rng::TorchGenerator;
use serde::Serialize;
use train::{Model, TrainError, TrainOptions, TrainRun, TrainStep, TrainingValidation, Trouble};

use crate::data::stride;
use crate::judgement::{SeriesJudgement, SeriesScore, judged};
use crate::{Forecaster, Naive, SeriesData, SeriesGuess, SeriesSetup};

/// After how many steps the validation loss is asked for again.
pub(crate) const VALIDATE_EVERY: u64 = 5;

/// Forecasts are judged from at most so many places of the test part.
pub(crate) const MOST_STARTS: usize = 32;

/// Values as they are forecast from one place on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesForecast {
    /// The place in the series of the first value that is forecast.
    pub from: u64,
    /// What the GRU says, `horizon` values.
    pub gru: Vec<f64>,
    /// What the naive forecasts say.
    pub naive: Vec<SeriesGuess>,
}

/// The training of a forecast: what the shown script does after `torch.manual_seed(seed)`, in its order.
///
/// ```
/// use gru_playground_series::{SeriesLesson, SeriesSetup};
///
/// let wave: Vec<f64> = (0..120).map(|t| (f64::from(t) * 0.5).sin()).collect();
/// let setup = SeriesSetup { steps: 60, ..SeriesSetup::default() };
/// let mut lesson = SeriesLesson::new(&wave, &setup).expect("it can be learned");
/// for _ in 0..setup.steps {
///     lesson.step().expect("finite numbers");
/// }
/// let judgement = lesson.judge().expect("finite numbers");
/// assert!(judgement.scores[0].next < judgement.scores[1].next, "the GRU beats the last value");
/// ```
#[derive(Debug)]
pub struct SeriesLesson {
    setup: SeriesSetup,
    data: SeriesData,
    run: TrainRun<f32>,
}

impl SeriesLesson {
    /// A lesson in which no step is taken.
    ///
    /// # Errors
    /// As [`SeriesSetup::data`].
    pub fn new(values: &[f64], setup: &SeriesSetup) -> Result<Self, Box<Trouble>> {
        let data = setup.data(values)?;
        let of_run = |error: TrainError| Box::new(setup.run_trouble(&error));
        let mut generator = TorchGenerator::new(setup.seed as u64);
        let model = Model::new(&setup.model(), &mut generator).map_err(of_run)?;
        let validation = data.validation();
        let options = TrainOptions {
            criterion: data.targets(&validation),
            optimizer: setup.optimizer(),
            clip_grad_norm: None,
            // The caller decides how many steps there are.
            steps: u64::MAX,
        };
        // A run has a batch from its start; each step draws its own.
        let run = TrainRun::new(model, data.windows(&validation), options, generator).map_err(of_run)?;
        Ok(SeriesLesson { setup: setup.clone(), data, run })
    }

    /// How many steps are taken.
    pub fn steps(&self) -> u64 {
        self.run.progress().done
    }

    /// The series as it is learned.
    pub fn data(&self) -> &SeriesData {
        &self.data
    }

    /// Draws windows of the training part and takes one step.
    ///
    /// # Errors
    /// As [`TrainRun::step`].
    pub fn step(&mut self) -> Result<TrainStep<f32>, TrainError> {
        let (data, setup) = (&self.data, &self.setup);
        self.run.draw_batch(|generator| {
            let mut picks = vec![0_i64; setup.batch as usize];
            let drawn = generator.fill_randint(0, data.parts.windows[0] as i64, &mut picks);
            debug_assert!(drawn.is_ok(), "there are windows");
            let targets: Vec<usize> =
                picks.iter().map(|&pick| pick as usize + setup.seq_len as usize).collect();
            (data.windows(&targets), data.targets(&targets))
        })?;
        match self.run.step()? {
            Some(step) => Ok(step),
            None => unreachable!("there is always another step"),
        }
    }

    /// The validation loss, where the shown script asks for it after the last step.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn validate(&self) -> Result<Option<TrainingValidation>, TrainError> {
        if !self.steps().is_multiple_of(VALIDATE_EVERY) {
            return Ok(None);
        }
        let targets = self.data.validation();
        let told = self.predict(&targets)?;
        let loss = self.data.targets(&targets).judge_predictions(&told, 1)?.value;
        Ok(Some(TrainingValidation { steps: self.steps(), loss, accuracy: None }))
    }

    /// What the model says of some targets, standardised.
    fn predict(&self, targets: &[usize]) -> Result<Vec<f32>, TrainError> {
        Ok(self.run.model().forward(&self.data.windows(targets), None)?.predictions)
    }

    /// The values from some places on, each forecast fed back for the next: `horizon` rows of one value a place.
    fn feed_back(&self, starts: &[usize]) -> Result<Vec<Vec<f64>>, TrainError> {
        let seq_len = self.setup.seq_len as usize;
        let mut windows: Vec<Vec<f32>> =
            starts.iter().map(|&start| self.data.scaled[start - seq_len..start].to_vec()).collect();
        let mut levels: Vec<f64> = starts.iter().map(|&start| self.data.levels[start - 1]).collect();
        let mut rows = Vec::new();
        for _ in 0..self.setup.horizon {
            let input = SeriesData::input(seq_len, windows.concat());
            let told = self.run.model().forward(&input, None)?.predictions;
            for ((window, level), told) in windows.iter_mut().zip(&mut levels).zip(told) {
                *level = self.data.level(told, *level);
                window.remove(0);
                window.push(told);
            }
            rows.push(levels.clone());
        }
        Ok(rows)
    }

    /// The places of the test part from which forecasts are judged.
    fn starts(&self) -> Vec<usize> {
        let (from, to) = (self.data.parts.test, self.data.parts.count - self.setup.horizon + 1);
        (from as usize..to as usize).step_by(stride((to - from) as usize, MOST_STARTS)).collect()
    }

    /// The forecast beyond the last value of the series, which nothing can judge yet.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn forecast_beyond(&self) -> Result<SeriesForecast, TrainError> {
        self.forecast_from(self.data.parts.count as usize)
    }

    /// The forecast of the first values of the test part.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn forecast(&self) -> Result<SeriesForecast, TrainError> {
        self.forecast_from(self.data.parts.test as usize)
    }

    fn forecast_from(&self, start: usize) -> Result<SeriesForecast, TrainError> {
        let gru = self.feed_back(&[start])?.concat();
        let (season, horizon) = (self.data.season(), self.setup.horizon as usize);
        let naive = Naive::with_season(season).iter().map(|&naive| SeriesGuess {
            who: naive.into(),
            values: naive.forecast(&self.data.levels[..start], season, horizon),
        });
        Ok(SeriesForecast { from: start as u64 + self.data.parts.offset, gru, naive: naive.collect() })
    }

    /// How far the GRU and the naive forecasts are off on the test part.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn judge(&self) -> Result<SeriesJudgement, TrainError> {
        let (targets, starts) = (self.data.test(), self.starts());
        let levels = &self.data.levels;
        let told = self.predict(&targets)?;
        let next = targets
            .iter()
            .zip(told)
            .map(|(&target, told)| self.data.level(told, levels[target - 1]) - levels[target]);
        let horizon = self.feed_back(&starts)?;
        let ahead = horizon.iter().enumerate().flat_map(|(step, row)| {
            row.iter().zip(&starts).map(move |(told, &start)| told - levels[start + step])
        });
        let gru = SeriesScore { who: Forecaster::Gru, next: rms(next), horizon: rms(ahead) };

        let season = self.data.season();
        let naive = Naive::with_season(season).iter().map(|&naive| {
            let ahead = starts.iter().flat_map(|&start| {
                let told = naive.forecast(&levels[..start], season, self.setup.horizon as usize);
                told.into_iter().enumerate().map(move |(step, told)| told - levels[start + step])
            });
            SeriesScore {
                who: naive.into(),
                next: rms(self.data.naive_errors(naive, &targets)),
                horizon: rms(ahead),
            }
        });
        let scores = std::iter::once(gru).chain(naive).collect();
        Ok(judged(scores, &self.setup, targets.len(), starts.len()))
    }

    /// What ended the run.
    pub fn trouble(&self, error: &TrainError) -> Trouble {
        self.setup.run_trouble(error)
    }
}

/// The root of the mean square.
pub(crate) fn rms(errors: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = errors.fold((0.0, 0.0), |(sum, count), error| (sum + error * error, count + 1.0));
    (sum / count).sqrt()
}
