//! What the trained model does with a sentence.

use nn::gru::{CallOptions, ForwardRun, Gru, Keep, Quantity};
use rng::TorchGenerator;
use serde::Serialize;
use train::{Embedding, Linear, Model};

use crate::training::{EMBEDDING_DIM, HIDDEN_SIZE, SEED, SentenceModel, model_config};
use crate::words::{LONGEST, Opinion, SentenceWord, words_of};

/// As `cargo xtask lesson-weights` writes it.
const WEIGHTS: &[u8] = include_bytes!("../weights.safetensors");

/// One word read: every list has a number for each unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SentenceStep {
    /// The word.
    pub word: SentenceWord,
    /// The word's row of the embedding, `x_t`.
    pub x: Vec<f32>,
    /// The reset gate, in [0, 1].
    pub r: Vec<f32>,
    /// The update gate, in [0, 1]: how much of the old state stays.
    pub z: Vec<f32>,
    /// The new gate, in [-1, 1].
    pub n: Vec<f32>,
    /// The state after the word.
    pub h: Vec<f32>,
    /// What the head would say if the sentence ended here.
    pub opinion: Opinion,
    /// How likely it holds each class to be: bad, none, good.
    pub probabilities: [f32; 3],
}

/// A sentence read by the trained model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SentenceReading {
    /// Its words, in order, and what each did.
    pub steps: Vec<SentenceStep>,
    /// The unit that remembers whether a negation was read.
    pub unit: usize,
    /// Whether the text has more words than are read.
    pub is_cut: bool,
}

/// The trained model.
///
/// ```
/// use gru_playground_sentence::{Opinion, read_sentence, trained};
///
/// let reading = read_sentence(&trained(), "The film was not good");
/// assert_eq!(reading.steps.last().unwrap().opinion, Opinion::Bad);
/// ```
///
/// # Panics
/// Never: the file is a part of the crate, and a test holds it to what reads any file.
pub fn trained() -> SentenceModel {
    let mut model =
        Model::new(&model_config(), &mut TorchGenerator::new(SEED)).expect("options that hold together");
    let mut names: Vec<_> = model.state_dict().map(|(name, tensor)| (name, tensor.len())).collect();
    let in_order = names.clone();
    // Readers of all formats would come along to the page: of this file, the size of the header and the order are known.
    let (size, rest) = WEIGHTS.split_first_chunk().expect("the size of the header");
    let numbers = &rest[u64::from_le_bytes(*size) as usize..];
    names.sort();
    for ((name, _), elements) in in_order.iter().zip(model.parameters_mut()) {
        let before: usize = names.iter().take_while(|(other, _)| other != name).map(|(_, count)| count).sum();
        let (numbers, _) = numbers[4 * before..].as_chunks();
        for (element, bytes) in elements.iter_mut().zip(numbers) {
            *element = f32::from_le_bytes(*bytes);
        }
    }
    model
}

/// The unit whose state differs most between having read 'not' and having read a word that changes nothing, among those that let
/// the least of it go over twenty fillers.
pub fn remembering_unit(model: &SentenceModel) -> usize {
    let fillers =
        "the film that my friend found and i thought of as the end of the evening was in all the one"
            .to_owned();
    let [with, without] = ["not", "the"].map(|first| read(model, words_of(&format!("{first} {fillers}"))));
    let kept = |unit: usize| with[1..].iter().map(|step| step.z[unit]).product::<f32>();
    let (Some(last), Some(other)) = (with.last(), without.last()) else {
        unreachable!("a sentence of words")
    };
    let remembered = |unit: usize| (last.h[unit] - other.h[unit]).abs() * kept(unit);
    let by_memory = |one: &usize, two: &usize| remembered(*one).total_cmp(&remembered(*two));
    (0..HIDDEN_SIZE as usize).max_by(by_memory).unwrap_or(0)
}

/// What the model does with the words of a text, from a state of zeros.
pub fn read_sentence(model: &SentenceModel, text: &str) -> SentenceReading {
    let mut words = words_of(text);
    let is_cut = words.len() > LONGEST;
    words.truncate(LONGEST);
    SentenceReading { steps: read(model, words), unit: remembering_unit(model), is_cut }
}

/// The same of tokens.
///
/// # Panics
/// Where a token is none of the vocabulary.
pub fn read_tokens(model: &SentenceModel, tokens: &[usize]) -> Vec<SentenceStep> {
    read(model, tokens.iter().map(|&token| SentenceWord::of_token(token)).collect())
}

fn read(model: &SentenceModel, words: Vec<SentenceWord>) -> Vec<SentenceStep> {
    if words.is_empty() {
        return Vec::new();
    }
    let (embedding, gru, fc) = parts(model);
    let tokens: Vec<i64> = words.iter().map(|word| word.token as i64).collect();
    let x = embedding.call(&tokens).expect("tokens of the vocabulary");
    let input = x.view().insert_axis(ndarray::Axis(0));
    let options = CallOptions { keep: Keep::Every, ..CallOptions::default() };
    let run = ForwardRun::new(gru, input, options).expect("a sentence fits");
    let trace = run.finish().trace.expect("asked for");
    let of = |quantity, step| {
        let values = trace.get(0, false, quantity).expect("a GRU's own");
        values.slice(ndarray::s![step, 0, ..]).to_vec()
    };
    let steps = words.into_iter().enumerate().map(|(step, word)| {
        let [r, z, n, h] =
            [Quantity::R, Quantity::Z, Quantity::N, Quantity::H].map(|quantity| of(quantity, step));
        let probabilities = softmax(&fc.forward(&h));
        let (best, _) = (0..3).fold((0, 0.0), |best: (usize, f32), class| {
            if probabilities[class] > best.1 { (class, probabilities[class]) } else { best }
        });
        let x = x.slice(ndarray::s![step, ..]).to_vec();
        SentenceStep { word, x, r, z, n, h, opinion: Opinion::CLASSES[best], probabilities }
    });
    steps.collect()
}

/// The embedding, the GRU and the head of the model.
fn parts(model: &SentenceModel) -> (Embedding<f32>, &Gru<f32>, Linear<f32>) {
    let parameter = |name: &str| {
        let found = model.state_dict().find(|(other, _)| other == name);
        found.map(|(_, tensor)| tensor.iter().copied().collect::<Vec<f32>>()).expect("the model's own")
    };
    let embedding = Embedding::new(EMBEDDING_DIM as usize, None, parameter("embedding.weight"));
    let fc = Linear::new(HIDDEN_SIZE as usize, parameter("fc.weight"), parameter("fc.bias"));
    (embedding, model.gru(), fc)
}

/// `softmax(logits)` of the three classes.
fn softmax(logits: &[f32]) -> [f32; 3] {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> = logits.iter().map(|logit| (logit - largest).exp()).collect();
    let sum: f32 = exponentials.iter().sum();
    std::array::from_fn(|class| exponentials[class] / sum)
}
