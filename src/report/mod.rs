//! One view of the results, many ways to write it.

pub mod aligned;
mod azure_migrate;
pub mod csv;
pub mod document;
pub mod edition_diff;
pub mod finding;
pub mod groups;
mod html;
pub mod ids;
pub mod inspection;
pub mod json;
mod mapping;
mod organisation;
pub mod pdf;
pub mod readiness_diff;
pub mod rulebook;
pub mod stamp;
pub mod story;
mod tables;
pub mod terminal;
pub mod text;
pub mod view;
pub mod visible;
mod waves;
pub mod words;
pub mod writers;
pub mod xlsx;
