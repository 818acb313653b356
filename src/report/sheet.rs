//! A table of the results as texts: stable column names, rows made one at a time.

use std::fmt::{Display, Write as _};

/// Writes the cells of the row of an index.
pub type MakeRow<'a> = Box<dyn Fn(usize, &mut Record) + Sync + Send + 'a>;

/// A table of the results; what CSV, JSON and the data frames all show.
pub struct Sheet<'a> {
    /// Its name, which is also its file's name without the ending.
    pub name: &'static str,
    /// Its column names, which never change; new ones are added at the end.
    pub columns: &'static [&'static str],
    /// How many rows it has.
    pub len: usize,
    /// Writes the cells of a row, as many as there are columns.
    pub row: MakeRow<'a>,
}

impl std::fmt::Debug for Sheet<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Sheet").field("name", &self.name).field("len", &self.len).finish_non_exhaustive()
    }
}

/// The cells of a row, in buffers that are used again for the next.
#[derive(Clone, Debug, Default)]
pub struct Record {
    cells: csv::StringRecord,
    shown: String,
}

impl Record {
    /// Empties the record for the next row.
    pub fn clear(&mut self) {
        self.cells.clear();
    }

    /// Adds a cell.
    pub fn push(&mut self, text: &str) {
        self.cells.push_field(text);
    }

    /// Adds a cell of anything that can be shown.
    pub fn push_shown(&mut self, value: impl Display) {
        self.shown.clear();
        write!(self.shown, "{value}").expect("writing to a String does not fail");
        self.cells.push_field(&self.shown);
    }

    /// Adds a cell of a value that may not be known; an empty cell when it is not.
    pub fn push_known(&mut self, value: Option<impl Display>) {
        match value {
            Some(value) => self.push_shown(value),
            None => self.push(""),
        }
    }

    /// The cells, in order.
    #[must_use]
    pub fn cells(&self) -> &csv::StringRecord {
        &self.cells
    }
}
