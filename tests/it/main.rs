//! Every integration test, in one binary.

mod craft;
mod hostile;
mod limits;
mod readers;
