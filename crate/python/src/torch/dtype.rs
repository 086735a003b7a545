//! Types of elements, and which type two of them become.

use crate::value::R;
use crate::value::fault::runtime_error;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScalarType {
    Bool,
    U8,
    I8,
    I16,
    I32,
    I64,
    F16,
    BF16,
    F32,
    F64,
}

impl ScalarType {
    pub const ALL: [ScalarType; 10] = [
        ScalarType::Bool,
        ScalarType::U8,
        ScalarType::I8,
        ScalarType::I16,
        ScalarType::I32,
        ScalarType::I64,
        ScalarType::F16,
        ScalarType::BF16,
        ScalarType::F32,
        ScalarType::F64,
    ];

    /// `torch.` and this.
    pub fn name(self) -> &'static str {
        match self {
            ScalarType::Bool => "bool",
            ScalarType::U8 => "uint8",
            ScalarType::I8 => "int8",
            ScalarType::I16 => "int16",
            ScalarType::I32 => "int32",
            ScalarType::I64 => "int64",
            ScalarType::F16 => "float16",
            ScalarType::BF16 => "bfloat16",
            ScalarType::F32 => "float32",
            ScalarType::F64 => "float64",
        }
    }

    /// What messages call it.
    pub fn word(self) -> &'static str {
        match self {
            ScalarType::Bool => "Bool",
            ScalarType::U8 => "Byte",
            ScalarType::I8 => "Char",
            ScalarType::I16 => "Short",
            ScalarType::I32 => "Int",
            ScalarType::I64 => "Long",
            ScalarType::F16 => "Half",
            ScalarType::BF16 => "BFloat16",
            ScalarType::F32 => "Float",
            ScalarType::F64 => "Double",
        }
    }

    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            ScalarType::I64 => &["long"],
            ScalarType::I32 => &["int"],
            ScalarType::I16 => &["short"],
            ScalarType::F16 => &["half"],
            ScalarType::F32 => &["float"],
            ScalarType::F64 => &["double"],
            _ => &[],
        }
    }

    pub fn is_float(self) -> bool {
        matches!(self, ScalarType::F16 | ScalarType::BF16 | ScalarType::F32 | ScalarType::F64)
    }

    pub fn bytes(self) -> usize {
        match self {
            ScalarType::Bool | ScalarType::U8 | ScalarType::I8 => 1,
            ScalarType::I16 | ScalarType::F16 | ScalarType::BF16 => 2,
            ScalarType::I32 | ScalarType::F32 => 4,
            ScalarType::I64 | ScalarType::F64 => 8,
        }
    }

    /// 0 for bool, 1 for integers, 2 for floats.
    pub fn category(self) -> u8 {
        match self {
            ScalarType::Bool => 0,
            other if other.is_float() => 2,
            _ => 1,
        }
    }

    /// A number that is written into this type, which must hold its size.
    pub fn checked(self, value: f64) -> R<f64> {
        let (low, high, name) = match self {
            ScalarType::U8 => (0.0, 255.0, "uint8_t"),
            ScalarType::I8 => (-128.0, 127.0, "int8_t"),
            ScalarType::I16 => (-32768.0, 32767.0, "int16_t"),
            ScalarType::I32 => (f64::from(i32::MIN), f64::from(i32::MAX), "int"),
            ScalarType::I64 => (-9.3e18, 9.3e18, "int64_t"),
            ScalarType::F16 => (-65504.0, 65504.0, "c10::Half"),
            _ => return Ok(value),
        };
        let is_held = (low..=high).contains(&value)
            || self.is_float() && !value.is_finite()
            || self == ScalarType::U8 && (-255.0..0.0).contains(&value);
        if is_held {
            return Ok(value);
        }
        runtime_error(format!("value cannot be converted to type {name} without overflow"))
    }

    pub fn promote(self, other: ScalarType) -> ScalarType {
        use ScalarType::{BF16, F16, F32, I8, I16, U8};
        if self == other {
            return self;
        }
        match (self, other) {
            (F16, BF16) | (BF16, F16) => F32,
            (U8, I8) | (I8, U8) => I16,
            _ if self.category() != other.category() => {
                if self.category() > other.category() {
                    self
                } else {
                    other
                }
            }
            _ => {
                if self as u8 > other as u8 {
                    self
                } else {
                    other
                }
            }
        }
    }
}
