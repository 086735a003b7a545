//! Series of real numbers: read from CSV, split in time, standardised by the training part, and forecast by a GRU with a
//! linear head beside the naive forecasts that it has to beat.

mod csv;
mod data;
mod judgement;
mod lesson;
mod naive;
mod plan;
mod script;
mod setup;
mod text;
mod trouble;

pub use csv::{MOST_BYTES, MOST_ROWS, SeriesColumn, SeriesFile, SeriesProblem, SeriesTable, parse_number};
pub use data::{SeriesData, SeriesParts};
pub use judgement::{Forecaster, SeriesGuess, SeriesJudgement, SeriesScore};
pub use lesson::{SeriesForecast, SeriesLesson};
pub use naive::Naive;
pub use plan::SeriesPlan;
pub use script::{SeriesSource, series_script};
pub use setup::SeriesSetup;
