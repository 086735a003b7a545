//! Series of real numbers: read from CSV, split in time, standardised by the training part, and forecast by a GRU with a
//! linear head beside the naive forecasts that it has to beat.

mod characters;
mod csv;
mod data;
mod judgement;
mod lesson;
mod naive;
mod plan;
mod script;
mod season;
mod setup;
mod text;
mod trouble;

pub use characters::{
    MOST_CHARACTERS, MOST_KINDS, MOST_TEXT_BYTES, TextData, TextFile, TextGuess, TextGuesser, TextJudgement,
    TextLesson, TextPlan, TextSample, TextSetup, text_script, write_on,
};
pub use csv::{MOST_BYTES, MOST_ROWS, SeriesColumn, SeriesFile, SeriesProblem, SeriesTable, parse_number};
pub use data::{SeriesData, SeriesParts};
pub use judgement::{Forecaster, SeriesGuess, SeriesJudgement, SeriesScore};
pub use lesson::{SeriesForecast, SeriesLesson};
pub use naive::Naive;
pub use plan::SeriesPlan;
pub use script::{SeriesSource, series_script};
pub use season::SeasonProposal;
pub use setup::SeriesSetup;
