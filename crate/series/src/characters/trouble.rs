//! Why a text cannot be learned with a setup, and why a run ended.

use call::diagnostic::Severity;
use nn::cost::LIMIT_BYTES;
use num::float::plain;
use train::{Change, Help, TrainError, Trouble};

use super::data::plain_text;
use super::{MOST_CHARACTERS, MOST_KINDS, TextData, TextSetup};
use crate::text::shown;

/// The least places of the training part at which a window can begin.
const LEAST_STARTS: usize = 10;
/// So often it writes at most.
const MOST_SAMPLES: u64 = 100;
/// A bound that is the page's own.
const OURS: &str = "This is a bound of this page, not one of PyTorch's.";

/// A text that is not taken.
pub(crate) fn refused(code: &'static str, message: String, note: &str) -> Trouble {
    trouble(code, message, &[], note)
}

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

fn helped(mut trouble: Trouble, text: &str, code: String, change: Change) -> Box<Trouble> {
    trouble.help = vec![Help { text: text.to_owned(), code, change }];
    Box::new(trouble)
}

impl TextSetup {
    /// The data, or why this text cannot be learned so; nothing is trained.
    ///
    /// # Errors
    /// What is wrong, as data: a size out of its bounds, what `PyTorch` refuses, a text that is too short, too long or of too many
    /// different characters, a prompt with a character that the text has not.
    pub fn data(&self, text: &str) -> Result<TextData, Box<Trouble>> {
        self.check_sizes()?;
        // Counted before anything is made of it.
        let characters = plain_text(text).chars().count();
        if characters > MOST_CHARACTERS {
            let message =
                format!("the text has {characters} characters: at most {MOST_CHARACTERS} are learned here");
            return Err(Box::new(trouble("too-long", message, &[], OURS)));
        }
        let data = TextData::new(text, self);
        let kinds = data.vocabulary.len();
        if kinds > MOST_KINDS {
            let message =
                format!("the text has {kinds} different characters: at most {MOST_KINDS} are learned here");
            return Err(Box::new(trouble("too-many-kinds", message, &[], OURS)));
        }
        if kinds == 1 {
            let message = "every character of the text is the same".to_owned();
            let note = "Where there is one answer alone, there is nothing to learn.";
            return Err(Box::new(trouble("constant", message, &[], note)));
        }
        self.check_length(&data)?;
        if let Err(refusal) = self.bytes(kinds as u64).within(LIMIT_BYTES) {
            return Err(Box::new(trouble(
                "too-large",
                refusal.to_string(),
                &["hidden_size", "seq_len", "batch"],
                OURS,
            )));
        }
        self.check_prompt(&data)?;
        Ok(data)
    }

    fn check_sizes(&self) -> Result<(), Box<Trouble>> {
        for (setting, given, lowest, highest) in self.bounds() {
            if !(lowest..=highest).contains(&given) {
                let message = format!("{setting} is from {lowest} to {highest} here, not {given}");
                return Err(Box::new(trouble("bound", message, &[setting], OURS)));
            }
        }
        if self.steps.div_ceil(self.sample_every) > MOST_SAMPLES {
            let message = format!(
                "{} training steps with sample_every = {} are more than {MOST_SAMPLES} samples",
                self.steps, self.sample_every
            );
            let refused = trouble("too-many-samples", message, &["sample_every"], OURS);
            return Err(Box::new(refused));
        }
        let [lowest, highest] = Self::TEMPERATURES;
        if !(lowest..=highest).contains(&self.temperature) {
            let message = format!(
                "temperature is from {} to {} here, not {}",
                plain(lowest),
                plain(highest),
                plain(self.temperature)
            );
            return Err(Box::new(trouble("bound", message, &["temperature"], OURS)));
        }
        if let Err(error) = self.optimizer().validate() {
            let note = "Adam goes against the gradient; the learning rate is how far.";
            let mut refused = trouble("learning-rate", error.to_string(), &["lr"], note);
            refused.exception = Some("ValueError");
            return Err(helped(refused, "Take a usual one", "lr=0.01".to_owned(), Change::Lr(0.01)));
        }
        Ok(())
    }

    fn check_length(&self, data: &TextData) -> Result<(), Box<Trouble>> {
        if data.starts() >= LEAST_STARTS && data.judged > 0 {
            return Ok(());
        }
        let characters = data.ids.len();
        let message = format!(
            "the text has {characters} characters, {} of them to train on and {} to validate: too few for windows of {}",
            data.train,
            characters - data.train,
            self.seq_len,
        );
        let note = "A window has seq_len characters, and each has the one after it as its target. Both parts need room for some.";
        let refused = trouble("too-short", message, &["seq_len"], note);
        let fits = ((characters - data.train).saturating_sub(1))
            .min(data.train.saturating_sub(LEAST_STARTS))
            .min(16);
        if fits == 0 {
            return Err(Box::new(refused));
        }
        let fits = fits as u64;
        Err(helped(refused, "Read shorter windows", format!("seq_len = {fits}"), Change::SeqLen(fits)))
    }

    fn check_prompt(&self, data: &TextData) -> Result<(), Box<Trouble>> {
        let note = "The model has a number for each character of its text, and none for another.";
        let prompt = plain_text(&self.prompt);
        if prompt.chars().count() > Self::LONGEST_PROMPT {
            let message = format!("the prompt has more than {} characters", Self::LONGEST_PROMPT);
            return Err(Box::new(trouble("prompt", message, &["prompt"], OURS)));
        }
        match data.places(&prompt) {
            Ok(_) => Ok(()),
            Err(other) => {
                let message =
                    format!("the prompt has \"{}\", and the text has not", shown(&other.to_string(), 1));
                Err(Box::new(trouble("prompt", message, &["prompt"], note)))
            }
        }
    }

    /// What ended a run.
    pub(crate) fn run_trouble(&self, error: &TrainError) -> Trouble {
        let note = "A training step was too large: from there every number is infinite or NaN. Smaller ones avoid it.";
        let lr = self.lr / 10.0;
        let broken = trouble("not-finite", error.to_string(), &["lr"], note);
        *helped(broken, "Take smaller training steps", format!("lr={}", plain(lr)), Change::Lr(lr))
    }
}
