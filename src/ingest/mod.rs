//! Bytes in, facts out; never fails, adds notes.

mod compound;
mod container;
mod delimited;
mod encoding;
mod flatten;
mod json;
mod json_tree;
pub mod limits;
pub mod open;
mod open_document;
mod refusal;
mod screen;
pub mod source;
pub mod table;
mod workbook;
