//! Calls for the tests of rules, and what is claimed of them.

use std::cell::Cell;

use super::rule::Mistake;
use super::{Diagnostic, diagnose};
use crate::call::{Argument, Call, Config, Device, Dtype, Release, Tensor, Value};
use crate::shape::Shape;

thread_local! {
    /// How often this thread has looked at an option that `nn.GRU` does not have.
    pub(super) static LOOKS: Cell<usize> = const { Cell::new(0) };
}

/// Counts one look more.
pub(super) fn look() {
    LOOKS.set(LOOKS.get() + 1);
}

/// `nn.GRU(10, 20)` of an input of (5, 3, 10), with what a test changes.
#[derive(Clone)]
pub(super) struct Example(Call);

pub(super) fn example() -> Example {
    let [input_size, hidden_size] = [10, 20].map(|size| Some(Value::Int(size)));
    let config = Config { input_size, hidden_size, ..Config::default() };
    Example(Call { config, input: Argument::tensor([5, 3, 10]), h_0: None, release: Release::NEWEST })
}

impl Example {
    /// Gives an option a value; one that is not among `Config::OPTIONS` goes to the others.
    pub(super) fn option(mut self, name: &str, value: impl Into<Value>) -> Self {
        match self.0.config.field_mut(name) {
            Some(field) => *field = Some(value.into()),
            None => return self.other(name, value),
        }
        self
    }

    /// Writes an option behind all others.
    pub(super) fn other(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.config.other.push((name.to_owned(), value.into()));
        self
    }

    pub(super) fn without(mut self, name: &str) -> Self {
        *self.0.config.field_mut(name).expect("an option of nn.GRU") = None;
        self
    }

    pub(super) fn module_dtype(mut self, dtype: Dtype) -> Self {
        self.0.config.dtype = dtype;
        self
    }

    pub(super) fn x<const RANK: usize>(mut self, sizes: [i64; RANK]) -> Self {
        self.0.input = Argument::tensor(sizes);
        self
    }

    pub(super) fn x_dtype(mut self, dtype: Dtype) -> Self {
        let shape = self.0.input.as_tensor().expect("a tensor").shape.clone();
        self.0.input = Argument::Tensor(Tensor { shape, dtype, device: None });
        self
    }

    pub(super) fn x_device(mut self, device: Device) -> Self {
        let Argument::Tensor(tensor) = &mut self.0.input else { panic!("a tensor") };
        tensor.device = Some(device);
        self
    }

    pub(super) fn h_0_device(mut self, device: Device) -> Self {
        let Some(Argument::Tensor(tensor)) = &mut self.0.h_0 else { panic!("a tensor") };
        tensor.device = Some(device);
        self
    }

    pub(super) fn x_array<const RANK: usize>(mut self, sizes: [i64; RANK], dtype: Dtype) -> Self {
        self.0.input = Argument::Array { array: Shape::new(sizes), dtype };
        self
    }

    pub(super) fn h_0_array<const RANK: usize>(mut self, sizes: [i64; RANK], dtype: Dtype) -> Self {
        self.0.h_0 = Some(Argument::Array { array: Shape::new(sizes), dtype });
        self
    }

    pub(super) fn x_value(mut self, value: Value) -> Self {
        self.0.input = Argument::NotATensor { value };
        self
    }

    pub(super) fn h_0<const RANK: usize>(mut self, sizes: [i64; RANK]) -> Self {
        self.0.h_0 = Some(Argument::tensor(sizes));
        self
    }

    pub(super) fn h_0_dtype(mut self, dtype: Dtype) -> Self {
        let shape = self.0.h_0.as_ref().and_then(Argument::as_tensor).expect("a tensor").shape.clone();
        self.0.h_0 = Some(Argument::Tensor(Tensor { shape, dtype, device: None }));
        self
    }

    pub(super) fn h_0_value(mut self, value: Value) -> Self {
        self.0.h_0 = Some(Argument::NotATensor { value });
        self
    }

    /// The call itself.
    pub(super) fn call(self) -> Call {
        self.0
    }

    /// The call, of which every release that a test asks makes this mistake.
    pub(super) fn refused_as(self, mistake: &'static Mistake) -> Refused {
        Refused { call: self.0, mistake }
    }
}

/// A call that releases refuse for one mistake.
pub(super) struct Refused {
    call: Call,
    mistake: &'static Mistake,
}

impl Refused {
    /// The same call in another release.
    fn in_release(&self, release: &str) -> Refused {
        let release = release.parse().expect("a release");
        Refused { call: Call { release, ..self.call.clone() }, mistake: self.mistake }
    }

    /// Asserts the message of a release, and goes on with that release.
    #[track_caller]
    pub(super) fn says(&self, release: &str, message: &str) -> Refused {
        let refused = self.in_release(release);
        assert_eq!(refused.error().message, message, "in {release}");
        refused
    }

    /// Asserts a part of the message of a release, and goes on with that release.
    #[track_caller]
    pub(super) fn says_among_others(&self, release: &str, part: &str) -> Refused {
        let refused = self.in_release(release);
        let message = refused.error().message;
        assert!(message.contains(part), "in {release}: {message}");
        refused
    }

    /// Asserts what the first fix states.
    #[track_caller]
    pub(super) fn is_mended_by(&self, statement: &str) -> &Self {
        assert_eq!(self.error().help[0].statement, statement);
        self
    }

    /// Asserts the lines that the first fixes write.
    #[track_caller]
    pub(super) fn by_code(&self, codes: &[&str]) {
        let written: Vec<String> = self.error().help.into_iter().map(|fix| fix.code).collect();
        assert_eq!(written[..codes.len().min(written.len())], *codes);
    }

    /// The error, which is this mistake.
    #[track_caller]
    pub(super) fn error(&self) -> Diagnostic {
        let error = diagnose(&self.call).error().expect("an error").clone();
        assert_eq!(error.code, self.mistake.code, "in {}: {error:?}", self.call.release);
        error
    }
}
