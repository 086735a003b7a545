//! Numbers from a seed.

/// Vigna's `SplitMix64`, a stream for each seed and generator: it stays, so that what was missed is drawn again as it was.
pub struct Draws(u64);

impl Draws {
    /// The stream of a seed and a name.
    pub fn new(seed: u32, name: &str) -> Self {
        let mut draws = Draws(u64::from(seed));
        for byte in name.bytes() {
            draws.0 = draws.next() ^ u64::from(byte);
        }
        draws
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A number below `range`.
    pub fn below(&mut self, range: usize) -> usize {
        (self.next() % range as u64) as usize
    }

    /// A whole number from `low` to `high`, both among them.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as usize) as i64
    }

    /// One of some.
    pub fn of<T: Copy>(&mut self, some: &[T]) -> T {
        some[self.below(some.len())]
    }

    /// Yes or no.
    pub fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    /// A number of tenths from `low` to `high` tenths.
    pub fn tenths(&mut self, low: i64, high: i64) -> f64 {
        self.between(low, high) as f64 / 10.0
    }

    /// Another order, each as likely as any other.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            let place = self.below(last + 1);
            all.swap(last, place);
        }
    }
}
