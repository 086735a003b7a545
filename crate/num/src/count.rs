use std::fmt;
use std::ops::{Add, Mul};

use ruint::Uint;
use serde::{Serialize, Serializer};

use crate::Refusal;

/// A number of things, exact however large.
///
/// 512 bits hold every cost of any sizes: the largest, the multiply-adds, is below 2^334 for sizes below
/// 2^64. Prints in decimal, and serialises as that text, for JavaScript's numbers end at 2^53.
///
/// ```
/// use gru_playground_num::Count;
///
/// let most = Count::from(u64::MAX);
/// assert_eq!((most * most).to_string(), "340282366920938463426481119284349108225");
/// assert!(most.within(512_000_000).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(Size);

/// Every pass is costed before it begins, and most are small. What is small is never kept as large, so that equal
/// numbers are alike and any large one is above any small one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Size {
    Small(u64),
    Large(Uint<512, 8>),
}

impl Count {
    /// None.
    pub const ZERO: Count = Count(Size::Small(0));

    /// The number, if it fits.
    pub fn to_u64(self) -> Option<u64> {
        match self.0 {
            Size::Small(number) => Some(number),
            Size::Large(_) => None,
        }
    }

    /// The number, if it fits.
    pub fn to_u128(self) -> Option<u128> {
        match self.0 {
            Size::Small(number) => Some(number.into()),
            Size::Large(number) => number.try_into().ok(),
        }
    }

    /// Refuses this number of bytes if it exceeds a limit.
    ///
    /// # Errors
    /// A [`Refusal`] that states both in words.
    pub fn within(self, limit: u64) -> Result<(), Refusal> {
        if self > Count::from(limit) { Err(Refusal { needs: self, limit }) } else { Ok(()) }
    }

    fn wide(self) -> Uint<512, 8> {
        match self.0 {
            Size::Small(number) => Uint::from(number),
            Size::Large(number) => number,
        }
    }
}

impl From<u64> for Count {
    fn from(number: u64) -> Self {
        Count(Size::Small(number))
    }
}

impl From<u128> for Count {
    fn from(number: u128) -> Self {
        Count::from(Uint::from(number))
    }
}

impl From<Uint<512, 8>> for Count {
    fn from(number: Uint<512, 8>) -> Self {
        Count(number.try_into().map_or(Size::Large(number), Size::Small))
    }
}

impl Add for Count {
    type Output = Count;

    fn add(self, other: Count) -> Count {
        if let (Size::Small(a), Size::Small(b)) = (self.0, other.0)
            && let Some(sum) = a.checked_add(b)
        {
            return Count::from(sum);
        }
        Count::from(self.wide() + other.wide())
    }
}

impl Mul for Count {
    type Output = Count;

    fn mul(self, other: Count) -> Count {
        if let (Size::Small(a), Size::Small(b)) = (self.0, other.0)
            && let Some(product) = a.checked_mul(b)
        {
            return Count::from(product);
        }
        Count::from(self.wide() * other.wide())
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Size::Small(number) => number.fmt(f),
            Size::Large(number) => number.fmt(f),
        }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
