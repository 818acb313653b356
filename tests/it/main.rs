//! Every integration test, in one binary.

mod cell;
mod craft;
mod editions;
mod examples;
mod guest_os;
mod hostile;
mod limits;
mod readers;
mod recognise;
mod site_recovery;
mod tidy;
