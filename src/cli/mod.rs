//! The command line: what can be asked of Klar, and what each answer needs.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::report::view::{CsvKind, FindingsTold, PdfDetail};
use crate::report::writer::Writer;
use crate::report::writers;

mod against;
mod carry;
mod config;
mod diff;
mod explain;
mod hand_over;
mod inspect;
mod limit;
mod only;
mod plan;
mod query;
mod redact;
mod rollup;
mod rules;
mod source;
mod spoken;
mod taken;

pub use against::Against;
pub use config::Config;
pub use diff::{Diff, DiffFormat, FailOnChange};
pub use explain::{Explain, ExplainFormat};
pub use hand_over::HandOver;
pub use inspect::{Inspect, InspectForm};
pub use limit::LimitSet;
pub use only::{Chosen, Only};
pub use plan::{PlanArguments, PlanConfig};
pub use query::{AnswerFormat, Query};
pub use redact::{Redaction, Reveal};
pub use rollup::{ROLLUP_FORMATS, Rollup};
pub use rules::{RuleDiff, Rules, SeverityName};
pub use source::ConfigError;
pub use spoken::Spoken;
pub use taken::Taken;

/// What to begin with, below the list of commands.
const BEGIN: &str = "\
Begin with:
  klar collect vmm > vmm.ps1      the script to run at the site
  klar inspect FOLDER             what Klar makes of its exports
  klar assess FOLDER -o REPORTS   the reports
  klar FOLDER                     the same, into klar-report beside it; of a folder that is named like a
                                  command, the command is run: klar ./inspect";

/// How the collectors are used.
const COLLECTING: &str = "\
The scripts only read. Each writes its tables into a folder as it goes, and what it could not read into errors files
beside them; give Klar all of it.
  klar collect vmm -o vmm.ps1                   run where the VMM console is; asks the hosts as well
  klar collect hyperv -o hyperv.ps1             run on a host, or from anywhere with -ComputerName
  klar collect guest -o guest.ps1               run in Windows guests, or with -ComputerName
  klar collect guest --form shell -o guest.sh   run in Linux guests
  klar collect azure -o azure.sh                run where az is signed in
  klar collect azure --form powershell          the same where Connect-AzAccount is";

/// What the exit codes of `klar assess` mean.
const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  --fail-on was asked for, and a machine is that bad
  2  could not run
  3  no machine was found, so nothing was judged of machines; where hosts,
     clouds or Azure were read, the reports tell the prerequisites
  4  --strict was asked for, and some input was refused, not recognised or
     damaged";

/// What the exit codes of `klar verify` mean.
const VERIFY_CODES: &str = "\
Exit codes:
  0  every file is as it was written
  1  a file differs, is missing, or is none of the set
  2  could not check";

/// Judges a Hyper-V and System Center VMM estate against published Azure requirements, offline.
#[derive(Debug, Parser)]
#[command(name = "klar", version, max_term_width = 100, arg_required_else_help = true, after_help = BEGIN)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Write a file to send when something goes wrong: versions, options, counts, times and memory, and no word from the
    /// inputs.
    #[arg(long, global = true, value_name = "FILE")]
    pub diagnose: Option<PathBuf>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read exports, judge every machine, host and cloud, and write the reports.
    Assess(Box<Assess>),
    /// Show how each file and sheet was understood, column by column, and what is missing.
    Inspect(Inspect),
    /// Put an SQL query to the tables of inputs, of sets of reports or of Parquet folders.
    Query(Box<Query>),
    /// Write one report over many sites: how far each is, and what they have in common.
    Rollup(Rollup),
    /// Explain one machine: its facts, what each road asks and how that is answered, and what would make it ready.
    Explain(Box<Explain>),
    /// Compare two assessments: what is fixed, new, worse and unchanged, and who made the change.
    Diff(Diff),
    /// Check a written set of reports, file by file, against its manifest.
    Verify(Verify),
    /// Turn the pseudonyms of redacted reports back into names.
    Reveal(Reveal),
    /// List, explain and compare the requirements, and try your own.
    #[command(subcommand)]
    Rules(Rules),
    /// Print the collector script that a site runs to export what Klar reads.
    Collect(Collect),
    /// Print a file to start from and fill in, or write out the catalogue.
    #[command(subcommand)]
    Template(Template),
    /// Print the completion script of a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

/// Read exports, judge every machine, host and cloud, and write the reports.
#[derive(Args, Debug)]
#[command(after_long_help = EXIT_CODES)]
pub struct Assess {
    /// Files and folders to read, in any mix; folders are read with everything below them.
    #[arg(required_unless_present = "each", conflicts_with = "each", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Take each folder below this one as a site of its own: reports in a folder each below --output, and at the end a table
    /// and the worst exit code, in the order 2, 4, 3, 1, 0. --keep and --since then name the --output of an earlier run.
    #[arg(long, value_name = "DIR")]
    pub each: Option<PathBuf>,
    /// The folder to write to; it is made when it does not exist.
    #[arg(short, long, value_name = "FOLDER", default_value = "klar-report")]
    pub output: PathBuf,
    /// The requirements to judge against, as TARGET or TARGET@EDITION; may be given several times.
    /// Without it, the newest edition of each target.
    #[arg(long, value_name = "TARGET[@EDITION]")]
    pub against: Vec<Against>,
    /// A file of the organisation's own rules; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub rules: Vec<PathBuf>,
    /// The date that support lifecycles are compared with; today without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub as_of: Option<Date>,
    /// The reports to write, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = writers::usual(), value_parser = formats())]
    pub format: Vec<String>,
    /// The findings that have a row: those that explain a readiness, or all.
    #[arg(long, value_name = "WHICH", default_value = "telling")]
    pub findings: FindingsTold,
    /// How much of the tables the PDF holds.
    #[arg(long, value_name = "DETAIL", default_value = "short")]
    pub pdf_detail: PdfDetail,
    /// How CSV is written.
    #[arg(long, value_name = "KIND", default_value = "plain")]
    pub csv: CsvKind,
    /// Only the machines whose KEY is VALUE, or one of several with commas between them; may be given several times, and a
    /// machine must then fit each. Keys: owner, department, environment, application, cost-centre, wave, tags, site,
    /// description, host, cluster, cloud, host-group, and the headings under `carry` in the configuration.
    #[arg(long, value_name = "KEY=VALUE")]
    pub only: Vec<Only>,
    /// An earlier report.xlsx whose entries (owner, status, due, comment) are carried over; it may be the one that is about
    /// to be replaced.
    #[arg(long, value_name = "REPORT.xlsx")]
    pub keep: Option<PathBuf>,
    /// How the inputs are read.
    #[command(flatten)]
    pub reading: Reading,
    /// In which language people are told.
    #[command(flatten)]
    pub spoken: Spoken,
    /// What is told of names.
    #[command(flatten)]
    pub redaction: Redaction,
    /// The customer's name, for the cover.
    #[arg(long, value_name = "NAME")]
    pub customer: Option<String>,
    /// The site's name, for the cover.
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// End with exit code 1 when a machine is this bad or worse.
    #[arg(long, value_name = "READINESS")]
    pub fail_on: Option<FailOn>,
    /// End with exit code 4 when some input was refused, not recognised or damaged.
    #[arg(long)]
    pub strict: bool,
    /// What the plan is made by.
    #[command(flatten)]
    pub plan: PlanArguments,
    /// How the reports are handed over.
    #[command(flatten)]
    pub hand_over: HandOver,
    /// Threads to use; every core without it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub quiet: bool,
}

/// What is given beside the exports: every command that reads or judges takes both.
#[derive(Args, Clone, Debug, Default)]
pub struct Given {
    /// A configuration file: declared facts, waivers, the catalogue, the cover. It is read only when named here,
    /// also when it is a klar.toml in the current folder; klar template config prints one to start from.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A folder of newer catalogue files, laid out as templates/ is. They replace files of the same name and add others;
    /// klar template catalogue writes those of this Klar.
    #[arg(long, value_name = "DIR")]
    pub catalogue: Option<PathBuf>,
    /// Raise or lower one of the limits on what inputs may ask for, as NAME=N; may be given several times. The README
    /// lists their names.
    #[arg(long, value_name = "NAME=N")]
    pub limit: Vec<LimitSet>,
}

/// How inputs are read.
#[derive(Args, Clone, Debug, Default)]
pub struct Reading {
    /// By what to read and to judge.
    #[command(flatten)]
    pub given: Given,
    /// What is taken in.
    #[command(flatten)]
    pub taken: Taken,
}

/// Inputs, and by what they are read.
#[derive(Args, Debug)]
pub struct Inputs {
    /// Files and folders to read, in any mix.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How the inputs are read.
    #[command(flatten)]
    pub reading: Reading,
}

/// Check a written set of reports, file by file, against its manifest.
#[derive(Args, Debug)]
#[command(after_long_help = VERIFY_CODES)]
pub struct Verify {
    /// The folder of the reports, or a bundle of them.
    #[arg(value_name = "DIR|FILE.zip")]
    pub folder: PathBuf,
    /// The public key of minisign that the manifest must be signed with, or the file that holds it.
    #[arg(long, value_name = "KEY")]
    pub public_key: Option<String>,
    /// The files and folders that the reports were made from: make them again in a temporary folder, by the arguments that
    /// the manifest tells, and compare every byte. Files that those arguments name, such as rules, are looked for from here.
    #[arg(long, value_name = "INPUTS", num_args = 1..)]
    pub rerun: Vec<PathBuf>,
}

/// Print the collector script that a site runs to export what Klar reads.
#[derive(Args, Debug)]
#[command(after_long_help = COLLECTING)]
pub struct Collect {
    /// What the script collects from.
    pub from: CollectFrom,
    /// The language of the script. Guests and Azure have both; without it PowerShell, and the shell for Azure.
    #[arg(long, value_name = "LANGUAGE")]
    pub form: Option<ScriptForm>,
    /// A new file to write the script to, instead of printing it.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Print a file to start from and fill in, or write out the catalogue.
#[derive(Debug, Subcommand)]
pub enum Template {
    /// Print a configuration file, klar.toml, with every key explained.
    Config,
    /// Print a file of your own rules, with examples.
    Rules,
    /// Print a price list for the plan, with its columns explained.
    Prices,
    /// Print a script that starts replication from the files of --format mapping; it only tells what it would do until
    /// asked to do it.
    Replicate,
    /// Print the JSON Schema of what Klar writes for programs.
    Schema {
        /// Of what.
        #[arg(value_name = "FORM", default_value = "assessment")]
        of: SchemaOf,
    },
    /// Make the secret that assess --redact makes pseudonyms by, and print it.
    RedactKey {
        /// A new file to write it to instead, which only its owner may read.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Print the [[column]] section of klar.toml for given files, filled in with what each column is read as.
    Columns(Inputs),
    /// Print a file of headings for a new export, begun from a file of it: its headings, what was understood, and places to
    /// fill in. Put it into the dialects folder of a catalogue, and read by it with --catalogue.
    Dialect {
        /// A file of the new export.
        #[command(flatten)]
        inputs: Inputs,
        /// The sheet or part to begin from, where there are several.
        #[arg(long, value_name = "NAME")]
        sheet: Option<String>,
    },
    /// Print the texts of the reports in another language, to be filled in: those that this Klar has of it, and places for the
    /// others. Put the file into wording/LANGUAGE.toml of a catalogue folder, and ask for it with --lang.
    Wording {
        /// The language, in two letters, such as de.
        #[arg(value_name = "LANGUAGE", value_parser = spoken::code)]
        language: String,
    },
    /// Write the catalogue that this Klar carries into a folder, file by file: editions, guests, releases, sizes, disks,
    /// regions and the headings of exports. Change what is newer, try it with klar rules lint, sign it if you like, and
    /// judge by it with --catalogue.
    Catalogue {
        /// The folder; it is made when it does not exist, and no file in it is overwritten.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// What a JSON Schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// assessment.json.
    Assessment,
    /// What klar inspect --format json prints.
    Inspection,
}

/// What a collector collects from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CollectFrom {
    /// A System Center VMM server, by PowerShell.
    Vmm,
    /// Hyper-V hosts without VMM, by PowerShell.
    Hyperv,
    /// What only a guest knows, by PowerShell in Windows and by the shell in Linux.
    Guest,
    /// The Azure side, by the Azure CLI or by Az PowerShell.
    Azure,
}

/// The language of a collector script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScriptForm {
    /// Windows PowerShell 5.1 or later.
    Powershell,
    /// A POSIX shell.
    Shell,
}

/// The readiness from which the exit code is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A machine that is not ready.
    NotReady,
    /// A machine that is not ready or unknown.
    Unknown,
    /// A machine that is anything but ready.
    Conditions,
}

/// The names of the forms of report, with what each writes.
fn formats() -> PossibleValuesParser {
    let value = |writer: &Writer| PossibleValue::new(writer.name).help(writer.about);
    writers::WRITERS.iter().map(value).collect::<Vec<_>>().into()
}

/// A date as it is asked for, without the words of the library that reads it.
fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "it is no date; write it like 2026-11-22".to_owned())
}
