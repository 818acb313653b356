//! Every integration test, in one binary.

mod azure_sizes;
mod editions;
mod editions_azure;
mod guest_os;
mod site_recovery;
mod tidy;
