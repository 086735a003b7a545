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
    /// Eight bits of a sign, an exponent and a fraction, or an exponent alone.
    Float8(Float8),
    /// Any other: it is listed, but no parameter of a GRU can have it.
    Other(Other),
}

/// How the bits of a float of eight are shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Float8 {
    /// `torch.float8_e4m3fn`: no infinities.
    E4m3fn,
    /// `torch.float8_e4m3fnuz`: one NaN, no negative zero, no infinities.
    E4m3fnuz,
    /// `torch.float8_e5m2`: the upper half of a float16.
    E5m2,
    /// `torch.float8_e5m2fnuz`: one NaN, no negative zero, no infinities.
    E5m2fnuz,
    /// `torch.float8_e8m0fnu`: powers of two.
    E8m0fnu,
}

impl Float8 {
    /// The number that a byte stands for.
    fn number(self, byte: u8) -> f64 {
        let (fraction_bits, bias) = match self {
            Float8::E4m3fn => (3, 7),
            Float8::E4m3fnuz => (3, 8),
            Float8::E5m2 => return f16::from_bits(u16::from(byte) << 8).into(),
            Float8::E5m2fnuz => (2, 16),
            Float8::E8m0fnu if byte == 0xff => return f64::NAN,
            Float8::E8m0fnu => return f64::from(i32::from(byte) - 127).exp2(),
        };
        let is_nan = if self == Float8::E4m3fn { byte & 0x7f == 0x7f } else { byte == 0x80 };
        if is_nan {
            return f64::NAN;
        }
        let steps = 1 << fraction_bits;
        let exponent = i32::from((byte & 0x7f) >> fraction_bits);
        let fraction = f64::from(i32::from(byte) & (steps - 1)) / f64::from(steps);
        // Without an exponent there is no leading 1.
        let leading = if exponent == 0 { 0.0 } else { 1.0 };
        let size = (leading + fraction) * f64::from(exponent.max(1) - bias).exp2();
        if byte & 0x80 == 0 { size } else { -size }
    }

    fn name(self) -> &'static str {
        match self {
            Float8::E4m3fn => "torch.float8_e4m3fn",
            Float8::E4m3fnuz => "torch.float8_e4m3fnuz",
            Float8::E5m2 => "torch.float8_e5m2",
            Float8::E5m2fnuz => "torch.float8_e5m2fnuz",
            Float8::E8m0fnu => "torch.float8_e8m0fnu",
        }
    }
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
            ElementKind::Float8(_) => 1,
            ElementKind::Other(other) => other.bytes,
        }
    }

    /// Whether its numbers are read.
    pub fn is_float(self) -> bool {
        !matches!(self, ElementKind::Other(_))
    }

    /// Whether a number has an imaginary part too.
    pub fn is_complex(self) -> bool {
        matches!(self, ElementKind::Other(other) if other.name.starts_with("torch.complex"))
    }

    /// The number in the bytes of one element, little endian; NaN for a type that is not read.
    pub(super) fn number(self, element: &[u8]) -> f64 {
        let word = element.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        match self {
            ElementKind::Float64 => f64::from_bits(word),
            ElementKind::Float32 => f32::from_bits(word as u32).into(),
            ElementKind::Float16 => f16::from_bits(word as u16).into(),
            ElementKind::Bfloat16 => bf16::from_bits(word as u16).into(),
            ElementKind::Float8(form) => form.number(word as u8),
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
            // Plain bytes too: a type that has no storage class of its own says which it is beside them.
            "ByteStorage" | "UntypedStorage" => other("torch.uint8", 1),
            "BoolStorage" => other("torch.bool", 1),
            "QInt8Storage" => other("torch.qint8", 1),
            "QUInt8Storage" => other("torch.quint8", 1),
            "QInt32Storage" => other("torch.qint32", 4),
            "ComplexFloatStorage" => other("torch.complex64", 8),
            "ComplexDoubleStorage" => other("torch.complex128", 16),
            _ => return None,
        })
    }

    /// The type of a name in `torch`: `float8_e4m3fn`.
    pub(super) fn of_dtype(name: &str) -> Option<Self> {
        let other = |name, bytes| ElementKind::Other(Other { name, bytes });
        Some(match name {
            "float64" | "double" => ElementKind::Float64,
            "float32" | "float" => ElementKind::Float32,
            "float16" | "half" => ElementKind::Float16,
            "bfloat16" => ElementKind::Bfloat16,
            "float8_e4m3fn" => ElementKind::Float8(Float8::E4m3fn),
            "float8_e4m3fnuz" => ElementKind::Float8(Float8::E4m3fnuz),
            "float8_e5m2" => ElementKind::Float8(Float8::E5m2),
            "float8_e5m2fnuz" => ElementKind::Float8(Float8::E5m2fnuz),
            "float8_e8m0fnu" => ElementKind::Float8(Float8::E8m0fnu),
            "int64" | "long" => other("torch.int64", 8),
            "int32" | "int" => other("torch.int32", 4),
            "int16" | "short" => other("torch.int16", 2),
            "int8" => other("torch.int8", 1),
            "uint8" => other("torch.uint8", 1),
            "uint16" => other("torch.uint16", 2),
            "uint32" => other("torch.uint32", 4),
            "uint64" => other("torch.uint64", 8),
            "bool" => other("torch.bool", 1),
            "complex32" => other("torch.complex32", 4),
            "complex64" => other("torch.complex64", 8),
            "complex128" => other("torch.complex128", 16),
            "qint8" => other("torch.qint8", 1),
            "quint8" => other("torch.quint8", 1),
            "qint32" => other("torch.qint32", 4),
            "float4_e2m1fn_x2" => other("torch.float4_e2m1fn_x2", 1),
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
            Code::F8_E4M3 => ElementKind::Float8(Float8::E4m3fn),
            Code::F8_E4M3FNUZ => ElementKind::Float8(Float8::E4m3fnuz),
            Code::F8_E5M2 => ElementKind::Float8(Float8::E5m2),
            Code::F8_E5M2FNUZ => ElementKind::Float8(Float8::E5m2fnuz),
            Code::F8_E8M0 => ElementKind::Float8(Float8::E8m0fnu),
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
            ElementKind::Float8(form) => form.name(),
            ElementKind::Other(other) => other.name,
        })
    }
}
