//! `klar rollup`: one report over many sites.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::civil::Date;

use super::{Spoken, date};

/// The forms that a report over many sites is written in.
pub const ROLLUP_FORMATS: [&str; 3] = ["pdf", "xlsx", "docx"];

/// Write one report over many sites: how far each is, and what they have in common.
#[derive(Args, Debug)]
pub struct Rollup {
    /// Written sets of reports, folders of such sets, or Parquet folders; --each writes them for many sites at once.
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// The folder to write to; it is made when it does not exist.
    #[arg(short, long, value_name = "FOLDER", default_value = "klar-rollup")]
    pub output: PathBuf,
    /// The reports to write, separated by commas: rollup.pdf, rollup.xlsx, rollup.docx.
    #[arg(long, value_delimiter = ',', default_value = "pdf,xlsx", value_parser = PossibleValuesParser::new(ROLLUP_FORMATS))]
    pub format: Vec<String>,
    /// The customer's name, for the cover.
    #[arg(long, value_name = "NAME")]
    pub customer: Option<String>,
    /// The day of the report; the newest that the sets are of without it, or today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub as_of: Option<Date>,
    /// In which language people are told.
    #[command(flatten)]
    pub spoken: Spoken,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub quiet: bool,
}
