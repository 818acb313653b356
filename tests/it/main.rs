//! Integration tests, in one binary.

mod editions;
//! The one integration test binary.

mod tidy;
