use std::fmt;
use std::ops::{Add, Mul};

use ruint::Uint;
use serde::{Serialize, Serializer};

use super::Refusal;

/// A number of things, exact however large.
///
/// 512 bits hold every cost of any sizes: the largest, the multiply-adds, is below 2^334 for sizes below
/// 2^64. Prints in decimal, and serialises as that text, for JavaScript's numbers end at 2^53.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(Uint<512, 8>);

impl Count {
    /// None.
    pub const ZERO: Count = Count(Uint::ZERO);

    /// The number, if it fits.
    pub fn to_u64(self) -> Option<u64> {
        let [low, high @ ..] = self.0.as_limbs();
        high.iter().all(|&limb| limb == 0).then_some(*low)
    }

    /// The number, if it fits.
    pub fn to_u128(self) -> Option<u128> {
        self.0.try_into().ok()
    }

    /// Refuses this number of bytes if it exceeds a limit.
    ///
    /// # Errors
    /// A [`Refusal`] that states both in words.
    pub fn within(self, limit: u64) -> Result<(), Refusal> {
        if self > Count::from(limit) { Err(Refusal { needs: self, limit }) } else { Ok(()) }
    }
}

impl From<u64> for Count {
    fn from(number: u64) -> Self {
        Count(Uint::from(number))
    }
}

impl From<u128> for Count {
    fn from(number: u128) -> Self {
        Count(Uint::from(number))
    }
}

impl Add for Count {
    type Output = Count;

    fn add(self, other: Count) -> Count {
        Count(self.0 + other.0)
    }
}

impl Mul for Count {
    type Output = Count;

    fn mul(self, other: Count) -> Count {
        // Most are small, and every pass is costed before it begins.
        match (self.to_u64(), other.to_u64()) {
            (Some(a), Some(b)) => Count::from(u128::from(a) * u128::from(b)),
            _ => Count(self.0 * other.0),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
