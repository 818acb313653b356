//! Bytes in, facts out; never fails, adds notes.

pub mod source;
pub mod table;
