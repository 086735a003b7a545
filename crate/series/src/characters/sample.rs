use rng::TorchGenerator;
use serde::Serialize;
use train::{Model, TrainError, Trouble};

use super::{TextData, TextSetup};

/// What a model has written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TextSample {
    /// After how many training steps.
    pub steps: u64,
    /// What it went on from.
    pub prompt: String,
    /// What it wrote.
    pub text: String,
    /// How many whole words of two letters and more it wrote.
    pub words: u64,
    /// How many of them stand in the text that it learned from.
    pub known: u64,
}

impl TextSample {
    /// Draws `length` characters one by one: `torch.multinomial(torch.softmax(logits / temperature, 0), 1)` of a generator of its own, so
    /// that a run learns the same whether or not it writes, and throws the same dice each time.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub(crate) fn draw(
        model: &Model<f32>,
        data: &TextData,
        setup: &TextSetup,
        steps: u64,
    ) -> Result<Self, TrainError> {
        let mut dice = TorchGenerator::new(setup.sample_seed as u64);
        let prompt = data.prompt(setup);
        let mut read = data.places(&prompt).map_err(|_| TrainError::Token)?;
        let (mut text, mut state) = (String::new(), None);
        for _ in 0..setup.length {
            let told = model.read_on(&read, state.as_ref())?;
            let shares = softmax(&told.prediction, setup.temperature as f32);
            let Ok(drawn) = dice.multinomial(&shares, 1, false) else {
                // A share that is not a number has come of weights that are not.
                return Err(TrainError::Token);
            };
            read = drawn.iter().map(|&id| id as usize).collect();
            text.extend(read.iter().map(|&id| data.vocabulary[id]));
            state = Some(told.state);
        }
        let (words, known) = words(&text, data);
        Ok(TextSample { steps, prompt, text, words, known })
    }
}

/// What a trained model writes with these weights, in the order of its state dict; `text` is what it was trained on.
///
/// # Errors
/// As [`TextSetup::data`]; for weights that are not those of its model, too.
pub fn write_on(text: &str, setup: &TextSetup, weights: &[f32]) -> Result<TextSample, Box<Trouble>> {
    let data = setup.data(text)?;
    let of_run = |error: TrainError| Box::new(setup.run_trouble(&error));
    let config = setup.model(data.vocabulary.len() as u64);
    let mut model = Model::new(&config, &mut TorchGenerator::new(0)).map_err(of_run)?;
    let mut rest = weights;
    for parameter in model.parameters_mut() {
        let Some((own, after)) = rest.split_at_checked(parameter.len()) else {
            return Err(of_run(TrainError::Input));
        };
        parameter.copy_from_slice(own);
        rest = after;
    }
    TextSample::draw(&model, &data, setup, setup.steps).map_err(of_run)
}

/// `torch.softmax(logits / temperature, dim=0)`.
fn softmax(logits: &[f32], temperature: f32) -> Vec<f32> {
    let cooled = logits.iter().map(|logit| logit / temperature);
    let most = cooled.clone().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = cooled.map(|logit| (logit - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// The words of a text of two letters and more, the last one aside where nothing ends it.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.rfind(|it: char| !it.is_alphanumeric()).map_or("", |end| &text[..end]);
    whole.split(|it: char| !it.is_alphanumeric()).filter(|word| word.chars().nth(1).is_some())
}

/// How many words a sample has, and how many of them the text has; the first may have begun in the prompt and is left out.
fn words(sample: &str, data: &TextData) -> (u64, u64) {
    let learned: String = data.ids.iter().map(|&id| data.vocabulary[id]).collect();
    let learned: std::collections::HashSet<&str> = words_of(&learned).collect();
    let from = sample.find(|it: char| !it.is_alphanumeric()).unwrap_or(sample.len());
    let all: Vec<&str> = words_of(&sample[from..]).collect();
    (all.len() as u64, all.iter().filter(|word| learned.contains(*word)).count() as u64)
}

#[cfg(test)]
mod tests {
    use super::super::data::plain_text;
    use super::*;

    #[test]
    fn words_are_counted_without_the_ends_that_may_be_cut() {
        let data = TextData::new("the cat sat on the mat. ", &TextSetup::default());
        assert_eq!(
            words("he cat szt on a mat", &data),
            (3, 2),
            "cat and on are words of the text, szt is none"
        );
        assert_eq!(words("", &data), (0, 0));
        assert_eq!(words("xyzzy", &data), (0, 0));
    }

    #[test]
    fn a_low_temperature_leaves_the_likeliest_alone() {
        let shares = softmax(&[1.0, 2.0, 0.0], 0.1);
        assert!(shares[1] > 0.999 && (shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(plain_text("\u{feff}a\rb"), "a\nb");
    }
}
