//! The one integration test binary.

mod editions;
mod tidy;
