//! Forecasts of series: a file read, what a setup means, and a run some steps at a time.

use api::series::{self, SeriesRead};

use super::prelude::*;
use crate::arrays::Doubles;
use gru_playground::series::{SeriesPlan, SeriesTable};

/// Why a file of so many bytes is not read, before it is.
#[wasm_bindgen(js_name = refuseSeries)]
pub fn refuse_series(bytes: f64) -> ts::SeriesProblemOrNull {
    to_js(&SeriesTable::refuse(bytes as u64))
}

/// Reads a column of a CSV file, by its name or, where none is given, the first that does not merely count.
#[wasm_bindgen(js_name = readSeries)]
pub fn read_series(bytes: &[u8], column: Option<String>) -> ts::SeriesRead {
    to_js(&SeriesRead::<Doubles>::of(bytes, column.as_deref()))
}

/// What a setup means for a series; answers at once.
///
/// # Errors
/// `ArgumentError` for what is no setup or no source.
#[wasm_bindgen(js_name = seriesPlan)]
pub fn series_plan(
    values: &[f64],
    setup: &ts::SeriesSetup,
    source: &ts::SeriesSource,
) -> Result<ts::SeriesPlan, Thrown> {
    Ok(to_js(&SeriesPlan::of(values, &from_js("setup", setup)?, &from_js("source", source)?)))
}

/// The training of a forecast: `torch.manual_seed(seed)`, model and optimiser, and then step by step.
#[wasm_bindgen]
pub struct SeriesTraining(series::SeriesTraining);

#[wasm_bindgen]
impl SeriesTraining {
    /// A run that has taken no step; how many its setup has does not bind it.
    ///
    /// # Errors
    /// `ArgumentError` for what is no setup, `SetupError` for values that cannot be learned so.
    #[wasm_bindgen(constructor)]
    pub fn new(values: &[f64], setup: &ts::SeriesSetup) -> Result<SeriesTraining, Thrown> {
        Ok(SeriesTraining(series::SeriesTraining::new(values, &from_js("setup", setup)?)?))
    }

    /// How many steps are taken.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> f64 {
        self.0.steps() as f64
    }

    /// Takes so many steps, or fewer if a number becomes infinite or NaN.
    pub fn advance(&mut self, steps: u32) -> ts::SeriesSlice {
        to_js(&self.0.advance::<Floats>(steps))
    }

    /// How far the GRU and the naive forecasts are off on values that were not seen.
    ///
    /// # Errors
    /// `NotFiniteError` where the model's numbers are no longer finite.
    pub fn judge(&self) -> Result<ts::SeriesJudgement, Thrown> {
        Ok(to_js(&self.0.judge()?))
    }
}
