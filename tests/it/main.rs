//! Every integration test, in one binary.

mod cell;
mod craft;
mod editions;
mod examples;
mod azure_sizes;
mod editions;
mod editions_azure;
mod guest_os;
mod hostile;
mod limits;
mod readers;
mod recognise;
mod site_recovery;
mod tidy;
