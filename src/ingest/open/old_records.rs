//! The records of an `.xls` workbook: what the library would unpack them into is counted before it makes room for it.

use super::texts::{self, Segments};
use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;

const BEGIN: u64 = 0x0809;
const END: u64 = 0x000A;
const CONTINUED: u64 = 0x003C;
const PROTECTED: u64 = 0x002F;
const SHEET: u64 = 0x0085;
const DEFINED_NAME: u64 = 0x0018;
const SHARED_TEXTS: u64 = 0x00FC;
const DIMENSIONS: u64 = 0x0200;
const FORMULA: u64 = 0x0006;
const SHARED_TEXT: u64 = 0x00FD;
const NUMBERS: u64 = 0x00BD;
const LABEL: u64 = 0x0204;
const RICH_LABEL: u64 = 0x00D6;
const TEXT_OF_FORMULA: u64 = 0x0207;
/// A number, a truth or an error, and a number in short.
const VALUES: [u64; 3] = [0x0203, 0x0205, 0x027E];

/// What a defined name may cost: a sheet's longest name is written in front of what it stands for.
const NAME_COST: u64 = 1024;
/// What a formula costs once it is cut short, and one that is too short for that: the library says why it cannot read it.
const FORMULA_COST: u64 = 16;
const BROKEN_FORMULA_COST: u64 = 160;
/// What stands in a formula's record in the place of its value when that is a text, which then follows.
const TEXT_FOLLOWS: [u8; 2] = [0xFF, 0xFF];
/// Where a formula's expression stands in its record, after its length.
const EXPRESSION: usize = 22;
/// What an expression begins with that stands in another cell, as one for many cells does, and how long it is.
const ELSEWHERE: u8 = 0x01;
const ELSEWHERE_LENGTH: u8 = 5;
/// The expression that takes the place of another: a nought.
const NOUGHT: [u8; 3] = [0x1E, 0, 0];

const CELLS: &str = "cells, blank ones included, in the rectangles of its sheets";
const TEXT: &str = "bytes of text, repetitions included, in its sheets";

/// Walks the records of the workbook stream: what its sheets unpack into must fit the limits. Returns where its formulas are.
pub(super) fn check(stream: &[u8], limits: &Limits) -> Result<Vec<usize>, Refusal> {
    let mut sheets = Vec::new();
    let mut asked = Asked { limits, text: 0, shared: Vec::new(), formulas: Vec::new() };
    let mut records = Records { stream, at: 0 };
    while let Some(record) = records.next() {
        match record.kind {
            PROTECTED if word(record.data, 0) != Some(0) => return Err(Refusal::Password),
            SHEET => sheets.extend(long(record.data, 0).and_then(|start| usize::try_from(start).ok())),
            DEFINED_NAME => asked.spend(NAME_COST)?,
            SHARED_TEXTS => asked.shared(Segments::new(record.data, records.continued()))?,
            END => break,
            _ => {}
        }
    }
    within(count(sheets.len()), limits.sheets, "sheets")?;
    let (mut cells, mut walked) = (0_u64, 0_usize);
    for start in sheets {
        if stream.get(start..).is_none() {
            return Err(Refusal::damaged("a sheet begins after the end of the workbook"));
        }
        let mut records = Records { stream, at: start };
        let extent = Extent::of(&mut records, &mut asked)?;
        // Sheets that lie inside each other would be walked again and again.
        walked = walked.saturating_add(records.at - start);
        if walked > stream.len() {
            return Err(Refusal::damaged("its sheets lie inside each other"));
        }
        cells = cells.saturating_add(extent);
        within(cells, limits.dense_cells, CELLS)?;
    }
    Ok(asked.formulas)
}

/// Puts a nought in the place of what each formula says. That is never read, and the library would spell it out, with the name
/// of a sheet or of a range for every few bytes; that there is a formula stays to be seen.
pub(super) fn shorten(stream: &mut [u8], formulas: &[usize]) {
    for &at in formulas {
        let Some(record) = stream.get_mut(at..) else { continue };
        let Some(length) = word(record, EXPRESSION - 2) else { continue };
        let elsewhere = u64::from(ELSEWHERE_LENGTH);
        if length > elsewhere && record.get(EXPRESSION) == Some(&ELSEWHERE) {
            record[EXPRESSION - 2..EXPRESSION].copy_from_slice(&[ELSEWHERE_LENGTH, 0]);
        } else if length >= count(NOUGHT.len()) && record.get(EXPRESSION) != Some(&ELSEWHERE) {
            record[EXPRESSION - 2..EXPRESSION].copy_from_slice(&[3, 0]);
            record[EXPRESSION..EXPRESSION + NOUGHT.len()].copy_from_slice(&NOUGHT);
        }
    }
}

/// What has been asked for so far.
struct Asked<'l> {
    limits: &'l Limits,
    /// Bytes of text, as often as they are kept.
    text: u64,
    /// How long each of the texts is that the sheets share.
    shared: Vec<u32>,
    /// Where the data of each formula's record begins.
    formulas: Vec<usize>,
}

impl Asked<'_> {
    fn spend(&mut self, text: u64) -> Result<(), Refusal> {
        self.text = self.text.saturating_add(text);
        within(self.text, self.limits.file_text, TEXT)
    }

    fn shared(&mut self, segments: Segments<'_>) -> Result<(), Refusal> {
        for length in texts::lengths(segments) {
            let length = length.ok_or_else(|| Refusal::damaged("a text that its sheets share is cut off"))?;
            self.shared.push(length);
            within(count(self.shared.len()), self.limits.texts, "shared texts")?;
            self.spend(u64::from(length))?;
        }
        Ok(())
    }

    /// Counts what is kept of a cell beside its number.
    fn cell(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        match record.kind {
            SHARED_TEXT => {
                let number = long(record.data, 6).and_then(|number| usize::try_from(number).ok());
                let length = number.and_then(|number| self.shared.get(number)).copied().unwrap_or(0);
                self.spend(u64::from(length))
            }
            // The library makes room for as many letters as a text says it has, whether they follow or not.
            LABEL | RICH_LABEL => {
                self.spend(word(record.data, 6).unwrap_or(0).saturating_add(count(record.data.len())))
            }
            TEXT_OF_FORMULA => self.spend(word(record.data, 0).unwrap_or(0).saturating_add(count(record.data.len()))),
            FORMULA => {
                if record.data.get(EXPRESSION..EXPRESSION + NOUGHT.len()).is_none() {
                    return self.spend(BROKEN_FORMULA_COST);
                }
                self.formulas.push(record.at);
                within(count(self.formulas.len()), self.limits.dense_cells, CELLS)?;
                self.spend(FORMULA_COST)
            }
            _ => Ok(()),
        }
    }
}

/// The rectangle of a sheet, and how many cells have been met in it.
#[derive(Default)]
struct Extent {
    corners: Option<[u64; 4]>,
    met: u64,
}

impl Extent {
    /// How many cells a sheet has, unpacked into a rectangle; a cell that stands there twice is kept twice.
    fn of(records: &mut Records<'_>, asked: &mut Asked<'_>) -> Result<u64, Refusal> {
        let (mut declared, mut depth, mut extent) = (0, 0_u32, Self::default());
        while let Some(record) = records.next() {
            match record.kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                DIMENSIONS if depth <= 1 => declared = declared.max(declared_cells(record.data)?),
                kind if depth <= 1 => {
                    let is_placed = VALUES.contains(&kind)
                        || matches!(kind, FORMULA | NUMBERS | RICH_LABEL | SHARED_TEXT | LABEL | TEXT_OF_FORMULA);
                    if !is_placed {
                        continue;
                    }
                    extent.meet(&record);
                    within(extent.met, asked.limits.dense_cells, CELLS)?;
                    asked.cell(&record)?;
                }
                _ => {}
            }
        }
        let used = extent.corners.map_or(0, |[top, left, bottom, right]| (bottom - top + 1) * (right - left + 1));
        Ok(used.max(declared).max(extent.met))
    }

    fn meet(&mut self, record: &Record<'_>) {
        let data = record.data;
        self.met += match record.kind {
            // Each number takes six bytes, between the place of the first and the column of the last.
            NUMBERS => count(data.len().saturating_sub(6) / 6).max(1),
            FORMULA if data.get(6) == Some(&0) && data.get(12..14) == Some(&TEXT_FOLLOWS[..]) => 0,
            _ => 1,
        };
        // The text that a formula gave stands where the formula does.
        let place = if record.kind == TEXT_OF_FORMULA { None } else { word(data, 0).zip(word(data, 2)) };
        let Some((row, column)) = place else { return };
        let last = match record.kind {
            NUMBERS => data.len().checked_sub(2).and_then(|at| word(data, at)).unwrap_or(column),
            _ => column,
        };
        let [top, left, bottom, right] = self.corners.unwrap_or([row, column, row, column]);
        self.corners = Some([top.min(row), left.min(column), bottom.max(row), right.max(column).max(last)]);
    }
}

/// What a sheet says its rectangle is, which the library makes room for.
fn declared_cells(data: &[u8]) -> Result<u64, Refusal> {
    let bounds = match data.len() {
        10 => [word(data, 0), word(data, 2), word(data, 4), word(data, 6)],
        14 | 16 => [long(data, 0).map(u64::from), long(data, 4).map(u64::from), word(data, 8), word(data, 10)],
        _ => return Err(Refusal::damaged("a sheet's size is of the wrong length")),
    };
    let [Some(top), Some(bottom), Some(left), Some(right)] = bounds else {
        return Err(Refusal::damaged("a sheet's size is cut off"));
    };
    let left = if left > 0xFF || right < left { 0 } else { left };
    if bottom == 0 || right == 0 {
        return Ok(1);
    }
    // The last row and column are one past the last that is used.
    match (bottom.checked_sub(top), right.checked_sub(left)) {
        (Some(rows), Some(columns)) => Ok(rows * columns),
        _ => Err(Refusal::damaged("a sheet ends before it begins")),
    }
}

struct Record<'a> {
    kind: u64,
    data: &'a [u8],
    /// Where its data begins.
    at: usize,
}

struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn next(&mut self) -> Option<Record<'a>> {
        let rest = self.stream.get(self.at..)?;
        let kind = word(rest, 0)?;
        let length = usize::try_from(word(rest, 2)?).ok()?;
        let record = Record { kind, data: rest.get(4..4 + length)?, at: self.at + 4 };
        self.at += 4 + length;
        Some(record)
    }

    /// The records that follow as more of the one before.
    fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut more = Vec::new();
        loop {
            let before = self.at;
            match self.next() {
                Some(record) if record.kind == CONTINUED => more.push(record.data),
                _ => {
                    self.at = before;
                    return more;
                }
            }
        }
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u64::from(u16::from_le_bytes(pair.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
