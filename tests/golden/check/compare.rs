use super::record::Tensor;

/// How far an element may be from the expected one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tolerance {
    /// By so much.
    Absolute(f64),
    /// By such a share of it.
    Relative(f64),
    /// Not at all.
    Exact,
    /// Not at all as f32, whose shortest decimals are expected.
    SameF32,
    /// By one unit in the last place of an f32.
    UlpF32,
    /// By one unit in the last place of an f64.
    UlpF64,
}

impl Tolerance {
    /// How far the element may be from this one.
    fn around(self, expected: f64) -> f64 {
        match self {
            Tolerance::Absolute(tolerance) => tolerance,
            Tolerance::Relative(share) => share * expected.abs(),
            Tolerance::Exact => 0.0,
            Tolerance::SameF32 => (f64::from(expected as f32) - expected).abs(),
            Tolerance::UlpF32 => {
                let magnitude = expected.abs() as f32;
                f64::from(magnitude.next_up() - magnitude)
            }
            Tolerance::UlpF64 => expected.abs().next_up() - expected.abs(),
        }
    }
}

/// A tensor that `PyTorch` answered.
#[derive(Debug)]
pub struct Expected<'a> {
    /// Its name: `out`, `h_n_f64`, `calls[1] weight_ih_l0`.
    pub name: String,
    /// Its shape and elements.
    pub tensor: &'a Tensor,
    /// How far ours may be from it.
    pub tolerance: Tolerance,
}

/// How far a tensor is from the expected one.
#[derive(Debug)]
pub struct Comparison {
    /// The largest difference of all elements; infinite for another shape.
    pub max_abs_diff: f64,
    /// If that is too far: the tensor, the first index that is, and both values.
    pub failure: Option<String>,
}

impl Expected<'_> {
    /// Compares shape and elements.
    pub fn compare(&self, got: &Tensor) -> Comparison {
        let Expected { name, tensor: expected, tolerance } = self;
        if expected.shape != got.shape || expected.data.len() != got.data.len() {
            let failure = format!("{name}: expected shape {:?}, got {:?}", expected.shape, got.shape);
            return Comparison { max_abs_diff: f64::INFINITY, failure: Some(failure) };
        }
        let mut max_abs_diff = 0.0_f64;
        let mut wrong = Vec::new();
        for (i, (&expected, &got)) in expected.data.iter().zip(&got.data).enumerate() {
            let difference = if got.is_nan() { f64::INFINITY } else { (expected - got).abs() };
            max_abs_diff = max_abs_diff.max(difference);
            if difference > tolerance.around(expected) {
                wrong.push((i, expected, got, difference));
            }
        }
        let failure = wrong.first().map(|(i, expected, got, difference)| {
            let index = index(&self.tensor.shape, *i);
            let more = match wrong.len() - 1 {
                0 => String::new(),
                more => format!(", and {more} more, the largest {max_abs_diff:.2e}"),
            };
            format!("{name}{index:?}: expected {expected}, got {got}, a difference of {difference:.2e}{more}")
        });
        Comparison { max_abs_diff, failure }
    }
}

/// The index of the element at a place in row-major order.
fn index(shape: &[usize], mut place: usize) -> Vec<usize> {
    let mut index: Vec<usize> = shape
        .iter()
        .rev()
        .map(|&size| {
            let i = place % size;
            place /= size;
            i
        })
        .collect();
    index.reverse();
    index
}
