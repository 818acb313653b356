//! Integration tests, in one binary.

mod editions;
