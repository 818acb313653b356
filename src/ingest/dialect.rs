//! What the known exports look like, from one data file each.

/// Every export Klar knows.
#[derive(Debug)]
pub struct Dialects {}
