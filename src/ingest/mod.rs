//! Bytes in, facts out; never fails, adds notes.

pub mod cell;
pub mod columns;
pub mod culture;
pub mod dialect;
mod generic;
mod heading;
mod identify;
pub mod recognise;
pub mod source;
pub mod table;
