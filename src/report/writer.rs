//! What a form of report is: a name, and the files it writes.

use std::io::{self, Write};

use super::view::View;

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
