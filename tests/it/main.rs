//! Every integration test, in one binary.

mod editions;
mod guest_os;
mod tidy;
mod examples;
mod craft;
mod hostile;
mod limits;
mod readers;
