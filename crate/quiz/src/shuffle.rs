//! The order of options: another one for every seed, the same one for the same seed.

use super::schema::{Bank, Question};

/// The places of a question's options in the order in which a run shows them.
pub fn order(seed: u32, question: &Question) -> Vec<usize> {
    let mut order: Vec<usize> = (0..question.options.len()).collect();
    let mut words = SplitMix64::new(seed, &question.id);
    // Fisher and Yates: every order is equally likely.
    for last in (1..order.len()).rev() {
        order.swap(last, words.below(last as u64 + 1) as usize);
    }
    order
}

/// The seed of the next run: it shows no question's options in the order of the last one, as far as
/// a thousand seeds allow.
pub fn another_seed(seed: u32, bank: &Bank) -> u32 {
    const TRIES: u32 = 1000;
    let next = |step: u32| seed.wrapping_add(step);
    let differs = |candidate: &u32| {
        bank.questions.iter().all(|question| order(*candidate, question) != order(seed, question))
    };
    (1..=TRIES).map(next).find(differs).unwrap_or(next(1))
}

/// Vigna's `SplitMix64`, one stream per seed and question. It is the quiz's own, so that a run kept in
/// a browser has the same order after the core's generators change.
struct SplitMix64(u64);

impl SplitMix64 {
    fn new(seed: u32, question: &str) -> Self {
        let mut words = SplitMix64(u64::from(seed));
        for byte in question.bytes() {
            words.0 = words.next() ^ u64::from(byte);
        }
        words
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A number below `range`; the bias of the remainder is below 2^-60 for ranges of 9.
    fn below(&mut self, range: u64) -> u64 {
        self.next() % range
    }
}
