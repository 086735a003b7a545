use call::py::CodeLine;
use serde::Serialize;
use train::Trouble;

use crate::script::series_script;
use crate::{Forecaster, Naive, SeasonProposal, SeriesParts, SeriesScore, SeriesSetup, SeriesSource};

/// What a setup means for a series, before anything is trained.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesPlan {
    /// The script of the whole run.
    pub code: Vec<CodeLine>,
    /// Where the parts end; none of a series that cannot be learned so.
    pub parts: Option<SeriesParts>,
    /// What the best naive forecast loses on the validation part, in squares of the standard deviation as the loss has it.
    pub guessing: Option<f64>,
    /// Whose that is.
    pub guesser: Option<Forecaster>,
    /// Numbers that are learned.
    pub parameters: Option<u64>,
    /// A season that the training part seems to have.
    pub season: Option<SeasonProposal>,
    /// Why it cannot be run.
    pub trouble: Option<Trouble>,
}

impl SeriesPlan {
    /// What a setup means for these values; answers at once.
    pub fn of(values: &[f64], setup: &SeriesSetup, source: &SeriesSource) -> Self {
        let code = series_script(setup, source, values.len());
        let season = SeasonProposal::of(values, setup);
        let data = match setup.data(values) {
            Ok(data) => data,
            Err(trouble) => {
                return SeriesPlan {
                    code,
                    parts: None,
                    guessing: None,
                    guesser: None,
                    parameters: None,
                    season,
                    trouble: Some(*trouble),
                };
            }
        };
        let targets = data.validation();
        let losses = Naive::with_season(data.season()).iter().map(|&naive| {
            let error = crate::lesson::rms(data.naive_errors(naive, &targets)) / data.parts.std;
            SeriesScore { who: naive.into(), next: error * error, horizon: f64::NAN }
        });
        let best = losses.min_by(|a, b| a.next.total_cmp(&b.next));
        SeriesPlan {
            code,
            guessing: best.as_ref().map(|best| best.next),
            guesser: best.map(|best| best.who),
            parameters: setup.model().parameters().to_u64(),
            parts: Some(data.parts),
            season,
            trouble: None,
        }
    }
}
