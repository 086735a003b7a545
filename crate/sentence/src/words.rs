//! The vocabulary.

use serde::Serialize;

/// What a word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum WordKind {
    /// It is no word of the vocabulary: it changes nothing.
    Unknown,
    /// It changes nothing.
    Filler,
    /// It turns the next opinion round.
    Negation,
    /// It says that something is good.
    Good,
    /// It says that something is bad.
    Bad,
}

/// What is said of a sentence: the class of the head that is largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Opinion {
    /// Something is bad, class 0.
    Bad,
    /// Nothing is said to be good or bad, class 1.
    None,
    /// Something is good, class 2.
    Good,
}

impl Opinion {
    /// The classes in their order.
    pub const CLASSES: [Opinion; 3] = [Opinion::Bad, Opinion::None, Opinion::Good];
}

/// The words of each kind; a token is a word's place among all of them, and 0 is every unknown word.
pub const WORDS: [(WordKind, &[&str]); 5] = [
    (WordKind::Unknown, &["?"]),
    (
        WordKind::Filler,
        &[
            "the", "a", "this", "that", "it", "is", "was", "are", "were", "film", "movie", "book", "story",
            "song", "play", "show", "plot", "end", "actor", "music", "and", "but", "of", "in", "on", "to",
            "for", "with", "i", "we", "they", "he", "she", "you", "think", "thought", "found", "said",
            "felt", "as", "at", "all", "my", "friend", "evening", "one", "who", "very", "really", "so",
            "quite", "too",
        ],
    ),
    (WordKind::Negation, &["not", "never", "hardly"]),
    (
        WordKind::Good,
        &["good", "great", "nice", "lovely", "fine", "funny", "clever", "brilliant", "happy", "wonderful"],
    ),
    (WordKind::Bad, &["bad", "awful", "boring", "dull", "poor", "weak", "ugly", "sad", "silly", "terrible"]),
];

/// The most words of a sentence that are read.
pub const LONGEST: usize = 64;

/// A word of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SentenceWord {
    /// As it was written.
    pub text: String,
    /// Its row of the embedding.
    pub token: usize,
    /// What it does.
    pub kind: WordKind,
}

/// How many tokens there are.
pub(crate) fn vocabulary() -> usize {
    WORDS.iter().map(|(_, words)| words.len()).sum()
}

/// What a token does.
pub(crate) fn kind_of(token: usize) -> WordKind {
    let mut end = 0;
    let kind = WORDS.iter().find_map(|(kind, words)| {
        end += words.len();
        (token < end).then_some(*kind)
    });
    kind.unwrap_or(WordKind::Unknown)
}

/// The tokens of a kind.
pub(crate) fn tokens_of(kind: WordKind) -> std::ops::Range<usize> {
    let mut start = 0;
    for (of, words) in WORDS {
        if of == kind {
            return start..start + words.len();
        }
        start += words.len();
    }
    unreachable!("every kind has words")
}

fn token_of(word: &str) -> usize {
    // "isn't", "wasn't", "don't" say "not".
    let word = if word.ends_with("n't") { "not" } else { word };
    let all = WORDS.iter().flat_map(|(_, words)| words.iter());
    all.enumerate().find_map(|(token, known)| (*known == word).then_some(token)).unwrap_or(0)
}

impl SentenceWord {
    /// The word of a token of the vocabulary.
    pub(crate) fn of_token(token: usize) -> Self {
        let text =
            WORDS.iter().flat_map(|(_, words)| words.iter()).nth(token).expect("a token of the vocabulary");
        SentenceWord { text: (*text).to_owned(), token, kind: kind_of(token) }
    }
}

/// The words of a text, at most one more than [`LONGEST`]; whatever is between them is left out.
///
/// ```
/// use gru_playground_sentence::{WordKind, words_of};
///
/// let kinds: Vec<_> = words_of("It WASN’T, I think, good!").iter().map(|word| word.kind).collect();
/// assert_eq!(kinds[..2], [WordKind::Filler, WordKind::Negation]);
/// assert_eq!(kinds[4..], [WordKind::Good]);
/// ```
pub fn words_of(text: &str) -> Vec<SentenceWord> {
    let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '\'' || letter == '’';
    text.split(|letter| !is_of_word(letter))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
        .take(LONGEST + 1)
        .map(|word| {
            let token = token_of(&word.replace('’', "'").to_lowercase());
            SentenceWord { text: word.to_owned(), token, kind: kind_of(token) }
        })
        .collect()
}
