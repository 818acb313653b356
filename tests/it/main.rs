//! Every integration test, in one binary.

mod collect;
mod craft;
mod editions;
mod examples;
mod guest_os;
mod hostile;
mod limits;
mod readers;
mod tidy;
