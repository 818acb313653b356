//! Every integration test, in one binary.

mod editions;
mod guest_os;
mod site_recovery;
mod tidy;
