//! Every integration test, in one binary.

mod assemble;
mod azure_sizes;
mod binary;
mod cell;
mod cli;
mod collect;
mod craft;
mod editions;
mod editions_azure;
mod examples;
mod guest_os;
mod hostile;
mod limits;
mod outputs;
mod pdf;
mod readers;
mod recognise;
mod site_recovery;
mod tidy;
