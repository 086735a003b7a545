//! What the rules ask about a call, and the words that their messages take from it.

use crate::call::{Argument, Call, Config, Dtype, Release, Tensor, Value};
use crate::py::takes_dtype;
use crate::shape::{Dim, Shape};

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
        let field = match name {
            "input_size" => config.input_size.as_ref(),
            "hidden_size" => config.hidden_size.as_ref(),
            "num_layers" => config.num_layers.as_ref(),
            "bias" => config.bias.as_ref(),
            "batch_first" => config.batch_first.as_ref(),
            "dropout" => config.dropout.as_ref(),
            "bidirectional" => config.bidirectional.as_ref(),
            _ => None,
        };
        field.or_else(|| config.other.iter().find(|(other, _)| other == name).map(|(_, value)| value))
    }

    /// An option as Python then has it: as written, or its default.
    pub(crate) fn value(&self, name: &str) -> Value {
        self.option(name).cloned().unwrap_or(match name {
            "num_layers" => Value::Int(1),
            "bias" => Value::Bool(true),
            "batch_first" | "bidirectional" => Value::Bool(false),
            "dropout" => Value::Float(0.0),
            _ => Value::None,
        })
    }

    /// An option's value where it is an int (or a bool, which Python counts among them).
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
        tensor(&self.call.input)
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
        self.h_0_argument().and_then(tensor)
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

    /// `h_0`'s shape as it is compared: unbatched, it has gained the axis of 1.
    pub(crate) fn compared_h_0(&self) -> Option<Shape> {
        let mut shape = self.h_0()?.shape.clone();
        if self.rank() == Some(2) && shape.rank() == 2 {
            shape.0.insert(1, Dim(1));
        }
        Some(shape)
    }

    /// The shape of the zeros that stand for an absent `h_0`, where it has too many bytes.
    pub(crate) fn overflowing_zeros(&self) -> Option<Shape> {
        let zeros = Shape::new(self.expected_h_0().filter(|_| self.h_0_argument().is_none())?);
        overflows(&zeros, self.input()?.dtype).then_some(zeros)
    }

    pub(crate) fn h_0_differs(&self) -> bool {
        match (self.compared_h_0(), self.expected_h_0()) {
            (Some(given), Some(expected)) => given != Shape::new(expected),
            _ => false,
        }
    }

    pub(crate) fn weight_dtype(&self) -> Dtype {
        self.call.config.dtype
    }

    pub(crate) fn input_dtype_differs(&self) -> bool {
        self.input().is_some_and(|input| input.dtype != self.weight_dtype())
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

    /// The shapes of a layer's first two parameters, which are created first.
    pub(crate) fn weight_shapes(&self) -> Vec<Shape> {
        let (Some(input), Some(hidden)) = (self.int("input_size"), self.int("hidden_size")) else {
            return Vec::new();
        };
        let rows = 3 * hidden;
        let mut shapes = vec![Shape::new([rows, input]), Shape::new([rows, hidden])];
        if self.int("num_layers").is_some_and(|layers| layers > 1) {
            shapes.push(Shape::new([rows, hidden * self.directions()]));
        }
        shapes
    }

    /// The first parameter that no memory address could reach.
    pub(crate) fn overflowing_weight(&self) -> Option<Shape> {
        let dtype = self.weight_dtype();
        let drawn = if takes_dtype(dtype, self.call.release) { dtype } else { Dtype::Float32 };
        self.weight_shapes().into_iter().find(|shape| overflows(shape, drawn))
    }

    /// The first size of a parameter that is no 64-bit int, with the place `PyTorch` counts it at.
    pub(crate) fn unpackable_weight(&self) -> Option<usize> {
        self.weight_shapes().iter().find_map(unpackable)
    }

    /// The options that this release's `nn.GRU` does not have, in the order written.
    pub(crate) fn unknown_options(&self) -> Vec<&'a str> {
        let names = self.call.config.other.iter().map(|(name, _)| name.as_str());
        names.filter(|name| !(OPTIONS.contains(name) || self.has_factory() && is_factory(name))).collect()
    }

    /// Whether `nn.GRU` has `device` and `dtype`.
    pub(crate) fn has_factory(&self) -> bool {
        self.call.release >= Release::new(1, 9, 0)
    }

    /// The first keyword that Python itself refuses.
    fn first_bad_keyword(&self) -> Option<&'a str> {
        // A dtype that is not floating stands in the call as `dtype=...`, after everything else.
        let dtype = (!self.has_factory() && !self.weight_dtype().is_floating_point()).then_some("dtype");
        self.unknown_options().first().copied().or(dtype)
    }

    /// A `dtype` that is not a `torch.dtype`, as no other value is.
    pub(crate) fn dtype_value(&self) -> Option<&'a Value> {
        self.option("dtype").filter(|value| **value != Value::None)
    }

    /// A `device` other than none.
    pub(crate) fn device_value(&self) -> Option<&'a Value> {
        self.option("device").filter(|value| **value != Value::None)
    }

    /// A keyword that `GRU.__init__` has already filled.
    pub(crate) fn names_self(&self) -> bool {
        self.call.config.other.iter().any(|(name, _)| name == "self")
    }

    /// A keyword that `RNNBase.__init__` has already filled.
    pub(crate) fn filled_keyword(&self) -> Option<&'a str> {
        self.first_bad_keyword().filter(|name| *name == "mode")
    }

    /// A keyword that `RNNBase.__init__` does not have.
    pub(crate) fn unexpected_keyword(&self) -> Option<&'a str> {
        self.first_bad_keyword().filter(|name| *name != "mode")
    }

    /// A keyword written twice.
    pub(crate) fn repeated_keyword(&self) -> Option<&'a str> {
        let other = &self.call.config.other;
        other.iter().enumerate().find_map(|(index, (name, _))| {
            let before = other[..index].iter().any(|(earlier, _)| earlier == name);
            let field = OPTIONS.contains(&name.as_str())
                && self.option(name).is_some_and(|value| !std::ptr::eq(value, &raw const other[index].1));
            let dtype = name == "dtype" && takes_dtype(self.weight_dtype(), self.call.release);
            (before || field || dtype).then_some(name.as_str())
        })
    }

    /// The required options that are not given.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        OPTIONS[..2].iter().copied().filter(|name| self.option(name).is_none()).collect()
    }

    /// How many parameters the module has.
    fn parameters(&self) -> u128 {
        let each = if self.is_true("bias") { 4 } else { 2 };
        u128::try_from(self.states()).unwrap_or(0) * each
    }

    /// What `_VF.gru` is given after its tensors: its dropout is a float and whether it trains a bool.
    fn gru_arguments(&self) -> [Value; 6] {
        let [dropout, training] = [Value::Float(0.0), Value::Bool(true)];
        let value = |option| self.value(option);
        [value("bias"), value("num_layers"), dropout, training, value("bidirectional"), value("batch_first")]
    }

    /// The word that a message's `{name}` stands for; none for an unknown name.
    pub(crate) fn word(&self, name: &str) -> Option<String> {
        if let Some((option, "type")) = name.split_once(':') {
            return Some(match option {
                "input" => type_of(Some(&self.call.input)),
                "h_0" => type_of(self.call.h_0.as_ref()),
                option => self.value(option).type_name().to_owned(),
            });
        }
        let list = |shape: Option<Shape>| shape.map(|shape| shape.list()).unwrap_or_default();
        let size = |size: Option<i128>| size.unwrap_or_default().to_string();
        let scalar =
            |tensor: Option<&Tensor>| tensor.map(|it| it.dtype.scalar_type()).unwrap_or_default().to_owned();
        let cpp = |dtype: Option<Dtype>| dtype.map(Dtype::cpp_type).unwrap_or_default().to_owned();
        Some(match name {
            "input_size" | "hidden_size" | "num_layers" | "bias" | "batch_first" | "bidirectional"
            | "dropout" => self.value(name).to_string(),
            // Python 3.10, on which no release before 1.11 runs, names the class and speaks of real numbers.
            "GRU." | "RNNBase." | "real " if self.call.release < Release::new(1, 11, 0) => String::new(),
            "GRU." | "RNNBase." | "real " => name.to_owned(),
            "empty.combination" => self.refused_combination(),
            "dtype.refusal" => self.refused_factory("dtype"),
            "device.refusal" => self.refused_factory("device"),
            "size_of_weight.overflow" => {
                let function = if self.call.release < Release::new(1, 9, 0) { "new" } else { "empty" };
                self.overflow(function, self.unpackable_weight())
            }
            "size_of_input.overflow" => {
                let input = self.input();
                self.overflow(input.map_or("", creator), input.and_then(|input| unpackable(&input.shape)))
            }
            "size_of_h_0.overflow" => {
                let h_0 = self.h_0();
                self.overflow(h_0.map_or("", creator), h_0.and_then(|h_0| unpackable(&h_0.shape)))
            }
            "differentiable.assert" => self.differentiable_assert(),
            "missing" => missing_words(&self.missing()),
            "unexpected" => self.unexpected_keyword().unwrap_or_default().to_owned(),
            "repeated" => self.repeated_keyword().unwrap_or_default().to_owned(),
            "3*hidden_size" => size(self.int("hidden_size").map(|hidden| 3 * hidden)),
            "rank" => self.rank().unwrap_or_default().to_string(),
            "rank+1" => (self.rank().unwrap_or_default() + 1).to_string(),
            "h_0.rank" => self.h_0_rank().unwrap_or_default().to_string(),
            "batch_axis" => self.batch_axis().to_string(),
            "features" => size(self.features()),
            "input.dtype" => self.input().map(|input| input.dtype.to_string()).unwrap_or_default(),
            "weight.dtype" => self.weight_dtype().to_string(),
            "input.Scalar" => scalar(self.input()),
            "h_0.Scalar" => self.state_dtype().map(Dtype::scalar_type).unwrap_or_default().to_owned(),
            "weight.Scalar" => self.weight_dtype().scalar_type().to_owned(),
            "h_0.cpp" => cpp(self.h_0().map(|h_0| h_0.dtype)),
            "weight.cpp" => cpp(Some(self.weight_dtype())),
            "expected_h_0" => {
                let [states, batch, _] = self.expected_h_0().unwrap_or_default();
                format!("({states}, {batch}, {})", self.value("hidden_size"))
            }
            "h_0.list" => list(self.compared_h_0()),
            "h_0.given" => list(self.h_0().map(|h_0| h_0.shape.clone())),
            "input.list" => list(self.input().map(|input| input.shape.clone())),
            "input.negative" => size(self.input().and_then(|input| negative(&input.shape))),
            "h_0.negative" => size(self.h_0().and_then(|h_0| negative(&h_0.shape))),
            "overflowing_zeros" => list(self.overflowing_zeros()),
            "overflowing_weight" => list(self.overflowing_weight()),
            "parameter_list" if self.lists_types() => parameter_list(self.parameters()),
            "parameter_list" => "list".to_owned(),
            "gru.types" => self.gru_arguments().each_ref().map(Value::type_name).join(", "),
            "gru.packed_types" => self.marked_types(&PACKED),
            "gru.padded_types" => self.marked_types(&PADDED),
            _ => return None,
        })
    }

    /// What autograd says of a product that is no floating type.
    fn differentiable_assert(&self) -> String {
        let (space, line) = match (self.call.release.major, self.call.release.minor) {
            (1, ..12) => ("", "65"),
            (1, 12) => (" ", "65"),
            _ => (" ", "75"),
        };
        format!(
            "isDifferentiableType(variable.scalar_type()){space}INTERNAL ASSERT FAILED at \
             \"../torch/csrc/autograd/functions/utils.h\":{line}, please report a bug to PyTorch. "
        )
    }

    /// Whether a message about a list says what is in it.
    fn lists_types(&self) -> bool {
        self.call.release >= Release::new(2, 0, 0)
    }

    /// What is said of a size that is no 64-bit int.
    fn overflow(&self, function: &str, position: Option<usize>) -> String {
        let position = position.unwrap_or(1);
        let release = self.call.release;
        if release < Release::new(2, 1, 0) {
            let ints = if (release.major, release.minor) == (1, 13) { "SymInts" } else { "ints" };
            return format!(
                "{function}(): argument 'size' must be tuple of {ints}, but found element of type int at pos {position}"
            );
        }
        let long = if release < Release::new(2, 9, 0) { "long" } else { "long long" };
        format!(
            "{function}(): argument 'size' failed to unpack the object at pos {position} with error \"Overflow when unpacking {long}\""
        )
    }

    /// What `torch.empty` says of the arguments that no signature takes.
    fn refused_combination(&self) -> String {
        let named = |name: &str, absent: &'static str| self.option(name).map_or(absent, Value::type_name);
        let has_dtype = takes_dtype(self.weight_dtype(), self.call.release);
        let dtype = named("dtype", if has_dtype { "torch.dtype" } else { "NoneType" });
        let device = named("device", "NoneType");
        let ints =
            if (self.call.release.major, self.call.release.minor) == (1, 13) { "SymInts" } else { "ints" };
        // Since 2.4 a signature shows the defaults.
        let (none, no) =
            if self.call.release < Release::new(2, 4, 0) { ("", "") } else { (" = None", " = False") };
        let shared = format!(
            "torch.dtype dtype{none}, torch.layout layout{none}, torch.device device{none}, bool pin_memory{no}, bool requires_grad{no})\n"
        );
        let format = format!("torch.memory_format memory_format{none}");
        format!(
            "empty() received an invalid combination of arguments - got (tuple, dtype={dtype}, device={device}), but expected one of:\n \
             * (tuple of ints size, *, tuple of names names, {format}, {shared} \
             * (tuple of {ints} size, *, {format}, Tensor out{none}, {shared}"
        )
    }

    /// What `torch.empty` says of a `dtype` or `device` that is none.
    fn refused_factory(&self, name: &str) -> String {
        if self.call.release < Release::new(2, 11, 0) {
            return self.refused_combination();
        }
        format!("empty(): argument '{name}' must be torch.{name}, not {}", self.value(name).type_name())
    }

    /// The types given to `_VF.gru`, those in exclamation marks that an overload does not take.
    fn marked_types(&self, expected: &[&str; 6]) -> String {
        let arguments = self.gru_arguments();
        let marked = arguments.iter().zip(expected).map(|(given, expected)| match given {
            _ if given.type_name() == *expected => given.type_name().to_owned(),
            Value::List(_) | Value::Tuple(_) if !self.lists_types() => format!("!{}!", given.type_name()),
            Value::List(items) => format!("!list of [{}]!", type_names(items)),
            Value::Tuple(items) if items.len() == 1 => format!("!tuple of ({},)!", type_names(items)),
            Value::Tuple(items) => format!("!tuple of ({})!", type_names(items)),
            _ => format!("!{}!", given.type_name()),
        });
        marked.collect::<Vec<_>>().join(", ")
    }
}

/// What the overload of `_VF.gru` for packed input takes in the places of bias and what follows.
const PACKED: [&str; 6] = ["tuple of Tensors", "bool", "int", "float", "bool", "bool"];
/// What the overload for padded input takes there.
const PADDED: [&str; 6] = ["bool", "int", "float", "bool", "bool", "bool"];

/// The options that say where parameters live and what they are made of.
fn is_factory(name: &str) -> bool {
    matches!(name, "device" | "dtype")
}

fn tensor(argument: &Argument) -> Option<&Tensor> {
    match argument {
        Argument::Tensor(tensor) => Some(tensor),
        Argument::NotATensor { .. } => None,
    }
}

fn type_of(argument: Option<&Argument>) -> String {
    match argument {
        Some(Argument::NotATensor { value }) => value.type_name().to_owned(),
        Some(Argument::Tensor(_)) => "Tensor".to_owned(),
        None => "NoneType".to_owned(),
    }
}

fn type_names(values: &[Value]) -> String {
    values.iter().map(Value::type_name).collect::<Vec<_>>().join(", ")
}

/// `2 required positional arguments: 'input_size' and 'hidden_size'`.
fn missing_words(missing: &[&str]) -> String {
    match missing {
        [only] => format!("1 required positional argument: '{only}'"),
        names => {
            let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
            format!("{} required positional arguments: {}", names.len(), quoted.join(" and "))
        }
    }
}

/// The first negative size.
pub(crate) fn negative(shape: &Shape) -> Option<i128> {
    shape.0.iter().map(|size| size.0).find(|size| *size < 0)
}

/// The place, counted from 1, of the first size that is no 64-bit int.
pub(crate) fn unpackable(shape: &Shape) -> Option<usize> {
    shape.0.iter().position(|size| i64::try_from(size.0).is_err()).map(|index| index + 1)
}

/// Whether a tensor's bytes are more than a 64-bit int counts, as `PyTorch` multiplies them: in
/// order, so that a later 0 does not help.
pub(crate) fn overflows(shape: &Shape, dtype: Dtype) -> bool {
    let mut product = Some(1_u64);
    for size in &shape.0 {
        let Ok(size) = u64::try_from(size.0) else { return false };
        product = product.and_then(|product| product.checked_mul(size));
    }
    product
        .and_then(|product| product.checked_mul(dtype.bytes()))
        .is_none_or(|bytes| i64::try_from(bytes).is_err())
}

/// Whether a tensor without elements has more elements between the starts of two rows than a 64-bit
/// int counts.
pub(crate) fn strides_overflow(shape: &Shape) -> bool {
    let mut stride = Some(1_i64);
    for size in shape.0.iter().skip(1) {
        let Ok(size) = i64::try_from(size.0) else { return false };
        stride = stride.and_then(|stride| stride.checked_mul(size.max(1)));
    }
    stride.is_none()
}

/// The type in which the code shown draws a tensor, before it converts it.
pub(crate) fn drawn_dtype(tensor: &Tensor) -> Dtype {
    match tensor.dtype {
        Dtype::Float16 | Dtype::Bfloat16 => Dtype::Float32,
        dtype => dtype,
    }
}

/// The function that creates such a tensor in the code shown.
pub(crate) fn creator(tensor: &Tensor) -> &'static str {
    match tensor.dtype {
        Dtype::Int64 | Dtype::Int32 => "randint",
        Dtype::Bool => "ones",
        _ => "randn",
    }
}

/// `list of [Parameter, Parameter]`, cut where no person reads on.
fn parameter_list(count: u128) -> String {
    const MOST: u128 = 4096;
    let mut list = String::from("list of [");
    for index in 0..count.min(MOST) {
        list.push_str(if index == 0 { "Parameter" } else { ", Parameter" });
    }
    list.push_str(if count > MOST { ", ...]" } else { "]" });
    list
}
