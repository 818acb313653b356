//! `.ods` spreadsheets repeat rows, columns and spaces by number: what they ask for is counted before it is made.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::ingest::limits::{Limits, within};
use crate::ingest::refusal::Refusal;

/// Where spreadsheets end: a reader makes no more columns than this.
const LAST_COLUMN: u64 = 16_384;
const DENSE: &str = "cells, blank and repeated ones included, in the rectangles of its sheets";

/// What the tables of a document would unpack into.
#[derive(Default)]
struct Tally {
    /// Rows of the table, down to the last one that holds something.
    rows: u64,
    /// Rows after it that hold nothing.
    blank_rows: u64,
    /// How often the row being read is repeated.
    repeat: u64,
    /// Columns of the row being read, up to the last one that holds something.
    width: u64,
    /// Columns after it that hold nothing.
    blank_width: u64,
    /// The widest row.
    widest: u64,
    /// Cells of rows as written, before rows are repeated.
    written: u64,
    /// All tables before this one.
    before: u64,
}

/// Counts what `content.xml` asks for; the container must have been checked.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let fault = |error: &dyn std::fmt::Display| Refusal::damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    if is_encrypted(&mut archive) {
        return Err(Refusal::Password);
    }
    let content = archive.by_name("content.xml").map_err(|error| fault(&error))?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    reader.config_mut().check_end_names = false;
    reader.config_mut().expand_empty_elements = true;
    let mut tally = Tally::default();
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).map_err(|error| fault(&error))? {
            Event::Start(start) => tally.start(&start, limits)?,
            Event::End(end) => tally.end(end.name().as_ref(), limits)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

/// The manifest says so of each part; encrypted parts are no XML.
fn is_encrypted(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let mut manifest = String::new();
    archive.by_name("META-INF/manifest.xml").is_ok_and(|mut part| part.read_to_string(&mut manifest).is_ok())
        && manifest.contains("encryption-data")
}

impl Tally {
    fn start(&mut self, start: &BytesStart<'_>, limits: &Limits) -> Result<(), Refusal> {
        match start.name().as_ref() {
            "table:table" => {
                *self = Self { before: self.before, ..Self::default() };
            }
            "table:table-row" => {
                self.repeat = number(start, "table:number-rows-repeated").unwrap_or(1);
                self.width = 0;
                self.blank_width = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeat = number(start, "table:number-columns-repeated").unwrap_or(1).min(LAST_COLUMN);
                let holds = start.attributes().with_checks(false).flatten().any(|attribute| {
                    matches!(attribute.key.as_ref(), "table:formula" | "office:value-type" | "calcext:value-type")
                        || attribute.key.as_ref().starts_with("office:")
                });
                if holds {
                    self.width = (self.width + self.blank_width + repeat).min(LAST_COLUMN);
                    self.blank_width = 0;
                } else {
                    self.blank_width = (self.blank_width + repeat).min(LAST_COLUMN);
                }
            }
            "text:s" => within(number(start, "text:c").unwrap_or(1), limits.text_bytes, "bytes in one cell")?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, limits: &Limits) -> Result<(), Refusal> {
        if name == "table:table-row" {
            self.written = self.written.saturating_add(self.width);
            if self.width == 0 {
                self.blank_rows = self.blank_rows.saturating_add(self.repeat);
            } else {
                self.rows = self.rows.saturating_add(self.blank_rows).saturating_add(self.repeat);
                self.blank_rows = 0;
                self.widest = self.widest.max(self.width);
            }
            let dense = self.rows.saturating_mul(self.widest).max(self.written);
            within(self.before.saturating_add(dense), limits.dense_cells, DENSE)?;
        } else if name == "table:table" {
            self.before = self.before.saturating_add(self.rows.saturating_mul(self.widest).max(self.written));
        }
        Ok(())
    }
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<u64> {
    let attribute = start.attributes().with_checks(false).flatten().find(|it| it.key.as_ref() == name)?;
    // What is no number in 64 bits asks for more than any limit.
    Some(attribute.value.trim().parse().unwrap_or(u64::MAX))
}
