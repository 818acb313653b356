//! The forms of report: each is one file that writes it, and one line here.

use std::io::{self, Write};
use std::sync::LazyLock;

use super::view::View;
use super::{azure_migrate, csv, docx, html, json, mapping, parquet, pdf, xlsx};

/// A form of report.
#[derive(Debug)]
pub struct Writer {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// The files it writes, in a few words for help and the README.
    pub about: &'static str,
    /// Whether it is written when nothing else is asked for.
    pub usual: bool,
    /// The files it is made of.
    pub files: for<'a> fn(&'a View<'a>) -> Vec<Report<'a>>,
}

/// A file of a report, still to be written.
pub struct Report<'a> {
    /// Its name.
    pub name: String,
    /// Writes it, and returns how many machines were written when it holds each machine.
    pub write: WriteReport<'a>,
}

/// Writes a report, and returns how many machines were written when it holds each machine.
pub type WriteReport<'a> = Box<dyn FnOnce(&mut (dyn Write + Send)) -> io::Result<Option<u64>> + 'a>;

impl std::fmt::Debug for Report<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Report").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Every form of report, in the order written.
pub static WRITERS: &[Writer] = &[
    pdf::WRITER,
    csv::WRITER,
    json::WRITER,
    xlsx::WRITER,
    html::WRITER,
    docx::WRITER,
    parquet::WRITER,
    azure_migrate::WRITER,
    mapping::WRITER,
];

/// The forms that are written when nothing else is asked for, as `--format` takes them.
#[must_use]
pub fn usual() -> &'static str {
    static USUAL: LazyLock<String> = LazyLock::new(|| {
        let names: Vec<&str> = WRITERS.iter().filter(|writer| writer.usual).map(|writer| writer.name).collect();
        names.join(",")
    });
    &USUAL
}
