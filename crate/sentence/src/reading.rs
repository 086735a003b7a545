//! What the trained model does with a sentence.

use ndarray::ArrayViewD;
use nn::gru::{CallOptions, ForwardRun, Gru, Keep, Quantity};
use rng::TorchGenerator;
use serde::Serialize;
use train::{Embedding, Linear};

use crate::training::{EMBEDDING_DIM, HIDDEN_SIZE, SEED, model_config};
use crate::words::{LONGEST, Opinion, SentenceWord, vocabulary, words_of};

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
    /// The candidate, in [-1, 1].
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

/// The trained model, taken apart: an embedding, a GRU and a head.
///
/// A page waits for what reads a sentence: it comes without what trains a model or checks a file.
#[derive(Debug, Clone, PartialEq)]
pub struct SentenceReader {
    embedding: Embedding<f32>,
    gru: Gru<f32>,
    fc: Linear<f32>,
}

impl SentenceReader {
    /// The GRU within it: `nn.GRU(8, 12, batch_first=True)`.
    pub fn gru(&self) -> &Gru<f32> {
        &self.gru
    }

    /// What the GRU reads of words: each one's row of the embedding, (L, 8), row-major.
    ///
    /// # Panics
    /// Where a token is none of the vocabulary.
    pub fn rows(&self, words: &[SentenceWord]) -> Vec<f32> {
        let tokens: Vec<usize> = words.iter().map(|word| word.token).collect();
        self.embedding.forward(&tokens).expect("tokens of the vocabulary")
    }

    /// What the head says of a state of H numbers, and how likely it holds each class to be: bad, none, good.
    pub fn answer(&self, h: &[f32]) -> (Opinion, [f32; 3]) {
        let probabilities = softmax(&self.fc.forward(h));
        let (best, _) = (0..3).fold((0, 0.0), |best: (usize, f32), class| {
            if probabilities[class] > best.1 { (class, probabilities[class]) } else { best }
        });
        (Opinion::CLASSES[best], probabilities)
    }
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
pub fn trained() -> SentenceReader {
    let mut gru = Gru::new(model_config().gru, &mut TorchGenerator::new(SEED)).expect("options of a GRU");
    // The tensors stand in the order of their names, each number in four bytes, behind a header that says its size.
    let (size, rest) = WEIGHTS.split_first_chunk().expect("the size of the header");
    let mut bytes = rest[u64::from_le_bytes(*size) as usize..].chunks_exact(4);
    let mut take = |count: usize| -> Vec<f32> {
        let numbers = bytes.by_ref().take(count);
        numbers.map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
    };
    let [hidden, features] = [HIDDEN_SIZE, EMBEDDING_DIM].map(|size| size as usize);
    let embedding = Embedding::new(features, None, take(vocabulary() * features));
    let bias = take(Opinion::CLASSES.len());
    let fc = Linear::new(hidden, take(Opinion::CLASSES.len() * hidden), bias);
    // By name: bias_hh_l0, bias_ih_l0, weight_hh_l0, weight_ih_l0; PyTorch's own order is the other way round.
    let by_name = [3 * hidden, 3 * hidden, 3 * hidden * hidden, 3 * hidden * features].map(take);
    for (parameter, numbers) in gru.parameters_mut().zip([3, 2, 1, 0]) {
        parameter.copy_from_slice(&by_name[numbers]);
    }
    SentenceReader { embedding, gru, fc }
}

/// The unit whose state differs most between having read 'not' and having read a word that changes nothing, among those that let
/// the least of it go over twenty fillers.
pub fn remembering_unit(model: &SentenceReader) -> usize {
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

/// The words of a text that are read, at most [`LONGEST`], and whether there are more.
pub fn read_words(text: &str) -> (Vec<SentenceWord>, bool) {
    let mut words = words_of(text);
    let is_cut = words.len() > LONGEST;
    words.truncate(LONGEST);
    (words, is_cut)
}

/// What the model does with the words of a text, from a state of zeros.
pub fn read_sentence(model: &SentenceReader, text: &str) -> SentenceReading {
    let (words, is_cut) = read_words(text);
    SentenceReading { steps: read(model, words), unit: remembering_unit(model), is_cut }
}

/// The same of tokens.
///
/// # Panics
/// Where a token is none of the vocabulary.
pub fn read_tokens(model: &SentenceReader, tokens: &[usize]) -> Vec<SentenceStep> {
    read(model, tokens.iter().map(|&token| SentenceWord::of_token(token)).collect())
}

fn read(model: &SentenceReader, words: Vec<SentenceWord>) -> Vec<SentenceStep> {
    if words.is_empty() {
        return Vec::new();
    }
    let x = model.rows(&words);
    let features = EMBEDDING_DIM as usize;
    let input = ArrayViewD::from_shape(vec![1, words.len(), features], &x).expect("a row a word");
    let options = CallOptions { keep: Keep::Every, ..CallOptions::default() };
    let run = ForwardRun::new(&model.gru, input, options).expect("a sentence fits");
    let trace = run.finish().trace.expect("asked for");
    let of = |quantity, step| {
        let values = trace.get(0, false, quantity).expect("a GRU's own");
        values.slice(ndarray::s![step, 0, ..]).to_vec()
    };
    let steps = words.into_iter().enumerate().map(|(step, word)| {
        let [r, z, n, h] =
            [Quantity::R, Quantity::Z, Quantity::N, Quantity::H].map(|quantity| of(quantity, step));
        let (opinion, probabilities) = model.answer(&h);
        let x = x[step * features..(step + 1) * features].to_vec();
        SentenceStep { word, x, r, z, n, h, opinion, probabilities }
    });
    steps.collect()
}

/// `softmax(logits)` of the three classes.
fn softmax(logits: &[f32]) -> [f32; 3] {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> = logits.iter().map(|logit| (logit - largest).exp()).collect();
    let sum: f32 = exponentials.iter().sum();
    std::array::from_fn(|class| exponentials[class] / sum)
}
