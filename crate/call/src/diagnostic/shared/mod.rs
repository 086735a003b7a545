//! What the files of several rules have in common.

pub(super) mod candidate;
pub(super) mod creation;
pub(super) mod explanation;
pub(super) mod flag;
pub(super) mod method;
pub(super) mod size;
