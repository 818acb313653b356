//! What every report shows, as tables: every word, number and order is decided here and in the tables.

use clap::ValueEnum;

use super::language::Language;
use super::stamp::Stamp;
use super::xlsx::kept::Kept;
use crate::evaluate::{Assessment, Run, Subject};
use crate::model::{Estate, Fact, Identity, Name};
use crate::organisation::Organisation;
use crate::plan::Plan;
use crate::record::Changes;

/// The results of a run, ready to be written.
#[derive(Debug)]
pub struct View<'a> {
    /// What the inputs said.
    pub estate: &'a Estate,
    /// What was concluded.
    pub assessment: &'a Assessment<'a>,
    /// What the organisation's own rules came to.
    pub organisation: &'a Organisation,
    /// The plan, when one was made.
    pub plan: Option<&'a Plan<'a>>,
    /// What changed since an earlier assessment, when one was named.
    pub changes: Option<&'a Changes>,
    /// What the report rests on.
    pub stamp: &'a Stamp,
    /// What was asked of it.
    pub options: Options,
    /// What people entered into an earlier workbook.
    pub kept: &'a Kept,
}

/// What is asked of the reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which findings have a row.
    pub findings: FindingsTold,
    /// How CSV is written.
    pub csv: CsvKind,
    /// How much of the tables the PDF holds.
    pub pdf: PdfDetail,
    /// The language that people are told in.
    pub language: Language,
}

/// How much of the tables the PDF holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PdfDetail {
    /// The first machines of each finding and the worst machines, each followed by how many more there are.
    #[default]
    Short,
    /// Every machine.
    Full,
}

impl PdfDetail {
    /// How many rows of a list are shown that is cut after as many as said.
    #[must_use]
    pub const fn most(self, short: usize) -> usize {
        match self {
            Self::Short => short,
            Self::Full => usize::MAX,
        }
    }
}

/// Which findings have a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingsTold {
    /// Those that explain a readiness: not met, and unknown where an essential fact is missing.
    #[default]
    Telling,
    /// Those that could not be verified as well.
    All,
}

/// How CSV is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CsvKind {
    /// Divided by commas, UTF-8 without a mark, as programs read it.
    #[default]
    Plain,
    /// Divided by semicolons, with a byte order mark, as a Swedish or German Excel opens it by double click.
    Excel,
}

impl<'a> View<'a> {
    /// The site: as named, or else by the folder that was read.
    #[must_use]
    pub fn site(&self) -> &str {
        self.stamp.site.as_ref().unwrap_or(&self.stamp.folder)
    }

    /// The run of a target, when it was asked for.
    #[must_use]
    pub fn run(&self, target: crate::catalogue::Target) -> Option<&Run<'a>> {
        self.assessment.runs.iter().find(|run| run.edition.target == target)
    }

    /// The kind, name, identifier and host of what a finding is about.
    #[must_use]
    pub fn subject(&self, subject: Subject) -> SubjectWords<'_> {
        fn text(name: &Fact<Name>) -> &str {
            name.value().map_or("", |name| name)
        }
        let words = SubjectWords {
            kind: subject.kind().as_str(),
            name: subject.name(self.estate),
            identity: subject.kind().identity(),
            id: "",
            host: "",
        };
        if let Some(vm) = subject.machine(self.estate) {
            return SubjectWords { id: text(&vm.id), host: text(&vm.host), ..words };
        }
        match subject.host(self.estate) {
            Some(host) => SubjectWords { id: text(&host.id), ..words },
            None => words,
        }
    }
}

/// How a report names a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectWords<'a> {
    /// Its kind, in the words of `findings.csv`.
    pub kind: &'static str,
    /// Its name.
    pub name: &'a str,
    /// What its name tells.
    pub identity: Identity,
    /// Its identifier, when it has one.
    pub id: &'a str,
    /// The host it runs on, for machines.
    pub host: &'a str,
}
