//! What can be asked of a comparison of two assessments.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Spoken;
use crate::report::view::CsvKind;

/// What the exit codes of `klar diff` mean.
const DIFF_CODES: &str = "\
Exit codes:
  0  done
  1  --fail-on worse was asked for, and a machine is less ready, or a machine,
     host or resource that was there has a finding that is new or weighs more
     (information aside), or the plan is worse: a machine that is still planned
     has no size any longer, or a quota falls short that did not, or by more;
     another size, tier, wave or cost is not worse
  2  could not compare";

/// Compare two assessments: what is fixed, new, worse and unchanged, and who made the change.
#[derive(Args, Debug)]
#[command(after_long_help = DIFF_CODES)]
pub struct Diff {
    /// The earlier assessment.json, or a folder that holds one.
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The later one.
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// The form to print.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: DiffFormat,
    /// How CSV is written.
    #[arg(long, value_name = "KIND", default_value = "plain")]
    pub csv: CsvKind,
    /// End with exit code 1 when something is worse.
    #[arg(long, value_name = "WHAT")]
    pub fail_on: Option<FailOnChange>,
    /// In which language people are told.
    #[command(flatten)]
    pub spoken: Spoken,
}

/// The forms of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Text,
    /// A row per change.
    Csv,
    /// All of it, for programs.
    Json,
}

/// The change from which the exit code is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOnChange {
    /// Something is worse.
    Worse,
}
