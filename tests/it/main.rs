//! Every integration test, in one binary.

mod guest_os;
mod editions;
mod tidy;
