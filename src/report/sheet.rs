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
    /// Writes the cells of a row, as many as there are columns, without ending it.
    pub row: MakeRow<'a>,
}

impl std::fmt::Debug for Sheet<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Sheet").field("name", &self.name).field("len", &self.len).finish_non_exhaustive()
    }
}

/// Rows of cells as CSV: UTF-8, RFC 4180, lines that end in LF, and no cell that a spreadsheet would run.
#[derive(Clone, Debug, Default)]
pub struct Record {
    bytes: Vec<u8>,
    shown: String,
    begun: bool,
}

/// Cells that many rows have in common, side by side, written out once.
#[derive(Clone, Debug)]
pub struct Run(Vec<u8>);

impl Run {
    /// Writes cells out.
    #[must_use]
    pub fn of(cells: &[&str]) -> Self {
        let mut record = Record::default();
        for cell in cells {
            record.push(cell);
        }
        Self(record.bytes)
    }
}

impl Record {
    /// Adds a cell.
    pub fn push(&mut self, text: &str) {
        self.separate();
        let plain = |byte: &u8| !matches!(byte, b',' | b'"' | b'\r' | b'\n');
        if is_formula(text) {
            self.bytes.extend_from_slice(&quoted(&format!("'{text}")));
        } else if text.bytes().all(|byte| plain(&byte)) {
            self.bytes.extend_from_slice(text.as_bytes());
        } else {
            self.bytes.extend_from_slice(&quoted(text));
        }
    }

    /// Adds cells that were written out before.
    pub fn push_run(&mut self, run: &Run) {
        self.separate();
        self.bytes.extend_from_slice(&run.0);
    }

    /// Adds a cell of anything that can be shown.
    pub fn push_shown(&mut self, value: impl Display) {
        let mut shown = std::mem::take(&mut self.shown);
        shown.clear();
        write!(shown, "{value}").expect("writing to a String does not fail");
        self.push(&shown);
        self.shown = shown;
    }

    /// Adds a cell of a value that may not be known; an empty cell when it is not.
    pub fn push_known(&mut self, value: Option<impl Display>) {
        match value {
            Some(value) => self.push_shown(value),
            None => self.push(""),
        }
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.begun = false;
    }

    /// The rows ended so far.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn separate(&mut self) {
        if self.begun {
            self.bytes.push(b',');
        }
        self.begun = true;
    }
}

/// Whether a spreadsheet would run the cell, or a lead character would make it do so after import.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell as the `csv` crate quotes it; cells without a special character, which are nearly all, need no quoting.
fn quoted(cell: &str) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([cell]).expect("writing to memory does not fail");
    let mut bytes = writer.into_inner().expect("writing to memory does not fail");
    bytes.pop();
    bytes
}
