//! What can be asked of one machine.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{Against, Reading, Spoken, date};

/// Explain one machine: its facts, what each road asks and how that is answered, and what would make it ready.
#[derive(Args, Debug)]
pub struct Explain {
    /// The machine's name or ID; as NAME@HOST where several bear the name.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Files and folders to read, in any mix.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The requirements to judge against, as TARGET or TARGET@EDITION; may be given several times.
    /// Without it, the newest edition of each target.
    #[arg(long, value_name = "TARGET[@EDITION]")]
    pub against: Vec<Against>,
    /// The date that support lifecycles are compared with; today without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub as_of: Option<Date>,
    /// The form to print.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: ExplainFormat,
    /// How the inputs are read.
    #[command(flatten)]
    pub reading: Reading,
    /// In which language people are told.
    #[command(flatten)]
    pub spoken: Spoken,
    /// Tell the pseudonyms of klar assess --redact instead of names; the machine is asked for by its own name.
    #[arg(long, requires = "redact_key")]
    pub redact: bool,
    /// The file of the site's secret.
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub redact_key: Option<PathBuf>,
}

/// The forms of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}
