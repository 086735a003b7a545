//! Calls as questions write them, and what the core says of them.

use call::diagnostic::{Diagnosis, Role, diagnose};
use call::shape::Shape;
use call::{Argument, Call, Config, Dtype, Release, Tensor, Value};

use crate::draws::Draws;

/// Sizes that differ from one another, so that each can be told in a shape.
#[derive(Clone, Copy)]
pub struct DrawnSizes {
    /// L, steps.
    pub l: i64,
    /// N, sequences.
    pub n: i64,
    /// `input_size`.
    pub i: i64,
    /// `hidden_size`.
    pub h: i64,
}

impl DrawnSizes {
    /// Draws sizes.
    pub fn draw(draws: &mut Draws) -> Self {
        let l = draws.between(5, 12);
        loop {
            let n = draws.between(2, 9);
            let i = draws.between(4, 16);
            let h = draws.of(&[8, 12, 16, 20, 24, 32]);
            let all = [l, n, i, h];
            if (0..4).all(|one| (0..one).all(|other| all[one] != all[other])) {
                return DrawnSizes { l, n, i, h };
            }
        }
    }

    /// `nn.GRU(input_size, hidden_size)` on an input (L, N, `input_size`).
    pub fn gru(self) -> Call {
        let config = Config { input_size: int(self.i), hidden_size: int(self.h), ..Config::default() };
        Call { config, input: tensor(&[self.l, self.n, self.i]), h_0: None, release: Release::NEWEST }
    }
}

/// An int as it is written.
#[allow(clippy::unnecessary_wraps, reason = "an option of a call is one that may be left out")]
pub fn int(size: i64) -> Option<Value> {
    Some(Value::Int(size))
}

/// `True`.
#[allow(clippy::unnecessary_wraps, reason = "an option of a call is one that may be left out")]
pub fn yes() -> Option<Value> {
    Some(Value::Bool(true))
}

/// A float32 tensor.
pub fn tensor(sizes: &[i64]) -> Argument {
    typed(sizes, Dtype::Float32)
}

/// A tensor of an element type.
pub fn typed(sizes: &[i64], dtype: Dtype) -> Argument {
    Argument::Tensor(Tensor { dtype, ..Tensor::new(Shape::new(sizes.iter().copied())) })
}

/// A shape as Python prints a tuple.
pub fn tuple(sizes: &[i64]) -> String {
    Shape::new(sizes.iter().copied()).to_string()
}

/// Sizes as they stand between the brackets of `torch.randn(...)`.
pub fn list(sizes: &[i64]) -> String {
    sizes.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// The sizes of `out` and of `h_n`; none for a call that raises.
pub fn results(call: &Call) -> [Vec<i64>; 2] {
    let diagnosis = diagnose(call);
    let sizes = |role: Role| {
        let tensors = diagnosis.trace.iter().flat_map(|trace| &trace.tensors);
        let found = tensors.rev().find(|tensor| tensor.role == role);
        found.map(|tensor| tensor.shape.0.iter().map(|dim| dim.0 as i64).collect()).unwrap_or_default()
    };
    [sizes(Role::Output), sizes(Role::HN)]
}

/// Whether `PyTorch` runs it.
pub fn runs(call: &Call) -> bool {
    diagnose(call).is_legal()
}

/// What `PyTorch` raises, as Python prints it.
pub fn raised(call: &Call) -> Option<String> {
    let diagnosis: Diagnosis = diagnose(call);
    let error = diagnosis.error()?;
    Some(format!("{}: {}", error.exception.as_deref().unwrap_or("Exception"), error.message))
}

/// The code of a call, by its lines.
pub fn code_of(call: &Call) -> Vec<String> {
    call::py::statements(call).iter().map(call::py::CodeLine::text).collect()
}

/// Lines under a line, four spaces further in.
pub fn indented(lines: &[String]) -> String {
    lines.iter().flat_map(|line| ["    ", line, "\n"]).collect()
}
