//! One view of the results, many ways to write it.

pub mod csv;
pub mod document;
pub mod frame;
pub mod json;
pub mod pdf;
pub mod sheet;
mod sheet_findings;
mod sheet_inputs;
mod sheet_machines;
mod sheet_requirements;
pub mod stamp;
pub mod story;
pub mod text;
pub mod view;
mod waves;
pub mod words;
