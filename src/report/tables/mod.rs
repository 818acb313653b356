//! The tables that are published, beside those of the inventory.

mod findings;
mod inputs;
mod left_out;
mod requirements;

pub(super) use findings::findings;
pub(super) use inputs::{inputs, left_out};
pub(super) use left_out::rows_left_out;
pub(super) use requirements::requirements;
