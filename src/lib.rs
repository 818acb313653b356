//! Klar judges a Hyper-V and System Center VMM estate against published Azure requirements, offline.

pub mod catalogue;
pub mod cli;
pub mod compare;
pub mod evaluate;
pub mod ingest;
pub mod mend;
pub mod model;
mod near;
pub mod organisation;
pub mod plan;
pub mod query;
pub mod record;
pub mod report;
pub mod rollup;
mod roster;
pub mod rules;
pub mod run;
pub mod tables;
