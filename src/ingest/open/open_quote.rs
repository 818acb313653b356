//! A quote in delimited text that is closed too late, or never, and would swallow the rows after it.

use crate::model::{Arg, Phrase, say};
use csv::StringRecord;

use super::records::open;

/// From how many lines inside a value on, each as wide as the heading, they are rows and no value.
const SURELY_ROWS: usize = 3;

/// What a record swallowed of the lines after its first.
pub(super) enum Swallowed {
    /// Nothing but a value of several lines.
    Nothing,
    /// Rows, each with its line.
    Rows(Vec<(u32, StringRecord)>),
    /// The rest of the file, which looks like no rows.
    Text,
}

impl Swallowed {
    /// What a record of several lines swallowed; `is_open` tells that its quote is never closed, `width` how many cells
    /// the heading has.
    pub(super) fn by<'t>(
        raw: &str,
        lines: impl Iterator<Item = (u32, &'t str)>,
        is_open: bool,
        record: &StringRecord,
        delimiter: u8,
        width: usize,
    ) -> Self {
        let lines = lines.filter(|(_, line)| !line.trim().is_empty());
        let rows: Vec<(u32, StringRecord)> = lines.map(|(number, line)| (number, row(line, delimiter))).collect();
        // The lines of a value that someone wrote are no rows.
        let whole = rows.iter().skip(1).filter(|(_, row)| width > 1 && row.len() == width).count();
        let are_rows = whole > 0 && whole * 10 >= (rows.len() - 1) * 9;
        let is_wrong = is_open || record.len() != width || closes_inside(raw, delimiter);
        if are_rows && (is_wrong || whole >= SURELY_ROWS) {
            Self::Rows(rows)
        } else if is_open {
            Self::Text
        } else {
            Self::Nothing
        }
    }
}

/// A line as a row. Where its quotes do not come in pairs they are letters, and taken off where they stand around a cell.
fn row(line: &str, delimiter: u8) -> StringRecord {
    let mut row = StringRecord::new();
    let is_paired = line.matches('"').count().is_multiple_of(2);
    if is_paired && open(line, Some(delimiter)).read_record(&mut row).is_ok_and(|is_read| is_read) {
        return row;
    }
    let cells = line.trim_end_matches('\r').split(char::from(delimiter));
    cells.map(|cell| cell.trim_matches('"').trim()).collect()
}

/// Whether a quote is closed where its cell goes on, so that it closed another than was meant.
fn closes_inside(raw: &str, delimiter: u8) -> bool {
    let mut is_quoted = false;
    let mut before = delimiter;
    let mut bytes = raw.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if is_quoted && bytes.next_if_eq(&b'"').is_none() => {
                is_quoted = false;
                if bytes.peek().is_some_and(|next| *next != delimiter && !matches!(next, b'\r' | b'\n')) {
                    return true;
                }
            }
            b'"' if before == delimiter || before == b'\n' => is_quoted = true,
            _ => {}
        }
        before = byte;
    }
    false
}

/// Quotes that are closed too late, or never.
#[derive(Default)]
pub(super) struct OpenQuotes {
    /// Lines on which one opens that swallowed rows, and how many rows; the first line.
    took: Option<(u32, u64, u64)>,
    /// The line on which the one opens that made the rest of the file a cell.
    last: Option<u32>,
}

impl OpenQuotes {
    pub(super) fn took_rows(&mut self, line: u32, rows: u64) {
        let (_, lines, all) = self.took.get_or_insert((line, 0, 0));
        *lines += 1;
        *all += rows;
    }

    pub(super) fn became_a_cell(&mut self, line: u32) {
        self.last = Some(line);
    }

    pub(super) fn told(&self, file: &Arg) -> Vec<Phrase> {
        let took = self.took.map(|(line, lines, rows)| {
            let more = match lines - 1 {
                0 => Arg::Word(""),
                more => say!(", and {more} more such quotes", more).into(),
            };
            say!(
                "{file}: the quote opened at line {line} is not closed where its value ends{more}. The {rows} lines that it would have swallowed were read as a row each, without their quotes. Correct that line, and run again.",
                file = file.clone(),
                line = Arg::at(line),
                more,
                rows
            )
        });
        let last = self.last.map(|line| {
            say!(
                "{file}: the quote opened at line {line} is never closed, so the rest of the file became one cell. Correct that line, and run again.",
                file = file.clone(),
                line = Arg::at(line)
            )
        });
        took.into_iter().chain(last).collect()
    }
}
