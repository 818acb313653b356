//! `.ods` spreadsheets repeat rows, columns and spaces by number: what they ask for is counted before it is made.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::markup::Fault;
use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;

/// Where spreadsheets end: a reader makes no more columns and rows than this.
const LAST_COLUMN: u64 = 16_384;
const LAST_ROW: u64 = 1_048_576;
/// The attributes of a cell that a reader keeps as text.
const TEXTS: &[&str] = &["table:formula", "office:string-value", "office:date-value", "office:time-value"];
/// The longest letter in UTF-8.
const LETTER: u64 = 4;
const TEXT: &str = "bytes of text, repetitions included, in its sheets";
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
    /// Bytes of text in the cell being read, how often it is repeated, and in the row being read.
    cell_text: u64,
    cell_repeat: u64,
    row_text: u64,
    /// Bytes of text in all tables, repeated as often as they ask for.
    text: u64,
    /// The names of the tables.
    names: BTreeSet<String>,
    /// How many tables the reader is inside of.
    inside: u32,
}

/// Counts what `content.xml` asks for; the container must have been checked.
pub(super) fn check(bytes: &[u8], found: Option<Fault>, limits: &Limits) -> Result<(), Refusal> {
    let fault = |error: &dyn std::fmt::Display| Refusal::damaged_as(&error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    if is_encrypted(&mut archive) {
        return Err(Refusal::Password);
    }
    // A protected document is none.
    if let Some(found) = found {
        return Err(Refusal::damaged_as(&format!("its {found}")));
    }
    let content = archive.by_name("content.xml").map_err(|error| fault(&error))?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    reader.config_mut().expand_empty_elements = true;
    let mut tally = Tally::default();
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).map_err(|error| fault(&error))? {
            Event::Start(start) => tally.start(&start, limits)?,
            Event::End(end) => tally.end(end.name().as_ref(), limits)?,
            Event::Text(text) => tally.add_text(count(text.len()), limits)?,
            Event::CData(text) => tally.add_text(count(text.len()), limits)?,
            Event::GeneralRef(_) => tally.add_text(LETTER, limits)?,
            // The container was found to be one whole document, so every table is closed here.
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
                self.inside += 1;
                if self.inside > 1 {
                    return Err(Refusal::damaged("a table begins inside another"));
                }
                let name = attribute(start, "table:name").unwrap_or_default();
                if !self.names.insert(name.clone()) {
                    return Err(Refusal::damaged_as(&format!("two of its sheets have the name {name}")));
                }
                within(count(self.names.len()), limits.sheets, "sheets")?;
                let names = std::mem::take(&mut self.names);
                *self = Self { before: self.before, text: self.text, names, inside: 1, ..Self::default() };
            }
            "table:table-row" => {
                self.repeat = number(start, "table:number-rows-repeated").unwrap_or(1);
                self.width = 0;
                self.blank_width = 0;
                self.row_text = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeat = number(start, "table:number-columns-repeated").unwrap_or(1).min(LAST_COLUMN);
                let holds = start.attributes().with_checks(false).flatten().any(|attribute| {
                    matches!(attribute.key.as_ref(), "table:formula" | "office:value-type" | "calcext:value-type")
                        || attribute.key.as_ref().starts_with("office:")
                });
                // A reader keeps nothing of a cell that holds nothing, and repeats that.
                self.cell_repeat = if holds { repeat } else { 0 };
                self.cell_text = 0;
                for attribute in start.attributes().with_checks(false).flatten() {
                    if TEXTS.contains(&attribute.key.as_ref()) {
                        self.add_text(count(attribute.value.len()), limits)?;
                    }
                }
                if holds {
                    self.width = (self.width + self.blank_width + repeat).min(LAST_COLUMN);
                    self.blank_width = 0;
                } else {
                    self.blank_width = (self.blank_width + repeat).min(LAST_COLUMN);
                }
            }
            "text:s" => self.add_text(number(start, "text:c").unwrap_or(1), limits)?,
            "text:p" | "text:tab" | "text:line-break" => self.add_text(LETTER, limits)?,
            _ => {}
        }
        Ok(())
    }

    /// Counts text of the cell being read; text outside of cells adds to the cell before, which does no harm.
    fn add_text(&mut self, bytes: u64, limits: &Limits) -> Result<(), Refusal> {
        self.cell_text = self.cell_text.saturating_add(bytes);
        within(self.cell_text, limits.text_bytes, "bytes in one cell")
    }

    fn end(&mut self, name: &str, limits: &Limits) -> Result<(), Refusal> {
        if matches!(name, "table:table-cell" | "table:covered-table-cell") {
            self.row_text = self.row_text.saturating_add(self.cell_text.saturating_mul(self.cell_repeat));
            self.cell_text = 0;
            within(self.text.saturating_add(self.row_text), limits.file_text, TEXT)?;
        } else if name == "table:table-row" {
            // A reader keeps the row once more before it repeats it.
            let repeats = self.repeat.min(LAST_ROW).saturating_add(1);
            self.text = self.text.saturating_add(self.row_text.saturating_mul(repeats));
            within(self.text, limits.file_text, TEXT)?;
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
            self.inside = self.inside.saturating_sub(1);
            self.before = self.before.saturating_add(self.rows.saturating_mul(self.widest).max(self.written));
        }
        Ok(())
    }
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<u64> {
    // What is no number in 64 bits asks for more than any limit.
    attribute(start, name).map(|text| text.trim().parse().unwrap_or(u64::MAX))
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().with_checks(false).flatten().find(|it| it.key.as_ref() == name)?;
    Some(attribute.value.to_string())
}
