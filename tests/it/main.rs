//! The library, tried from the outside.

mod pdf;
