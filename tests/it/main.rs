//! Every integration test of Klar, in one binary.

mod cell;
mod recognise;
//! Every integration test, in one binary.

mod craft;
mod hostile;
mod limits;
mod readers;
