//! Every integration test of Klar, in one binary.

mod cell;
mod recognise;
