//! A call of `nn.GRU` as a learner may write it, right or wrong.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::shape::Shape;

mod place;
mod release;
mod value;

pub use place::Place;
pub use release::{Release, UnknownRelease};
pub use value::Value;

/// A tensor's element type, under `PyTorch`'s names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
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
    /// `torch.bool`.
    Bool,
}

impl Dtype {
    /// Every element type, in the order in which a page would offer them.
    pub const ALL: [Dtype; 7] = [
        Dtype::Float32,
        Dtype::Float64,
        Dtype::Float16,
        Dtype::Bfloat16,
        Dtype::Int64,
        Dtype::Int32,
        Dtype::Bool,
    ];

    /// The name within messages of `PyTorch`'s C++ side: `Float`, `Double`, `Long`.
    pub fn scalar_type(self) -> &'static str {
        match self {
            Dtype::Float32 => "Float",
            Dtype::Float64 => "Double",
            Dtype::Float16 => "Half",
            Dtype::Bfloat16 => "BFloat16",
            Dtype::Int64 => "Long",
            Dtype::Int32 => "Int",
            Dtype::Bool => "Bool",
        }
    }

    /// The name within messages of `PyTorch`'s C++ side that show C++ types: `float`, `long int`.
    pub fn cpp_type(self) -> &'static str {
        match self {
            Dtype::Float32 => "float",
            Dtype::Float64 => "double",
            Dtype::Float16 => "c10::Half",
            Dtype::Bfloat16 => "c10::BFloat16",
            Dtype::Int64 => "long int",
            Dtype::Int32 => "int",
            Dtype::Bool => "bool",
        }
    }

    /// The bytes of one element.
    pub fn bytes(self) -> u64 {
        match self {
            Dtype::Float64 | Dtype::Int64 => 8,
            Dtype::Float32 | Dtype::Int32 => 4,
            Dtype::Float16 | Dtype::Bfloat16 => 2,
            Dtype::Bool => 1,
        }
    }

    /// Whether a module's parameters can have this type.
    pub fn is_floating_point(self) -> bool {
        matches!(self, Dtype::Float32 | Dtype::Float64 | Dtype::Float16 | Dtype::Bfloat16)
    }
}

/// Prints as Python prints it: `torch.float32`.
impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dtype::Float32 => "torch.float32",
            Dtype::Float64 => "torch.float64",
            Dtype::Float16 => "torch.float16",
            Dtype::Bfloat16 => "torch.bfloat16",
            Dtype::Int64 => "torch.int64",
            Dtype::Int32 => "torch.int32",
            Dtype::Bool => "torch.bool",
        })
    }
}

/// The options of `nn.GRU(...)` as written; an absent one has `PyTorch`'s default, and `null` is `None`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Config {
    /// Features of each step; required.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub input_size: Option<Value>,
    /// Features of the hidden state; required.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub hidden_size: Option<Value>,
    /// Layers stacked; 1 by default.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub num_layers: Option<Value>,
    /// Whether the layers have `bias_ih` and `bias_hh`; `True` by default.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub bias: Option<Value>,
    /// Whether input and output are (N, L, features); `False` by default.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub batch_first: Option<Value>,
    /// Probability of zeroing an element between layers while training; 0.0 by default.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub dropout: Option<Value>,
    /// Whether a second, reversed direction runs in every layer; `False` by default.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub bidirectional: Option<Value>,
    /// The element type of the parameters; float32 by default.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub dtype: Dtype,
    /// Options that `nn.GRU` does not have, such as `seq_len` or `proj_size`, in the order written.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub other: Vec<(String, Value)>,
}

/// Reads an option that is there: `null` is `None`, not an absent option.
fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// What stands where a tensor is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, try_from = "ArgumentFields")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Argument {
    /// A tensor.
    Tensor(Tensor),
    /// Any other Python value, such as `None` or a list.
    NotATensor {
        /// The value.
        value: Value,
    },
}

/// An argument as it is read: it is one or the other, and an empty one is `None`.
#[derive(Deserialize)]
pub(crate) struct ArgumentFields {
    pub(crate) shape: Option<Shape>,
    #[serde(default)]
    pub(crate) dtype: Dtype,
    pub(crate) value: Option<Value>,
}

impl TryFrom<ArgumentFields> for Argument {
    type Error = &'static str;

    fn try_from(ArgumentFields { shape, dtype, value }: ArgumentFields) -> Result<Self, &'static str> {
        match (shape, value) {
            (Some(shape), None) => Ok(Argument::Tensor(Tensor { shape, dtype })),
            (None, value) => Ok(Argument::NotATensor { value: value.unwrap_or(Value::None) }),
            (Some(_), Some(_)) => Err("both shape and value"),
        }
    }
}

/// What matters of a tensor to a shape check.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Tensor {
    /// Its shape.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number[]"))]
    pub shape: Shape,
    /// Its element type; float32 by default.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub dtype: Dtype,
}

impl Tensor {
    /// A float32 tensor of the given shape.
    pub fn new(shape: Shape) -> Self {
        Tensor { shape, dtype: Dtype::default() }
    }
}

impl Argument {
    /// A float32 tensor of the given sizes.
    pub fn tensor<const RANK: usize>(sizes: [i64; RANK]) -> Self {
        Argument::Tensor(Tensor::new(Shape::new(sizes)))
    }
}

/// `gru = nn.GRU(...)`, then `out, h_n = gru(input, h_0)`, on one `PyTorch` release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Call {
    /// The module's options.
    pub config: Config,
    /// The first argument of the call.
    pub input: Argument,
    /// The second argument of the call, where one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub h_0: Option<Argument>,
    /// The release that answers; the newest by default.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "string"))]
    pub release: Release,
}
