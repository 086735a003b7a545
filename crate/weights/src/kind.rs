use std::fmt;

use ::safetensors::Dtype as Code;
use half::{bf16, f16};

/// The element type of a stored tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementKind {
    /// `torch.float64`.
    Float64,
    /// `torch.float32`.
    Float32,
    /// `torch.float16`.
    Float16,
    /// `torch.bfloat16`.
    Bfloat16,
    /// Any other: it is listed, but no parameter of a GRU can have it.
    Other(Other),
}

/// A type that is listed only, by `PyTorch`'s name and the bytes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other {
    name: &'static str,
    bytes: usize,
}

impl ElementKind {
    /// The bytes of one element.
    pub fn bytes(self) -> usize {
        match self {
            ElementKind::Float64 => 8,
            ElementKind::Float32 => 4,
            ElementKind::Float16 | ElementKind::Bfloat16 => 2,
            ElementKind::Other(other) => other.bytes,
        }
    }

    /// Whether its numbers are read.
    pub fn is_float(self) -> bool {
        !matches!(self, ElementKind::Other(_))
    }

    /// The number in the bytes of one element, little endian; NaN for a type that is not read.
    pub(super) fn number(self, element: &[u8]) -> f64 {
        let word = element.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        match self {
            ElementKind::Float64 => f64::from_bits(word),
            ElementKind::Float32 => f32::from_bits(word as u32).into(),
            ElementKind::Float16 => f16::from_bits(word as u16).into(),
            ElementKind::Bfloat16 => bf16::from_bits(word as u16).into(),
            ElementKind::Other(_) => f64::NAN,
        }
    }

    /// The type of a storage class that `torch.save` names: `FloatStorage`.
    pub(super) fn of_storage(class: &str) -> Option<Self> {
        let other = |name, bytes| ElementKind::Other(Other { name, bytes });
        Some(match class {
            "DoubleStorage" => ElementKind::Float64,
            "FloatStorage" => ElementKind::Float32,
            "HalfStorage" => ElementKind::Float16,
            "BFloat16Storage" => ElementKind::Bfloat16,
            "LongStorage" => other("torch.int64", 8),
            "IntStorage" => other("torch.int32", 4),
            "ShortStorage" => other("torch.int16", 2),
            "CharStorage" => other("torch.int8", 1),
            "ByteStorage" => other("torch.uint8", 1),
            "BoolStorage" => other("torch.bool", 1),
            "ComplexFloatStorage" => other("torch.complex64", 8),
            "ComplexDoubleStorage" => other("torch.complex128", 16),
            _ => return None,
        })
    }

    /// The type of a safetensors header's code, if its elements are whole bytes.
    pub(super) fn of_code(code: Code) -> Option<Self> {
        let other = |name, bytes| ElementKind::Other(Other { name, bytes });
        Some(match code {
            Code::F64 => ElementKind::Float64,
            Code::F32 => ElementKind::Float32,
            Code::F16 => ElementKind::Float16,
            Code::BF16 => ElementKind::Bfloat16,
            Code::I64 => other("torch.int64", 8),
            Code::U64 => other("torch.uint64", 8),
            Code::C64 => other("torch.complex64", 8),
            Code::I32 => other("torch.int32", 4),
            Code::U32 => other("torch.uint32", 4),
            Code::I16 => other("torch.int16", 2),
            Code::U16 => other("torch.uint16", 2),
            Code::I8 => other("torch.int8", 1),
            Code::U8 => other("torch.uint8", 1),
            Code::BOOL => other("torch.bool", 1),
            Code::F8_E4M3 => other("torch.float8_e4m3fn", 1),
            Code::F8_E4M3FNUZ => other("torch.float8_e4m3fnuz", 1),
            Code::F8_E5M2 => other("torch.float8_e5m2", 1),
            Code::F8_E5M2FNUZ => other("torch.float8_e5m2fnuz", 1),
            Code::F8_E8M0 => other("torch.float8_e8m0fnu", 1),
            _ => return None,
        })
    }
}

/// Prints as `PyTorch` does: `torch.float32`.
impl fmt::Display for ElementKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ElementKind::Float64 => "torch.float64",
            ElementKind::Float32 => "torch.float32",
            ElementKind::Float16 => "torch.float16",
            ElementKind::Bfloat16 => "torch.bfloat16",
            ElementKind::Other(other) => other.name,
        })
    }
}
