//! `klar query`: SQL over the tables of inputs, of written sets of reports, or of many Parquet folders.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{Against, Reading, date};

/// What can be asked.
const EXAMPLES: &str = "\
Examples:
  klar query --tables reports
  klar query 'SELECT vm, site_recovery, reasons FROM vms ORDER BY vm' exports
  klar query 'SELECT site, COUNT(*) AS machines FROM vms GROUP BY site' reports/* -o sites.csv --format csv

PATH is a written set of reports with parquet/ or CSV files, a folder of such sets, a folder of Parquet files, or exports,
which are read and judged first. Tables are called as their files are: vms, findings, requirements, disks, nics, hosts and
others; each begins with the column site. Only the files and columns that the query names are read.";

/// Put an SQL query to the tables of inputs, of sets of reports or of Parquet folders.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct Query {
    /// One SELECT.
    #[arg(required_unless_present = "tables", conflicts_with = "tables", value_name = "SELECT")]
    pub sql: Option<String>,
    /// Sets of reports, Parquet folders or exports, in any mix.
    #[arg(required_unless_present = "tables", conflicts_with = "tables", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Tell the tables of these paths with their columns and what each holds, in place of a query.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub tables: Vec<PathBuf>,
    /// How the answer is written.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: AnswerFormat,
    /// A new file to write the answer to, instead of printing it.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The requirements that exports are judged against, as in klar assess.
    #[arg(long, value_name = "TARGET[@EDITION]")]
    pub against: Vec<Against>,
    /// The date that support lifecycles are compared with where exports are judged; today without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub as_of: Option<Date>,
    /// The name of the site that exports are of; the folder's without it.
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// How the inputs are read.
    #[command(flatten)]
    pub reading: Reading,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// A table of at most 80 columns.
    Table,
    /// CSV, as the reports have it.
    Csv,
    /// A list of objects.
    Json,
    /// A Parquet file, which needs --output.
    Parquet,
}
