//! What a draw fills into a recipe: names and numbers.

/// What a draw is about: a sample, its steps, the numbers of a step, the tensor and the class.
const ABOUT: [[&str; 5]; 8] = [
    ["window", "steps", "sensors", "readings", "Monitor"],
    ["song", "notes", "pitches", "songs", "Composer"],
    ["patient", "days", "measurements", "records", "Triage"],
    ["sentence", "words", "features", "vectors", "Reader"],
    ["station", "hours", "gauges", "weather", "Forecast"],
    ["gesture", "frames", "joints", "motions", "Gestures"],
    ["trip", "seconds", "signals", "trips", "Driver"],
    ["plant", "weeks", "traits", "growth", "Gardener"],
];

/// How the sizes of a draw stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeckSizes {
    /// No two are equal, so that a message tells them apart.
    Apart,
    /// As many samples as steps, so that no message helps.
    Square,
}

/// Names and numbers, by the placeholder that they stand for.
pub(super) struct Scene(Vec<(&'static str, String)>);

impl Scene {
    /// The names and numbers of a kind and a seed.
    pub(super) fn drawn(kind: &str, seed: u32, sizes: DeckSizes) -> Scene {
        let kind = kind.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(131).wrapping_add(u64::from(byte)));
        let mut draws = DeckDraws(kind ^ u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        // Twice a size is apart from the others too: two directions make it.
        let is_apart = |sizes: &[usize; 5]| {
            let meets = |a: usize, b: usize| a == b || a == 2 * b || 2 * a == b;
            (0..5).all(|at| sizes[..at].iter().all(|other| !meets(*other, sizes[at])))
        };
        let [n, l, i, h, c] = loop {
            let sizes =
                [(4, 7), (5, 11), (2, 12), (6, 20), (3, 6)].map(|(low, high)| draws.between(low, high));
            if is_apart(&sizes) {
                break sizes;
            }
        };
        let l = if sizes == DeckSizes::Square { n } else { l };
        let one = draws.between(1, n - 2);
        let mut about = draws.of(&ABOUT).iter();
        let mut scene = Scene(Vec::new());
        for (name, number) in [
            ("N", n),
            ("L", l),
            ("I", i),
            ("H", h),
            ("C", c),
            ("H2", 2 * h),
            ("NL", n * l),
            ("one", one),
            ("last", n - 1),
            ("layers", draws.between(2, 3)),
            ("seed", draws.between(0, 99)),
            ("tenths", draws.between(2, 5)),
            ("few", draws.between(3, 5)),
        ] {
            scene.0.push((name, number.to_string()));
        }
        for name in ["sample", "steps", "features", "data", "Model"] {
            scene.0.push((name, about.next().expect("five words").to_string()));
        }
        for (name, words) in [
            ("gru", ["gru", "rnn", "encoder", "recurrent"]),
            ("out", ["out", "output", "states", "outputs"]),
            ("h", ["h_n", "hidden", "h_last", "state"]),
            ("head", ["head", "fc", "linear", "classifier"]),
            ("model", ["model", "net", "network", "tagger"]),
            ("scores", ["scores", "logits", "answers", "preds"]),
            ("opt", ["optimizer", "opt", "sgd", "optim"]),
        ] {
            scene.0.push((name, draws.of(&words).to_string()));
        }
        scene
    }

    /// A text with its placeholders filled in: `{N}`.
    pub(super) fn fill(&self, text: &str) -> String {
        let filled =
            |text: String, (name, value): &(&str, String)| text.replace(&format!("{{{name}}}"), value);
        self.0.iter().fold(text.to_owned(), filled)
    }

    /// The seed that the program begins with.
    pub(super) fn seed(&self) -> &str {
        self.0.iter().find(|(name, _)| *name == "seed").map_or("0", |(_, seed)| seed)
    }
}

/// A small stream of numbers: which, is of no weight, but it stays the same.
pub(super) struct DeckDraws(pub(super) u64);

impl DeckDraws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number, both ends included.
    pub(super) fn between(&mut self, low: usize, high: usize) -> usize {
        let span = (high - low + 1) as u64;
        low + usize::try_from(self.next() % span).expect("a small number")
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.between(0, all.len() - 1)]
    }

    /// Mixes a list.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.between(0, at));
        }
    }
}
