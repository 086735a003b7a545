use std::f64::consts::LN_2;

use serde::Serialize;

use super::TextData;

/// Who guesses the next character without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum TextGuesser {
    /// Every character is as likely as any other.
    Uniform,
    /// Each is as likely as it is frequent in the training part.
    Frequent,
    /// Each is as likely as it followed the last one in the training part.
    Pairs,
}

/// How a guess does on the validation part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TextGuess {
    /// Whose it is.
    pub who: TextGuesser,
    /// Its cross entropy, in nats a character. Each count is one higher than it was, so that nothing is impossible.
    pub loss: f64,
    /// The same in bits: divided by ln 2.
    pub bits: f64,
    /// The share of characters that it names, in [0, 1].
    pub accuracy: f64,
}

impl TextGuess {
    /// The guesses, from the one that knows least.
    pub fn of(data: &TextData) -> [TextGuess; 3] {
        let kinds = data.vocabulary.len();
        let mut single = vec![1.0_f64; kinds];
        let mut pairs = vec![1.0_f64; kinds * kinds];
        for &id in &data.ids[..data.train] {
            single[id] += 1.0;
        }
        for pair in data.ids[..data.train].windows(2) {
            pairs[pair[0] * kinds + pair[1]] += 1.0;
        }
        let uniform = vec![1.0; kinds];
        let judge = |who, row: &dyn Fn(usize) -> Vec<f64>| {
            // Each row once: its shares, and the character that it names.
            let rows: Vec<(Vec<f64>, usize)> = (0..kinds)
                .map(|before| {
                    let counts = row(before);
                    let sum: f64 = counts.iter().sum();
                    let most =
                        (1..kinds).fold(0, |best, at| if counts[at] > counts[best] { at } else { best });
                    (counts.into_iter().map(|count| count / sum).collect(), most)
                })
                .collect();
            let (mut lost, mut right, mut count) = (0.0, 0.0, 0.0);
            for (before, after) in data.judged_pairs() {
                let (shares, most) = &rows[before];
                lost -= shares[after].ln();
                right += f64::from(u8::from(*most == after));
                count += 1.0;
            }
            let loss = lost / count;
            TextGuess { who, loss, bits: loss / LN_2, accuracy: right / count }
        };
        let mut guesses = [
            judge(TextGuesser::Uniform, &|_| uniform.clone()),
            judge(TextGuesser::Frequent, &|_| single.clone()),
            judge(TextGuesser::Pairs, &|before| pairs[before * kinds..][..kinds].to_vec()),
        ];
        // Who finds all as likely names any of them.
        guesses[0].accuracy = 1.0 / kinds as f64;
        guesses
    }
}
