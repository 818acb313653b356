//! Klar judges a Hyper-V and System Center VMM estate against published Azure requirements, offline.

pub mod catalogue;
pub mod cli;
pub mod evaluate;
pub mod ingest;
pub mod model;
pub mod organisation;
pub mod plan;
pub mod record;
pub mod report;
mod roster;
pub mod rules;
pub mod run;
pub mod tables;
