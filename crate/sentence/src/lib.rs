#![doc = include_str!("../README.md")]

mod draw;
mod reading;
mod training;
mod words;

pub use draw::{Sentences, right_opinion};
pub use reading::{
    SentenceReader, SentenceReading, SentenceStep, read_sentence, read_tokens, read_words, remembering_unit,
    trained,
};
pub use training::{
    EMBEDDING_DIM, HIDDEN_SIZE, SEED, STEPS, SentenceModel, model_config, train_model, weights_file,
};
pub use words::{LONGEST, Opinion, SentenceWord, WORDS, WordKind, words_of};
