//! Forecasts of series: a file read, what a setup means, and a run some steps at a time.

use serde::Serialize;

use crate::fault::Fault;
use crate::tensor::TypedArray;
use gru_playground::series::{
    SeriesFile, SeriesForecast, SeriesJudgement, SeriesLesson, SeriesSetup, SeriesTable,
};
use gru_playground::train::{TrainError, TrainingValidation, Trouble};

/// A series as read from a file, and how.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(D = crate::tests::Float64Array)))]
pub struct SeriesRead<D> {
    file: SeriesFile,
    /// The numbers of the column; empty where nothing is read.
    values: D,
    /// What names each of them; empty where nothing does.
    labels: Vec<String>,
}

impl<D: TypedArray<f64>> SeriesRead<D> {
    /// Reads a column of a CSV file, by its name or, where there is none, the first that does not count.
    pub fn of(bytes: &[u8], column: Option<&str>) -> Self {
        let SeriesTable { file, values, labels } = SeriesTable::read(bytes, column);
        SeriesRead { file, values: D::of(&values), labels }
    }
}

/// What some steps of a forecast's training told.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct SeriesSlice<A> {
    /// The loss of each step, before the parameters moved.
    losses: A,
    /// The validation losses that were due.
    validation: Vec<TrainingValidation>,
    /// What the model now says of the first values that it has not seen; null where the run ended.
    forecast: Option<SeriesForecast>,
    /// What it says beyond the last value of the series; null where the run ended.
    beyond: Option<SeriesForecast>,
    /// Why the run ended in its next step, if it did.
    trouble: Option<Trouble>,
}

/// The training of a forecast, step by step.
pub struct SeriesTraining(SeriesLesson);

impl SeriesTraining {
    /// A run that has taken no step; how many its setup has does not bind it.
    ///
    /// # Errors
    /// `SetupError` for values that cannot be learned so.
    pub fn new(values: &[f64], setup: &SeriesSetup) -> Result<SeriesTraining, Fault> {
        let lesson = SeriesLesson::new(values, setup);
        Ok(SeriesTraining(lesson.map_err(|trouble| Fault::new("SetupError", &trouble.message))?))
    }

    /// How many steps are taken.
    pub fn steps(&self) -> u64 {
        self.0.steps()
    }

    /// Takes so many steps, or fewer if a number becomes infinite or NaN.
    pub fn advance<A: TypedArray<f32>>(&mut self, steps: u32) -> SeriesSlice<A> {
        let (mut losses, mut validation) = (Vec::new(), Vec::new());
        let taken = self.take(steps, &mut losses, &mut validation);
        let told = taken.and_then(|()| Ok((self.0.forecast()?, self.0.forecast_beyond()?)));
        let trouble = told.as_ref().err().map(|error| self.0.trouble(error));
        let (forecast, beyond) = told.ok().unzip();
        SeriesSlice { losses: A::of(&losses), validation, forecast, beyond, trouble }
    }

    fn take(
        &mut self,
        steps: u32,
        losses: &mut Vec<f32>,
        validation: &mut Vec<TrainingValidation>,
    ) -> Result<(), TrainError> {
        for _ in 0..steps {
            losses.push(self.0.step()?.loss);
            validation.extend(self.0.validate()?);
        }
        Ok(())
    }

    /// How far the GRU and the naive forecasts are off on values that were not seen.
    ///
    /// # Errors
    /// `NotFiniteError` and others of the model's.
    pub fn judge(&self) -> Result<SeriesJudgement, Fault> {
        Ok(self.0.judge()?)
    }
}
