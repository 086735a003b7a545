//! A call of `nn.GRU` as a learner may write it, right or wrong.

use std::fmt;

use serde::de::{self, MapAccess};
use serde::{Deserialize, Serialize};

use crate::shape::Shape;
use nn::gru::GruConfig;

mod place;
mod release;
mod value;

pub use place::Place;
pub use release::{Release, UnknownRelease};
pub use value::Value;

/// A tensor's element type, under `PyTorch`'s names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Dtype {
    /// `torch.float32`, the default.
    #[default]
    Float32,
    /// `torch.float64`.
    Float64,
    /// `torch.float16`.
    Float16,
    /// `torch.bfloat16`.
    Bfloat16,
    /// `torch.int64`.
    Int64,
    /// `torch.int32`.
    Int32,
    /// `torch.uint8`.
    Uint8,
    /// `torch.bool`.
    Bool,
    /// `torch.complex64`.
    Complex64,
}

impl Dtype {
    /// Every element type, in the order in which a page would offer them.
    pub const ALL: [Self; 9] = [
        Self::Float32,
        Self::Float64,
        Self::Float16,
        Self::Bfloat16,
        Self::Int64,
        Self::Int32,
        Self::Uint8,
        Self::Bool,
        Self::Complex64,
    ];

    /// How Python prints it, and how messages of `PyTorch`'s C++ side name it and its C++ type.
    fn names(self) -> [&'static str; 3] {
        match self {
            Dtype::Float32 => ["torch.float32", "Float", "float"],
            Dtype::Float64 => ["torch.float64", "Double", "double"],
            Dtype::Float16 => ["torch.float16", "Half", "c10::Half"],
            Dtype::Bfloat16 => ["torch.bfloat16", "BFloat16", "c10::BFloat16"],
            Dtype::Int64 => ["torch.int64", "Long", "long int"],
            Dtype::Int32 => ["torch.int32", "Int", "int"],
            Dtype::Uint8 => ["torch.uint8", "Byte", "unsigned char"],
            Dtype::Bool => ["torch.bool", "Bool", "bool"],
            Dtype::Complex64 => ["torch.complex64", "ComplexFloat", "c10::complex<float>"],
        }
    }

    /// The name within messages of `PyTorch`'s C++ side: `Float`, `Double`, `Long`.
    pub fn scalar_type(self) -> &'static str {
        self.names()[1]
    }

    /// The name within messages of `PyTorch`'s C++ side that show C++ types: `float`, `long int`.
    pub fn cpp_type(self) -> &'static str {
        self.names()[2]
    }

    /// The bytes of one element.
    pub fn bytes(self) -> u64 {
        match self {
            Dtype::Float64 | Dtype::Int64 | Dtype::Complex64 => 8,
            Dtype::Float32 | Dtype::Int32 => 4,
            Dtype::Float16 | Dtype::Bfloat16 => 2,
            Dtype::Uint8 | Dtype::Bool => 1,
        }
    }

    /// Whether it is what `PyTorch` calls a floating-point type.
    pub fn is_floating_point(self) -> bool {
        matches!(self, Dtype::Float32 | Dtype::Float64 | Dtype::Float16 | Dtype::Bfloat16)
    }

    /// Whether a module's parameters can have this type: a gradient can.
    pub fn is_differentiable(self) -> bool {
        self.is_floating_point() || self == Dtype::Complex64
    }
}

/// Prints as Python prints it: `torch.float32`.
impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names()[0])
    }
}

/// The options of `nn.GRU(...)` as written; an absent one has `PyTorch`'s default, and `null` is `None`.
///
/// A field that is none of these is read as an option of the call too: `num_layer: 2` goes to `other`.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(default)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(optional_fields))]
pub struct Config {
    /// Features of each step; required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_size: Option<Value>,
    /// Features of the hidden state; required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden_size: Option<Value>,
    /// Layers stacked; 1 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub num_layers: Option<Value>,
    /// Whether the layers have `bias_ih` and `bias_hh`; `True` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bias: Option<Value>,
    /// Whether input and output are (N, L, features); `False` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_first: Option<Value>,
    /// Probability of zeroing an element between layers while training; 0.0 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropout: Option<Value>,
    /// Whether a second, reversed direction runs in every layer; `False` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bidirectional: Option<Value>,
    /// The element type of the parameters; float32 by default.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub dtype: Dtype,
    /// Options that `nn.GRU` does not have, such as `seq_len` or `proj_size`, in the order written.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub other: Vec<(String, Value)>,
}

impl Config {
    /// The names of `nn.GRU`'s options in `PyTorch`'s order.
    pub const OPTIONS: [&str; 7] =
        ["input_size", "hidden_size", "num_layers", "bias", "batch_first", "dropout", "bidirectional"];

    /// What Python has for each of [`Config::OPTIONS`] that is left out; none where that is an error.
    pub fn defaults() -> [Option<Value>; 7] {
        let GruConfig { num_layers, bias, batch_first, dropout, bidirectional, .. } = GruConfig::DEFAULTS;
        let int = |size: u64| Value::Int(size.cast_signed());
        [
            None,
            None,
            Some(int(num_layers)),
            Some(bias.into()),
            Some(batch_first.into()),
            Some(dropout.into()),
            Some(bidirectional.into()),
        ]
    }

    /// What is written for each of [`Config::OPTIONS`].
    pub fn fields(&self) -> [&Option<Value>; 7] {
        let Config { input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, .. } =
            self;
        [input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional]
    }

    /// The place of one of [`Config::OPTIONS`].
    pub fn field_mut(&mut self, name: &str) -> Option<&mut Option<Value>> {
        let Config { input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, .. } =
            self;
        let fields = [input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional];
        Config::OPTIONS.into_iter().zip(fields).find_map(|(option, field)| (option == name).then_some(field))
    }
}

/// By hand, because a derived reader would skip what it does not know, and a misspelt option with it.
impl<'de> Deserialize<'de> for Config {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ConfigVisitor;
        impl<'de> de::Visitor<'de> for ConfigVisitor {
            type Value = Config;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the options of nn.GRU")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Config, A::Error> {
                let mut config = Config::default();
                while let Some(name) = map.next_key::<String>()? {
                    if name == "dtype" {
                        config.dtype = map.next_value()?;
                    } else if name == "other" {
                        config.other.extend(map.next_value::<Vec<_>>()?);
                    } else if let Some(field @ None) = config.field_mut(&name) {
                        *field = Some(map.next_value()?);
                    } else {
                        config.other.push((name, map.next_value()?));
                    }
                }
                Ok(config)
            }
        }
        deserializer.deserialize_map(ConfigVisitor)
    }
}

/// What stands where a tensor is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, try_from = "ArgumentFields")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Argument {
    /// A tensor.
    Tensor(Tensor),
    /// An array of `NumPy`.
    Array {
        /// Its shape.
        #[cfg_attr(feature = "types", ts(type = "number[]"))]
        array: Shape,
        /// Its element type, which is not bfloat16; float64 by default, as `NumPy` has it.
        #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
        dtype: Dtype,
    },
    /// Any other Python value, such as `None` or a list.
    NotATensor {
        /// The value.
        value: Value,
    },
}

/// An argument as it is read: it is one or the other, and an empty one is `None`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(hidden)]
pub struct ArgumentFields {
    pub shape: Option<Shape>,
    pub dtype: Option<Dtype>,
    pub value: Option<Value>,
    pub array: Option<Shape>,
    pub device: Option<Device>,
}

impl TryFrom<ArgumentFields> for Argument {
    type Error = &'static str;

    fn try_from(fields: ArgumentFields) -> Result<Self, &'static str> {
        let ArgumentFields { shape, dtype, value, array, device } = fields;
        match (shape, array, value) {
            (Some(shape), None, None) => {
                Ok(Argument::Tensor(Tensor { shape, dtype: dtype.unwrap_or_default(), device }))
            }
            (None, Some(_), None) if dtype == Some(Dtype::Bfloat16) => Err("NumPy has no bfloat16"),
            (None, Some(array), None) => {
                Ok(Argument::Array { array, dtype: dtype.unwrap_or(Dtype::Float64) })
            }
            (None, None, value) => Ok(Argument::NotATensor { value: value.unwrap_or(Value::None) }),
            (Some(_), _, Some(_)) => Err("both shape and value"),
            _ => Err("an array, and something else"),
        }
    }
}

/// Where a tensor's numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Device {
    /// In the machine's memory.
    Cpu,
    /// On the first GPU.
    Cuda,
}

impl Device {
    /// The name that Python is given: `cuda`.
    pub fn name(self) -> &'static str {
        match self {
            Device::Cpu => "cpu",
            Device::Cuda => "cuda",
        }
    }
}

/// Prints as `PyTorch` prints a tensor's device: `cuda:0`.
impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Device::Cpu => "cpu",
            Device::Cuda => "cuda:0",
        })
    }
}

/// What matters of a tensor to a shape check.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Tensor {
    /// Its shape.
    #[cfg_attr(feature = "types", ts(type = "number[]"))]
    pub shape: Shape,
    /// Its element type; float32 by default.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub dtype: Dtype,
    /// Where it is, if that is said: else where the module is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub device: Option<Device>,
}

impl Tensor {
    /// A float32 tensor of the given shape.
    pub fn new(shape: Shape) -> Self {
        Tensor { shape, ..Tensor::default() }
    }
}

impl Argument {
    /// A float32 tensor of the given sizes.
    pub fn tensor<const RANK: usize>(sizes: [i64; RANK]) -> Self {
        Argument::Tensor(Tensor::new(Shape::new(sizes)))
    }

    /// The tensor, where it is one.
    pub fn as_tensor(&self) -> Option<&Tensor> {
        match self {
            Argument::Tensor(tensor) => Some(tensor),
            Argument::Array { .. } | Argument::NotATensor { .. } => None,
        }
    }

    /// The shape of a tensor or an array.
    pub fn shape(&self) -> Option<&Shape> {
        match self {
            Argument::Tensor(tensor) => Some(&tensor.shape),
            Argument::Array { array, .. } => Some(array),
            Argument::NotATensor { .. } => None,
        }
    }

    /// The name of its type, as Python has it in an `AttributeError`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Argument::Tensor(_) => "Tensor",
            Argument::Array { .. } => "numpy.ndarray",
            Argument::NotATensor { value } => value.qualified_type_name(),
        }
    }
}

/// `gru = nn.GRU(...)`, then `out, h_n = gru(input, h_0)`, on one `PyTorch` release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Call {
    /// The module's options.
    pub config: Config,
    /// The first argument of the call.
    pub input: Argument,
    /// The second argument of the call, where one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub h_0: Option<Argument>,
    /// The release that answers; the newest by default.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<String>"))]
    pub release: Release,
}
