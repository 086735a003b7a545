//! Shapes, and what their axes mean.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The largest size that can be typed: JavaScript counts exactly up to here.
pub const LARGEST: i128 = 1 << 53;

/// The size of one axis; wide enough for any product of two sizes, negative when a learner typed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dim(pub i128);

impl fmt::Display for Dim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Into<i128>> From<T> for Dim {
    fn from(size: T) -> Self {
        Dim(size.into())
    }
}

// JavaScript's numbers are exact up to 2^53; a derived size beyond it is rounded there, never here.
impl Serialize for Dim {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const SAFE: i128 = 1 << 53;
        if (-SAFE..SAFE).contains(&self.0) {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0 as f64)
        }
    }
}

impl<'de> Deserialize<'de> for Dim {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShapeVisitor;
        impl serde::de::Visitor<'_> for ShapeVisitor {
            type Value = Dim;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number")
            }

            fn visit_i64<E>(self, size: i64) -> Result<Dim, E> {
                Ok(Dim(size.into()))
            }

            fn visit_u64<E>(self, size: u64) -> Result<Dim, E> {
                Ok(Dim(size.into()))
            }

            fn visit_f64<E: serde::de::Error>(self, size: f64) -> Result<Dim, E> {
                const LIMIT: f64 = 1e30;
                if size.fract() == 0.0 && size.abs() < LIMIT {
                    Ok(Dim(size as i128))
                } else {
                    Err(E::invalid_value(serde::de::Unexpected::Float(size), &self))
                }
            }
        }
        deserializer.deserialize_any(ShapeVisitor)
    }
}

/// A tensor's shape; prints as Python prints a tuple: `(5, 3, 10)`, `(4,)`, `()`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shape(pub Vec<Dim>);

impl Shape {
    /// A shape of the given sizes.
    pub fn new<T: Into<Dim>>(sizes: impl IntoIterator<Item = T>) -> Self {
        Shape(sizes.into_iter().map(Into::into).collect())
    }

    /// The number of axes, which `PyTorch` calls `dim()`.
    pub fn rank(&self) -> usize {
        self.0.len()
    }

    /// The sizes, separated as Python separates them, without brackets: `5, 3, 10`.
    fn sizes(&self) -> String {
        let sizes: Vec<String> = self.0.iter().map(Dim::to_string).collect();
        sizes.join(", ")
    }

    /// The shape as `PyTorch` prints `tensor.shape`: `torch.Size([5, 3, 10])`.
    pub fn torch_size(&self) -> String {
        format!("torch.Size([{}])", self.sizes())
    }

    /// The shape as Python prints a list: `[5, 3, 10]`.
    pub fn list(&self) -> String {
        format!("[{}]", self.sizes())
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [only] => write!(f, "({only},)"),
            _ => write!(f, "({})", self.sizes()),
        }
    }
}

/// One of the five quantities that every size on the page is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Axis {
    /// Sequence length: how many steps.
    L,
    /// Batch size: how many sequences side by side.
    N,
    /// `H_in`, the features of each step: `input_size`.
    #[serde(rename = "H_in")]
    HIn,
    /// `H_out`, the features of the hidden state: `hidden_size`.
    #[serde(rename = "H_out")]
    HOut,
    /// Directions times layers, where states of both are stacked: 2 if bidirectional.
    D,
}

/// What one axis of a tensor stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct AxisMeaning {
    /// The quantity whose colour and letter the axis carries.
    pub axis: Axis,
    /// The axis in letters: `L`, `N`, `H_in`, `D*H_out`, `D*num_layers`, `3*H_out`.
    pub letters: String,
    /// The axis in words: `sequence length`.
    pub words: String,
}
