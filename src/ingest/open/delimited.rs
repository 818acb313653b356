//! Delimited text: CSV as PowerShell, Excel and portals write it, filled straight into grids.

use std::borrow::Cow;

use csv::StringRecord;

use super::open_quote::{OpenQuotes, Swallowed};
use super::other_sign::{self, Line};
use super::records::{DELIMITERS, open};
use super::screen;
use crate::ingest::limits::{Budget, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::secrets::without_secrets;
use crate::ingest::source::{Reading, Source};
use crate::ingest::table::{Grid, Value};
use crate::model::{Arg, Gravity, Identity, say};

/// How many records decide the delimiter, and how much text they are looked for in.
const LOOK_RECORDS: usize = 12;
const LOOK_BYTES: usize = 64 << 10;
/// Where PowerShell names the type of the objects that follow.
const TYPE_LINE: &str = "#TYPE ";

/// Reads delimited text.
pub(super) fn read(source: &Source, text: &str, limits: &Budget) -> Result<Reading, Refusal> {
    let text = text.trim_end_matches('\u{1A}');
    screen::check_layout(head(text))?;
    // Files joined by a shell carry the mark of each further file in their middle.
    let text = if text.contains('\u{FEFF}') { Cow::Owned(text.replace('\u{FEFF}', "")) } else { Cow::Borrowed(text) };
    let preamble = Preamble::of(&text);
    let body = &text[preamble.bytes..];
    let (delimiter, heading) = sniff(body, preamble.delimiter);
    let mut filling = Filling {
        grids: vec![typed(preamble.type_name)],
        limits,
        heading,
        width: None,
        ragged: Ragged::default(),
        cells: 0,
        open_quotes: OpenQuotes::default(),
        appended: None,
        other_signs: None,
        lost: None,
        may_have_lost: text.is_ascii() && text.contains('?'),
    };
    let mut lines = Lines::new(body, preamble.lines);
    let mut reader = open(body, Some(delimiter));
    let mut record = StringRecord::new();
    loop {
        let before = usize::try_from(reader.position().byte()).expect("offsets in memory fit");
        if !reader.read_record(&mut record).map_err(|error| Refusal::damaged_as(&error.to_string()))? {
            break;
        }
        let line = lines.number_at(before);
        let after = usize::try_from(reader.position().byte()).expect("offsets in memory fit");
        match lines.swallowed(after, &record, delimiter, filling.width) {
            Swallowed::Nothing => {
                let (raw, rest) = (&body[lines.at..after], &body[after..]);
                filling.take(&record, line, raw, rest, delimiter)?;
            }
            Swallowed::Rows(rows) => {
                filling.open_quotes.took_rows(line, count(rows.len()));
                for (line, row) in rows {
                    filling.push(&row, line)?;
                }
            }
            Swallowed::Text => {
                filling.open_quotes.became_a_cell(line);
                filling.push(&record, line)?;
            }
        }
    }
    filling.grids.iter_mut().for_each(|grid| grid.delimiter = grid.delimiter.or(Some(char::from(delimiter))));
    finish(source, filling)
}

fn finish(source: &Source, filling: Filling<'_>) -> Result<Reading, Refusal> {
    let mut reading = Reading::default();
    for grid in &filling.grids {
        check_headings(grid)?;
    }
    let mut note = |gravity, text| reading.notes.push(source.note(gravity, "", text));
    if let Some((line, cells, width)) = filling.ragged.first {
        let many = filling.ragged.rows;
        note(
            Gravity::Broken,
            say!(
                "{file}: {many} {many:row has|rows have} more or fewer cells than the heading's {width}; the first is line {line} with {cells}. They were read as they stand; check that no value holds an unquoted delimiter.",
                file = source.named(),
                many,
                width,
                line = Arg::at(line),
                cells
            ),
        );
    }
    if let Some((line, lines)) = filling.other_signs {
        note(
            Gravity::Doubt,
            say!(
                "{file}: the cells of {lines} {lines:line|lines} are parted by another sign than those of the heading, first at line {line}; they were read so. Check them.",
                file = source.named(),
                lines,
                line = Arg::at(line)
            ),
        );
    }
    for text in filling.open_quotes.told(&source.named()) {
        note(Gravity::Broken, text);
    }
    if let Some((line, text)) = filling.lost {
        note(
            Gravity::Remark,
            say!(
                "{file}: `{text}` at line {line} looks as if letters were lost (Export-Csv writes ASCII unless told otherwise). Export again with -Encoding UTF8 to see names as they are.",
                file = source.named(),
                text = Arg::named(Identity::Free, without_secrets(&text).as_deref().unwrap_or(&text)),
                line = Arg::at(line)
            ),
        );
    }
    reading.grids = filling.grids;
    Ok(reading)
}

fn typed(type_name: Option<String>) -> Grid {
    let mut grid = Grid::default();
    grid.type_name = type_name;
    grid
}

fn check_headings(grid: &Grid) -> Result<(), Refusal> {
    if grid.row_count() == 0 {
        return Err(if grid.type_name.is_some() { Refusal::TypeLineOnly } else { Refusal::Empty });
    }
    let headings: Vec<&str> = grid
        .row(0)
        .cells()
        .filter_map(|(_, value)| match value {
            Value::Text(text) | Value::Error(text) => Some(&**text),
            Value::Number(_) | Value::Bool(_) | Value::Date(_) => None,
        })
        .collect();
    screen::check_headings(&headings, grid.type_name.as_deref(), grid.row_count() - 1)
}

/// What stands above the heading for programs to read.
#[derive(Default)]
struct Preamble {
    bytes: usize,
    lines: u32,
    type_name: Option<String>,
    delimiter: Option<u8>,
}

impl Preamble {
    fn of(text: &str) -> Self {
        let mut preamble = Self::default();
        loop {
            let rest = &text[preamble.bytes..];
            let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
            let line = rest[..end].trim_matches(['"', ' ']);
            if let Some(type_name) = type_name(line) {
                preamble.type_name.get_or_insert(type_name);
            } else if let Some(&[delimiter]) = line.as_bytes().get(4..).filter(|_| is_sep(line)) {
                preamble.delimiter = Some(delimiter);
            } else {
                return preamble;
            }
            let is_crlf = rest[end..].starts_with("\r\n");
            preamble.bytes += end + if is_crlf { 2 } else { usize::from(end < rest.len()) };
            preamble.lines += 1;
        }
    }
}

fn is_sep(line: &str) -> bool {
    line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="))
}

/// The type a `#TYPE` line names, without the delimiters that a spreadsheet adds to it.
fn type_name(line: &str) -> Option<String> {
    let name = line.strip_prefix(TYPE_LINE)?;
    Some(name.trim_end_matches([',', ';', '\t', '|', '"', ' ']).trim().to_owned())
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(LOOK_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The delimiter and the index of the heading: the first record that the one after it agrees with in width.
fn sniff(text: &str, known: Option<u8>) -> (u8, usize) {
    let candidates = known.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    let widths: Vec<(u8, Vec<usize>)> = candidates
        .into_iter()
        .map(|delimiter| {
            let mut reader = open(head(text), Some(delimiter));
            let records = reader.records().take(LOOK_RECORDS).map_while(Result::ok);
            (delimiter, records.map(|record| record.len()).collect())
        })
        .collect();
    for index in 0..LOOK_RECORDS {
        let mut best = None;
        for (delimiter, widths) in &widths {
            let Some(&width) = widths.get(index).filter(|&&width| width > 1) else { continue };
            if widths.get(index + 1) == Some(&width) && best.is_none_or(|(_, widest)| width > widest) {
                best = Some((*delimiter, width));
            }
        }
        if let Some((delimiter, _)) = best {
            return (delimiter, index);
        }
    }
    let mut best = (known.unwrap_or(b','), 1);
    for (delimiter, widths) in &widths {
        let width = widths.first().copied().unwrap_or(0);
        if width > best.1 {
            best = (*delimiter, width);
        }
    }
    (best.0, 0)
}

/// Counts physical lines, which quoted values may span, by the line ends the file uses.
struct Lines<'a> {
    text: &'a str,
    end: char,
    at: usize,
    number: u32,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, before: u32) -> Self {
        let end = if text.contains('\n') { '\n' } else { '\r' };
        Self { text, end, at: 0, number: before + 1 }
    }

    /// The line on which the record begins that is read from an offset, blank lines before it skipped.
    fn number_at(&mut self, offset: usize) -> u32 {
        let start = self.text.len() - self.text[offset..].trim_start_matches(['\r', '\n']).len();
        let ends = self.text[self.at..start].matches(self.end).count();
        self.at = start;
        self.number = self.number.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.number
    }

    /// What the record that ends at an offset swallowed because a quote in it is closed too late, or never.
    fn swallowed(&self, end: usize, record: &StringRecord, delimiter: u8, width: Option<usize>) -> Swallowed {
        let raw = self.text[self.at..end].trim_end_matches(['\r', '\n']);
        if !raw.contains(self.end) {
            return Swallowed::Nothing;
        }
        let is_open = end == self.text.len() && raw.matches('"').count() % 2 == 1;
        let lines = (self.number..).zip(raw.split(self.end));
        Swallowed::by(raw, lines, is_open, record, delimiter, width.unwrap_or(record.len()))
    }
}

#[derive(Default)]
struct Ragged {
    rows: u64,
    /// Line, cells and expected cells of the first.
    first: Option<(u32, usize, usize)>,
}

struct Filling<'l> {
    grids: Vec<Grid>,
    limits: &'l Budget,
    /// Records that stand above the heading, still to come.
    heading: usize,
    width: Option<usize>,
    ragged: Ragged,
    /// Cells that hold something, in all tables so far.
    cells: u64,
    open_quotes: OpenQuotes,
    /// The sign that parts the cells of the table being filled, where it was appended to one with another, and how many
    /// cells that one's rows have.
    appended: Option<(u8, Option<usize>)>,
    /// The first line whose cells another sign parts, and how many there are.
    other_signs: Option<(u32, u64)>,
    lost: Option<(u32, String)>,
    may_have_lost: bool,
}

impl Filling<'_> {
    /// Takes a record as it was read, or as the sign parts it that its line was written with.
    fn take(&mut self, record: &StringRecord, line: u32, raw: &str, rest: &str, delimiter: u8) -> Result<(), Refusal> {
        if let Some((sign, before)) = self.appended {
            match other_sign::of_table(raw, sign, self.width) {
                Some(cells) => return self.push(&cells, line),
                // The table before goes on.
                None if before == Some(record.len()) => {
                    self.appended = None;
                    let last = self.grids.len() - 1;
                    self.grids.swap(last - 1, last);
                    self.width = before;
                }
                None => {}
            }
        }
        let width = self.width.filter(|_| record.len() == 1 && self.heading == 0 && self.appended.is_none());
        let next = || rest.lines().find(|line| !line.trim().is_empty());
        match width.and_then(|width| other_sign::parted(raw, next(), delimiter, width)) {
            None => self.push(record, line),
            Some(Line::Row(cells)) => {
                self.other_signs.get_or_insert((line, 0)).1 += 1;
                self.push(&cells, line)
            }
            Some(Line::Heading(sign, cells)) => {
                self.appended = Some((sign, self.width.take()));
                let mut grid = typed(None);
                grid.delimiter = Some(char::from(sign));
                self.grids.push(grid);
                within(count(self.grids.len()), self.limits.sheets, "tables in one file")?;
                self.push(&cells, line)
            }
        }
    }

    fn push(&mut self, record: &StringRecord, line: u32) -> Result<(), Refusal> {
        if let Some(type_name) = record.get(0).and_then(type_name)
            && record.iter().skip(1).all(str::is_empty)
        {
            return self.change_type(type_name);
        }
        self.measure(record, line);
        let grid = self.grids.last_mut().expect("there is always a grid being filled");
        within(count(grid.row_count()) + 1, self.limits.rows, "rows")?;
        within(count(record.len()), self.limits.columns, "columns")?;
        let filled = count(record.iter().filter(|cell| !cell.is_empty()).count());
        self.cells += filled;
        within(self.cells, self.limits.sheet_cells.min(self.limits.file_cells), "cells in one file")?;
        let text = grid.text_bytes();
        grid.begin_row(line);
        for (column, cell) in (0_u16..).zip(record) {
            if count(cell.len()) > self.limits.text_bytes {
                return Err(Refusal::LongCell { limit: self.limits.text_bytes, line });
            }
            if self.may_have_lost && self.lost.is_none() && looks_lossy(cell) {
                self.lost = Some((line, cell.to_owned()));
            }
            grid.push_text(column, cell);
        }
        self.limits.spend(filled, grid.text_bytes() - text)
    }

    /// Objects of another type have other columns: they begin a table of their own.
    fn change_type(&mut self, type_name: String) -> Result<(), Refusal> {
        let grid = self.grids.last_mut().expect("there is always a grid being filled");
        if grid.row_count() == 0 {
            grid.type_name.get_or_insert(type_name);
        } else if grid.type_name.as_ref() != Some(&type_name) {
            self.grids.push(typed(Some(type_name)));
            self.heading = 0;
            self.width = None;
            within(count(self.grids.len()), self.limits.sheets, "tables in one file")?;
        }
        Ok(())
    }

    fn measure(&mut self, record: &StringRecord, line: u32) {
        match self.width {
            _ if self.heading > 0 => self.heading -= 1,
            None => self.width = Some(record.len()),
            Some(width) if record.len() != width => {
                self.ragged.rows += 1;
                self.ragged.first.get_or_insert((line, record.len(), width));
            }
            Some(_) => {}
        }
    }
}

/// A question mark inside a short name, where a letter would be.
fn looks_lossy(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_name = text.len() < 80 && !text.contains("://") && !text.contains('=') && !text.contains('&');
    is_name
        && bytes.windows(2).enumerate().any(|(at, pair)| {
            let follows = at == 0 || bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b' ' | b'-');
            pair[0] == b'?' && pair[1].is_ascii_alphabetic() && follows
        })
}
