//! What the rules ask about a call: plain facts.

use crate::call::{Argument, Call, Config, Device, Dtype, Release, Tensor, Value};
use crate::shape::Shape;

pub(crate) const OPTIONS: [&str; 7] = Config::OPTIONS;

/// A call under the questions of the rules; every answer is safe for every call.
pub(crate) struct View<'a> {
    pub(crate) call: &'a Call,
}

impl<'a> View<'a> {
    pub(crate) fn new(call: &'a Call) -> Self {
        View { call }
    }

    /// An option as written.
    pub(crate) fn option(&self, name: &str) -> Option<&'a Value> {
        let config = &self.call.config;
        let field =
            OPTIONS.iter().position(|&option| option == name).and_then(|at| config.fields()[at].as_ref());
        let is_meant = |(other, _): &&(String, Value)| {
            #[cfg(test)]
            super::testing::look();
            other == name
        };
        field.or_else(|| config.other.iter().find(is_meant).map(|(_, value)| value))
    }

    /// An option as Python then has it: as written, or its default.
    pub(crate) fn value(&self, name: &str) -> Value {
        let default =
            || OPTIONS.iter().position(|&option| option == name).and_then(|at| Config::defaults()[at].take());
        self.option(name).cloned().or_else(default).unwrap_or(Value::None)
    }

    /// Whether an option is an int as `isinstance(value, int)` sees it: a bool is one, an int of `NumPy` is none.
    pub(crate) fn is_python_int(&self, name: &str) -> bool {
        let value = self.value(name);
        value.as_int().is_some() && !value.has_numpy()
    }

    /// An option's value where it counts as an int: a bool does, and an int of `NumPy`.
    pub(crate) fn int(&self, name: &str) -> Option<i128> {
        self.value(name).as_int().map(i128::from)
    }

    pub(crate) fn is_number(&self, name: &str) -> bool {
        self.value(name).as_number().is_some()
    }

    /// Whether an option can be compared with 0, and is not above it.
    pub(crate) fn is_at_most_zero(&self, name: &str) -> bool {
        self.value(name).as_number().is_some_and(|value| value <= 0.0)
    }

    pub(crate) fn is_bool(&self, name: &str) -> bool {
        matches!(self.value(name), Value::Bool(_))
    }

    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.value(name).is_truthy()
    }

    /// 2 if bidirectional.
    pub(crate) fn directions(&self) -> i128 {
        if self.is_true("bidirectional") { 2 } else { 1 }
    }

    /// `D * num_layers`, the first axis of `h_0` and `h_n`.
    pub(crate) fn states(&self) -> i128 {
        self.directions() * self.int("num_layers").unwrap_or(0)
    }

    /// The input where it is a tensor.
    pub(crate) fn input(&self) -> Option<&'a Tensor> {
        self.call.input.as_tensor()
    }

    /// The input's shape; without axes where it is no tensor.
    pub(crate) fn input_shape(&self) -> Shape {
        self.input().map(|input| input.shape.clone()).unwrap_or_default()
    }

    /// What stands for the initial hidden state where that is given; `None` passed as `h_0` is none.
    pub(crate) fn h_0_argument(&self) -> Option<&'a Argument> {
        self.call
            .h_0
            .as_ref()
            .filter(|argument| !matches!(argument, Argument::NotATensor { value: Value::None }))
    }

    /// The initial hidden state where it is a tensor.
    pub(crate) fn h_0(&self) -> Option<&'a Tensor> {
        self.h_0_argument().and_then(Argument::as_tensor)
    }

    /// The shape of the initial hidden state; without axes where it is no tensor.
    pub(crate) fn h_0_shape(&self) -> Shape {
        self.h_0().map(|h_0| h_0.shape.clone()).unwrap_or_default()
    }

    /// How many axes the input has.
    pub(crate) fn rank(&self) -> Option<usize> {
        self.input().map(|input| input.shape.rank())
    }

    pub(crate) fn h_0_rank(&self) -> Option<usize> {
        self.h_0().map(|h_0| h_0.shape.rank())
    }

    /// The input's last axis: `H_in` as the input has it.
    pub(crate) fn features(&self) -> Option<i128> {
        self.input()?.shape.0.last().map(|size| size.0)
    }

    /// The index of the batch axis of a 3-D input.
    pub(crate) fn batch_axis(&self) -> usize {
        usize::from(!self.is_true("batch_first"))
    }

    /// The index of the sequence axis of an input of 2 or 3 axes.
    pub(crate) fn sequence_axis(&self) -> usize {
        if self.rank() == Some(3) { 1 - self.batch_axis() } else { 0 }
    }

    /// The input's element type; the default where it is no tensor.
    pub(crate) fn input_dtype(&self) -> Dtype {
        self.input().map(|input| input.dtype).unwrap_or_default()
    }

    fn axis(&self, index: usize) -> Option<i128> {
        self.input()?.shape.0.get(index).map(|size| size.0)
    }

    /// N, 1 for unbatched input.
    pub(crate) fn batch(&self) -> Option<i128> {
        match self.rank()? {
            2 => Some(1),
            3 => self.axis(self.batch_axis()),
            _ => None,
        }
    }

    /// L.
    pub(crate) fn steps(&self) -> Option<i128> {
        matches!(self.rank()?, 2 | 3).then(|| self.axis(self.sequence_axis())).flatten()
    }

    /// The shape that `h_0` is compared with: with three axes even for unbatched input.
    pub(crate) fn expected_h_0(&self) -> Option<[i128; 3]> {
        Some([self.states(), self.batch()?, self.int("hidden_size")?])
    }

    /// The shape of the `h_0` that this call takes.
    pub(crate) fn right_h_0(&self) -> Option<Shape> {
        let [states, batch, hidden] = self.expected_h_0()?;
        Some(if self.rank() == Some(2) {
            Shape::new([states, hidden])
        } else {
            Shape::new([states, batch, hidden])
        })
    }

    /// Where the parameters are; none where the option names a place that is not looked at.
    pub(crate) fn module_device(&self) -> Option<String> {
        if !self.has_factory() {
            return Some(Device::Cpu.to_string());
        }
        match self.value("device") {
            Value::None => Some(Device::Cpu.to_string()),
            Value::Str(name) if name == "cpu" => Some(name),
            Value::Str(name) if name == "cuda" => Some(Device::Cuda.to_string()),
            Value::Str(name) => {
                let index = name.strip_prefix("cuda:")?.parse::<u8>().ok()?;
                Some(format!("cuda:{index}"))
            }
            value => {
                let index = value.as_int().filter(|_| !matches!(value, Value::Bool(_)))?;
                (index >= 0).then(|| format!("cuda:{index}"))
            }
        }
    }

    /// Where the input is: where it is said to be, else with the module.
    pub(crate) fn input_device(&self) -> Option<String> {
        match self.input()?.device {
            Some(device) => Some(device.to_string()),
            None => self.module_device(),
        }
    }

    /// Where the initial hidden state is: where it is said to be, else in the machine's memory, as the code makes it,
    /// if of the input something is said; none where of neither it is.
    pub(crate) fn h_0_device(&self) -> Option<String> {
        let input = self.input()?.device.map(|_| Device::Cpu);
        self.h_0()?.device.or(input).map(|device| device.to_string())
    }

    pub(crate) fn weight_dtype(&self) -> Dtype {
        self.call.config.dtype
    }

    pub(crate) fn h_0_dtype_differs(&self) -> bool {
        self.state_dtype().is_some_and(|dtype| dtype != self.weight_dtype())
    }

    /// The element type of the state that the first step begins with: zeros are made in the input's.
    pub(crate) fn state_dtype(&self) -> Option<Dtype> {
        let given = if self.h_0_argument().is_some() { self.h_0() } else { self.input() };
        given.map(|tensor| tensor.dtype)
    }

    /// Whether the bias is added within the product `W_ih x`: since 1.12, for an input that lies in memory
    /// step by step.
    pub(crate) fn fuses_input(&self) -> bool {
        let is_transposed = self.rank() == Some(3) && self.batch_axis() == 0;
        let is_transposed =
            is_transposed && !self.is_input_empty() && self.steps() != Some(1) && self.batch() != Some(1);
        self.call.release >= Release::new(1, 12, 0) && self.is_true("bias") && !is_transposed
    }

    /// Whether the call multiplies no numbers: no steps or no sequences.
    pub(crate) fn is_empty(&self) -> bool {
        self.steps() == Some(0) || self.batch() == Some(0)
    }

    /// Whether `W_ih x` multiplies no numbers; without features it is skipped since 1.12.
    pub(crate) fn is_input_empty(&self) -> bool {
        self.is_empty() || self.features() == Some(0) && self.call.release >= Release::new(1, 12, 0)
    }

    /// Whether `nn.GRU` has `device` and `dtype`.
    pub(crate) fn has_factory(&self) -> bool {
        self.call.release >= Release::new(1, 9, 0)
    }

    /// Words that Python has added in 3.10, on which no release before 1.11 runs.
    pub(crate) fn since_python_3_10(&self, words: &'static str) -> &'static str {
        if self.call.release < Release::new(1, 11, 0) { "" } else { words }
    }
}
