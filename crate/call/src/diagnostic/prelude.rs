//! What a rule is written with.

pub(super) use super::Edit;
pub(super) use super::rule::{Mistake, Rule, Stage};
pub(super) use super::shared::candidate::*;
pub(super) use super::shared::explanation::*;
pub(super) use super::shared::method::{Method, Turned};
pub(super) use super::shared::{creation, flag, size};
#[cfg(test)]
pub(super) use super::testing::example;
pub(super) use super::view::{OPTIONS, View};
pub(super) use crate::call::{Argument, Device, Dtype, Place, Release, Value};
pub(super) use crate::shape::{Dim, Shape};
pub(super) use nn::words;
