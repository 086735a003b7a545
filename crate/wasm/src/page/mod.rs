//! What the page asks on its own thread and is answered at once.

pub(crate) mod cost;
pub(crate) mod look;
pub(crate) mod picture;
