//! Every integration test of Klar, in one binary.

mod assemble;
mod cell;
mod craft;
mod hostile;
mod limits;
mod readers;
mod recognise;
