//! `PyTorch` releases, by which messages differ.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, de};
use thiserror::Error;

/// A `PyTorch` release such as 2.15.0; ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    /// Major version.
    pub major: u16,
    /// Minor version.
    pub minor: u16,
    /// Patch version.
    pub patch: u16,
}

impl Release {
    /// The oldest release whose behaviour is known here.
    pub const OLDEST: Release = Release::new(1, 7, 0);
    /// The newest release whose behaviour is known here, and the default.
    pub const NEWEST: Release = Release::new(2, 15, 0);

    /// The release `major.minor.patch`.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Release { major, minor, patch }
    }
}

impl Default for Release {
    fn default() -> Self {
        Release::NEWEST
    }
}

/// Prints as `PyTorch` numbers its releases: `2.15.0`.
impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// A text that names no release from 1.7 to 2.15.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no PyTorch release from {} to {}: \"{}\"", Release::OLDEST, Release::NEWEST, .0)]
pub struct UnknownRelease(pub String);

/// One part of a release.
fn number(part: &str) -> Option<u16> {
    u16::try_from(part.parse::<u64>().ok()?).ok()
}

/// Reads `2.15`, `2.15.0` or `2.15.0+cpu`.
impl FromStr for Release {
    type Err = UnknownRelease;

    fn from_str(text: &str) -> Result<Self, UnknownRelease> {
        let unknown = || UnknownRelease(text.to_owned());
        let version = text.split('+').next().unwrap_or_default();
        let mut parts = version.split('.');
        let mut part = || parts.next().map(|part| number(part).ok_or_else(unknown)).transpose();
        let (major, minor, patch) = (part()?, part()?, part()?);
        let (Some(major), Some(minor), None) = (major, minor, parts.next()) else {
            return Err(unknown());
        };
        let release = Release::new(major, minor, patch.unwrap_or(0));
        let known = Release::OLDEST..Release::new(Release::NEWEST.major, Release::NEWEST.minor + 1, 0);
        known.contains(&release).then_some(release).ok_or_else(unknown)
    }
}

impl Serialize for Release {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Release {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
