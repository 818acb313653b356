//! What can be asked of the requirements.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::{Against, Given, Reading, Spoken};

/// List, explain and compare the requirements, and try your own.
#[derive(Debug, Subcommand)]
pub enum Rules {
    /// List editions and their requirements.
    List {
        /// Only this target or edition; may be given several times.
        #[arg(long, visible_alias = "target", value_name = "TARGET[@EDITION]")]
        against: Vec<Against>,
        /// Only this severity.
        #[arg(long)]
        severity: Option<SeverityName>,
        /// By what to judge.
        #[command(flatten)]
        given: Given,
        /// In which language people are told.
        #[command(flatten)]
        spoken: Spoken,
    },
    /// Explain a requirement: what, why, limits by edition, remedy, source, examples.
    Explain {
        /// The requirement's name, as `klar rules list` and findings.csv spell it.
        name: String,
        /// By what to judge.
        #[command(flatten)]
        given: Given,
        /// In which language people are told.
        #[command(flatten)]
        spoken: Spoken,
    },
    /// Compare two editions: what is required newly, no longer, or otherwise.
    Diff(RuleDiff),
    /// Look for faults in a folder of catalogue files: file, line, key and what is wrong; the exit code is 1 when there
    /// is one.
    Lint {
        /// The folder, laid out as klar template catalogue writes it.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Run the examples in files of your own rules; the exit code is 1 when one fails.
    Test {
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// Compare two editions.
#[derive(Args, Debug)]
pub struct RuleDiff {
    /// The earlier edition, as TARGET@EDITION.
    #[arg(value_name = "OLD")]
    pub old: Against,
    /// The later edition; the newest without @EDITION.
    #[arg(value_name = "NEW")]
    pub new: Against,
    /// Exports to read: tell which of their machines change readiness, and why; may be given several times.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub estate: Vec<PathBuf>,
    /// The date that support lifecycles are compared with; today without it.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
    /// How the inputs are read.
    #[command(flatten)]
    pub reading: Reading,
    /// In which language people are told.
    #[command(flatten)]
    pub spoken: Spoken,
}

/// A severity, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SeverityName {
    /// Cannot be replicated, moved or run until it is fixed.
    Blocker,
    /// Works after a change.
    Condition,
    /// Works, with a risk.
    Warning,
    /// Should be known.
    Info,
}
