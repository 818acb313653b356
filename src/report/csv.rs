//! A published table as a CSV file: UTF-8, RFC 4180, lines that end in LF, and no cell that a spreadsheet would run.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use super::view::{CsvKind, View};
use super::visible::disarmed;
use super::waves;
use super::writer::{Report, Writer};
use crate::tables::{Cells, Head, Inventory, Table, Value};

/// A file for each published table.
pub(super) const WRITER: Writer =
    Writer { name: "csv", about: "a file for each table: vms.csv, findings.csv and others", usual: true, files };

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let report = move |table: Table<'a>| Report {
        name: format!("{}.csv", table.name),
        write: Box::new(move |out: &mut (dyn Write + Send)| {
            let rows = write(&table, view.options.csv, out)?;
            Ok((table.name == Inventory::Vms.as_str()).then_some(rows))
        }),
    };
    view.tables().into_iter().map(report).collect()
}

/// Writes a table with its column names, and returns how many rows were written.
///
/// # Errors
/// What `out` fails with.
pub fn write(table: &Table<'_>, kind: CsvKind, out: &mut (dyn Write + Send)) -> io::Result<u64> {
    let divider = match kind {
        CsvKind::Plain => b',',
        CsvKind::Excel => b';',
    };
    if kind == CsvKind::Excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut heading = Record::divided_by(divider);
    for head in &table.heads {
        heading.push(&head.name);
    }
    heading.end_row();
    out.write_all(&heading.bytes)?;
    let written = AtomicU64::new(0);
    waves::write_rows(table.len, out, |rows, bytes| {
        let mut record = Record::divided_by(divider);
        for row in rows {
            table.row(row, &mut record);
            record.end_row();
            written.fetch_add(1, Ordering::Relaxed);
        }
        *bytes = record.bytes;
    })?;
    Ok(written.into_inner())
}

/// Rows under way.
struct Record {
    bytes: Vec<u8>,
    divider: u8,
    begun: bool,
}

impl Cells for Record {
    fn cell(&mut self, _: &Head, value: Value<'_>) {
        match value {
            // A number is no text that a spreadsheet could run, whatever its sign.
            Value::Number(number) => {
                self.separate();
                write!(self.bytes, "{number}").expect("writing to memory does not fail");
            }
            Value::Word(word) => self.push(word),
            Value::Nothing
            | Value::Text(_)
            | Value::Named(..)
            | Value::Wording(_)
            | Value::Said(_)
            | Value::Flag(_)
            | Value::Date(_) => self.push(&value.plain()),
        }
    }
}

impl Record {
    const fn divided_by(divider: u8) -> Self {
        Self { bytes: Vec::new(), divider, begun: false }
    }

    fn push(&mut self, text: &str) {
        self.separate();
        let cell = disarmed(text);
        let plain = |byte: u8| !matches!(byte, b'"' | b'\r' | b'\n') && byte != self.divider;
        if matches!(cell, Cow::Borrowed(_)) && cell.bytes().all(plain) {
            self.bytes.extend_from_slice(cell.as_bytes());
            return;
        }
        self.bytes.push(b'"');
        for part in cell.split_inclusive('"') {
            self.bytes.extend_from_slice(part.as_bytes());
            if part.ends_with('"') {
                self.bytes.push(b'"');
            }
        }
        self.bytes.push(b'"');
    }

    fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.begun = false;
    }

    fn separate(&mut self) {
        if self.begun {
            self.bytes.push(self.divider);
        }
        self.begun = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_read_back_as_it_was() {
        let plain = ["plain", "a,b", "say \"so\"", "\"", "two\nlines", "", "ends in \"", "a\tb", "väg＝1"];
        let as_they_are = plain.map(|cell| (cell, cell.to_owned()));
        let first = ["=1+1", "-2", "+1", "@x", "＝1+1", "＋1", "－1", "＠x", "﹦1", " =1+1", "\u{a0}=1", "\t1", "\r1"];
        let disarmed = first.map(|cell| (cell, format!("'{cell}")));
        let hidden = [
            ("a\0b", "a\\u{0}b"),
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("\u{feff}=b", "\\u{feff}=b"),
            ("\0=1", "\\u{0}=1"),
        ];
        let written_out = hidden.map(|(cell, shown)| (cell, shown.to_owned()));
        let cells: Vec<(&str, String)> = as_they_are.into_iter().chain(disarmed).chain(written_out).collect();
        let mut record = Record::divided_by(b',');
        for (cell, _) in &cells {
            record.push(cell);
        }
        record.end_row();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(record.bytes.as_slice());
        let read = reader.records().next().expect("a row was written").expect("it is CSV");
        assert_eq!(read.iter().collect::<Vec<_>>(), cells.iter().map(|(_, shown)| shown).collect::<Vec<_>>());
    }
}
