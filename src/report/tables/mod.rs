//! The tables that are published, beside those of the inventory.

mod findings;
mod inputs;
mod requirements;

pub(super) use findings::findings;
pub(super) use inputs::{inputs, left_out};
pub(super) use requirements::requirements;
