//! One view of the results, many ways to write it.

pub mod document;
pub mod pdf;
