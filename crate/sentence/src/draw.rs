//! Sentences at random, and what is right of each.

use rng::TorchGenerator;
use train::{Criterion, Input};

use crate::words::{Opinion, WordKind, kind_of, tokens_of};

/// Sentences of one length, with what is right of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentences {
    /// L, the words of each.
    pub seq_len: usize,
    /// The tokens, (N, L), row-major.
    pub tokens: Vec<usize>,
}

/// What is said last: an opinion, turned round if a negation stands between it and the one before.
pub fn right_opinion(tokens: &[usize]) -> Opinion {
    let (mut negated, mut opinion) = (false, Opinion::None);
    for &token in tokens {
        opinion = match (kind_of(token), negated) {
            (WordKind::Negation, _) => {
                negated = true;
                continue;
            }
            (WordKind::Good, false) | (WordKind::Bad, true) => Opinion::Good,
            (WordKind::Bad, false) | (WordKind::Good, true) => Opinion::Bad,
            (WordKind::Filler | WordKind::Unknown, _) => continue,
        };
        negated = false;
    }
    opinion
}

/// A whole number from 0 to below `end`.
fn below(end: usize, generator: &mut TorchGenerator) -> usize {
    let mut number = [0];
    generator.fill_randint(0, end as i64, &mut number).expect("an end above 0");
    number[0] as usize
}

/// A word of a kind.
fn word(kind: WordKind, generator: &mut TorchGenerator) -> usize {
    let tokens = tokens_of(kind);
    tokens.start + below(tokens.len(), generator)
}

/// A word that changes nothing: each of the fillers as often as the unknown one.
fn filler(generator: &mut TorchGenerator) -> usize {
    below(tokens_of(WordKind::Filler).end, generator)
}

/// An opinion, as often good as bad.
fn opinion(generator: &mut TorchGenerator) -> usize {
    word(if below(2, generator) == 0 { WordKind::Good } else { WordKind::Bad }, generator)
}

impl Sentences {
    /// Sentences for training: up to five words that count, anywhere, two of five of them a negation.
    pub fn draw(samples: usize, seq_len: usize, generator: &mut TorchGenerator) -> Self {
        let mut tokens = Vec::with_capacity(samples * seq_len);
        for _ in 0..samples {
            let start = tokens.len();
            tokens.extend((0..seq_len).map(|_| filler(generator)));
            for _ in 0..below(6.min(seq_len + 1), generator) {
                let place = below(seq_len, generator);
                tokens[start + place] = if below(5, generator) < 2 {
                    word(WordKind::Negation, generator)
                } else {
                    opinion(generator)
                };
            }
        }
        Sentences { seq_len, tokens }
    }

    /// Sentences whose opinion stands so many fillers after a negation, with up to three words before.
    pub fn with_gap(samples: usize, gap: usize, generator: &mut TorchGenerator) -> Self {
        const BEFORE: usize = 3;
        let mut tokens = Vec::new();
        for _ in 0..samples {
            tokens.extend((0..BEFORE).map(|_| filler(generator)));
            tokens.push(word(WordKind::Negation, generator));
            tokens.extend((0..gap).map(|_| filler(generator)));
            tokens.push(opinion(generator));
        }
        Sentences { seq_len: BEFORE + gap + 2, tokens }
    }

    /// What a model reads, (N, L), and what it is to answer.
    pub fn batch(self) -> (Input<f32>, Criterion<f32>) {
        let classes = self.tokens.chunks_exact(self.seq_len).map(|sentence| right_opinion(sentence) as i64);
        let criterion = Criterion::CrossEntropy(classes.collect());
        let shape = vec![self.tokens.len() / self.seq_len, self.seq_len];
        (Input::Tokens { shape, tokens: self.tokens }, criterion)
    }
}
