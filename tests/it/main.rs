//! Every integration test, in one binary.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod assemble;
mod audit;
mod azure_sizes;
mod binary;
mod bounds;
mod carried;
mod cell;
mod chaos;
mod cli;
mod collect;
mod config;
mod craft;
mod diagnose;
mod each;
mod editions;
mod editions_azure;
mod examples;
mod export_ages;
mod filled_in;
mod guest_os;
mod handed_down;
mod harm;
mod hostile;
mod html;
mod identity;
mod include;
mod inspect;
mod left_out;
mod limit_kinds;
mod limits;
mod linux_versions;
mod objects;
mod oracle;
mod organisation;
mod outputs;
mod paths;
mod pdf;
mod plan;
mod readers;
mod recognise;
mod roads;
mod rules_cli;
mod samples;
mod sets;
mod site_recovery;
mod storage;
mod terminal;
mod tidy;
mod verdicts;
mod verify;
mod workbook;
mod writers;
