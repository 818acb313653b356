//! One view of the results, many ways to write it.

pub mod aligned;
pub mod csv;
pub mod document;
pub mod edition_diff;
pub mod groups;
pub mod json;
mod json_organisation;
mod organisation;
pub mod pdf;
pub mod readiness_diff;
pub mod rulebook;
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
