//! Why a series cannot be learned with a setup, and why a run ended.

use call::diagnostic::Severity;
use nn::cost::LIMIT_BYTES;
use num::float::plain;
use train::{Change, Help, TrainError, Trouble};

use crate::data::SeriesParts;
use crate::{SeriesData, SeriesSetup};

/// The least windows of the training part.
const LEAST_WINDOWS: u64 = 10;

fn trouble(code: &'static str, message: String, settings: &[&'static str], note: &str) -> Trouble {
    Trouble {
        code,
        severity: Severity::Error,
        exception: None,
        message,
        settings: settings.to_vec(),
        notes: vec![note.to_owned()],
        help: Vec::new(),
    }
}

impl SeriesSetup {
    /// The data, or why these values cannot be learned so; nothing is trained.
    ///
    /// # Errors
    /// What is wrong, as data: a size out of its bounds, what `PyTorch` refuses, too few values, a training part that does not vary.
    pub fn data(&self, values: &[f64]) -> Result<SeriesData, Box<Trouble>> {
        self.check(values.len())?;
        let data = SeriesData::new(values, self);
        if data.parts.std.is_finite() && data.parts.std > 0.0 {
            return Ok(data);
        }
        let what = if self.difference { "change" } else { "value" };
        let message = format!("every {what} of the training part is the same: its standard deviation is 0");
        let note = "What never varies cannot be standardised, and there is nothing to learn from it.";
        Err(Box::new(trouble("constant", message, &["difference"], note)))
    }

    fn check(&self, values: usize) -> Result<(), Box<Trouble>> {
        for (setting, given, lowest, highest) in self.bounds() {
            if !(lowest..=highest).contains(&given) {
                let message = format!("{setting} is from {lowest} to {highest} here, not {given}");
                let note = "This is a bound of this page, not one of PyTorch's.";
                return Err(Box::new(trouble("bound", message, &[setting], note)));
            }
        }
        if let Err(error) = self.optimizer().validate() {
            let note = "Adam takes a step against the gradient; the learning rate is its length.";
            let mut refused = trouble("learning-rate", error.to_string(), &["lr"], note);
            refused.exception = Some("ValueError");
            refused.help = vec![Help {
                text: "Take a usual one".to_owned(),
                code: "lr=0.01".to_owned(),
                change: Change::Lr(0.01),
            }];
            return Err(Box::new(refused));
        }
        if let Err(refusal) = self.bytes().within(LIMIT_BYTES) {
            let note = "This is a bound of this page, not one of PyTorch's.";
            return Err(Box::new(trouble(
                "too-large",
                refusal.to_string(),
                &["hidden_size", "seq_len"],
                note,
            )));
        }
        self.check_length(values)
    }

    fn check_length(&self, values: usize) -> Result<(), Box<Trouble>> {
        let SeriesParts { count, train, test, windows, .. } = SeriesParts::of(values, self);
        if windows[0] < LEAST_WINDOWS {
            let message = format!(
                "the training part has {train} of {count} values: with seq_len = {} that is {}, and {LEAST_WINDOWS} are the least",
                self.seq_len,
                words_of_windows(windows[0]),
            );
            let note = "A window has seq_len values, and the value after it is its target. Each needs room in the part.";
            let mut refused = trouble("too-short", message, &["seq_len"], note);
            if train > LEAST_WINDOWS {
                let fits = (train - LEAST_WINDOWS).min(10);
                let (text, code) = ("Read shorter windows".to_owned(), format!("seq_len = {fits}"));
                refused.help = vec![Help { text, code, change: Change::SeqLen(fits) }];
            }
            return Err(Box::new(refused));
        }
        let unseen = count - test;
        if self.horizon > unseen {
            let message = format!("horizon is {}, and the test part has {unseen} values", self.horizon);
            let note = "A forecast is judged by values that were not seen: it cannot go beyond them.";
            return Err(Box::new(trouble("horizon", message, &["horizon"], note)));
        }
        if self.season == 1 || self.season + 1 >= train {
            let message = if self.season == 1 {
                "season is 0, or from 2 on: after one value everything repeats itself".to_owned()
            } else {
                format!("season is {}, and the training part has {train} values", self.season)
            };
            let note = "The seasonal forecasts look one season and one value back.";
            return Err(Box::new(trouble("season", message, &["season"], note)));
        }
        Ok(())
    }

    /// What ended a run.
    pub(crate) fn run_trouble(&self, error: &TrainError) -> Trouble {
        let note = "A step was too large: from there every number is infinite or NaN. Smaller steps, or gradients that are clipped, avoid it.";
        let lr = self.lr / 10.0;
        let help = Help {
            text: "Take smaller steps".to_owned(),
            code: format!("lr={}", plain(lr)),
            change: Change::Lr(lr),
        };
        Trouble { help: vec![help], ..trouble("not-finite", error.to_string(), &["lr"], note) }
    }
}

fn words_of_windows(windows: u64) -> String {
    match windows {
        0 => "no window".to_owned(),
        1 => "one window".to_owned(),
        several => format!("{several} windows"),
    }
}
