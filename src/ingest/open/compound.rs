//! OLE2 compound files: what is inside, and that an `.xls` workbook's records are safe to unpack.

use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;

/// The signature every compound file begins with.
pub(super) const SIGNATURE: [u8; 8] = *b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const MINI_SECTOR: usize = 64;
/// Streams smaller than this live in the mini stream.
const MINI_STREAM: u64 = 4096;

/// Succeeds for an unprotected `.xls` workbook that can be unpacked within the limits; else says what the file is.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let compound = Compound::parse(bytes).ok_or_else(broken)?;
    let has = |name: &str| compound.entries.iter().any(|entry| entry.name.contains(name));
    if has("DRMEncrypted") {
        return Err(Refusal::SensitivityLabel);
    }
    if has("EncryptedPackage") {
        return Err(Refusal::Password);
    }
    if has("WordDocument") {
        return Err(Refusal::NotInventory { what: "a Word document" });
    }
    if has("PowerPoint Document") {
        return Err(Refusal::NotInventory { what: "a PowerPoint presentation" });
    }
    let workbook = ["Workbook", "Book"].iter().find_map(|name| compound.entry(name));
    let workbook = workbook.ok_or(Refusal::NotInventory { what: "a compound file without a workbook" })?;
    let stream = compound.stream(workbook).ok_or_else(broken)?;
    check_records(&stream, limits)
}

fn broken() -> Refusal {
    Refusal::damaged("its table of sectors is cut off or runs in circles")
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    entries: Vec<Entry>,
    mini: Vec<u8>,
    mini_next: Vec<u32>,
}

struct Entry {
    name: String,
    start: u32,
    bytes: u64,
}

impl<'a> Compound<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let sector = match word(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut compound =
            Self { bytes, sector, next: Vec::new(), entries: Vec::new(), mini: Vec::new(), mini_next: Vec::new() };
        compound.next = compound.allocation_table()?;
        let directory = compound.chain(long(bytes, 48)?, u64::MAX)?;
        compound.entries = directory.chunks_exact(128).filter_map(|entry| Entry::parse(entry, sector)).collect();
        let root = compound.entries.first()?;
        let (mini_start, mini_bytes) = (root.start, root.bytes);
        let mini_sectors = u64::from(long(bytes, 64)?);
        if mini_sectors > 0 {
            compound.mini = compound.chain(mini_start, mini_bytes)?;
            let table = compound.chain(long(bytes, 60)?, mini_sectors * count(sector))?;
            compound.mini_next = longs(&table).collect();
        }
        Some(compound)
    }

    fn allocation_table(&self) -> Option<Vec<u32>> {
        let mut sectors: Vec<u32> = longs(self.bytes.get(76..512)?).collect();
        let mut further = long(self.bytes, 68)?;
        let mut steps = 0;
        while further < LAST_SECTOR {
            steps += 1;
            if steps > self.bytes.len() / self.sector {
                return None;
            }
            sectors.extend(longs(self.sector(further)?));
            further = sectors.pop()?;
        }
        let mut next = Vec::new();
        for id in sectors.into_iter().filter(|&id| id < LAST_SECTOR) {
            next.extend(longs(self.sector(id)?));
            if next.len() > self.bytes.len() {
                return None;
            }
        }
        Some(next)
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(id).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let end = self.bytes.len().min(start.checked_add(self.sector)?);
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// The bytes of a chain of sectors, up to a length; nothing if it leaves the file or never ends.
    fn chain(&self, start: u32, bytes: u64) -> Option<Vec<u8>> {
        if bytes != u64::MAX && bytes > count(self.bytes.len()).next_multiple_of(count(self.sector)) {
            return None;
        }
        let mut content = Vec::new();
        let mut id = start;
        while id != END_OF_CHAIN && count(content.len()) < bytes {
            if content.len() > self.bytes.len() {
                return None;
            }
            content.extend_from_slice(self.sector(id)?);
            id = *self.next.get(usize::try_from(id).ok()?)?;
        }
        content.truncate(usize::try_from(bytes).unwrap_or(usize::MAX));
        Some(content)
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn stream(&self, entry: &Entry) -> Option<Vec<u8>> {
        if entry.bytes >= MINI_STREAM {
            return self.chain(entry.start, entry.bytes);
        }
        let mut content = Vec::new();
        let mut id = entry.start;
        while id != END_OF_CHAIN && count(content.len()) < entry.bytes {
            let index = usize::try_from(id).ok()?;
            let start = index.checked_mul(MINI_SECTOR)?;
            let end = self.mini.len().min(start.checked_add(MINI_SECTOR)?);
            content.extend_from_slice(self.mini.get(start..end).filter(|sector| !sector.is_empty())?);
            id = *self.mini_next.get(index)?;
        }
        content.truncate(usize::try_from(entry.bytes).unwrap_or(usize::MAX));
        Some(content)
    }
}

impl Entry {
    fn parse(entry: &[u8], sector: usize) -> Option<Self> {
        let units = entry[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let name = char::decode_utf16(units.take_while(|&unit| unit != 0)).map_while(Result::ok).collect();
        let low = u64::from(long(entry, 120)?);
        // The upper half of the length is undefined where sectors are small.
        let high = if sector == 512 { 0 } else { u64::from(long(entry, 124)?) };
        Some(Self { name, start: long(entry, 116)?, bytes: high << 32 | low })
    }
}

/// Walks the records of the workbook stream: the rectangles that its sheets unpack into must fit the limit.
fn check_records(stream: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let mut sheets = Vec::new();
    for record in (Records { stream }) {
        match record.kind {
            0x002F if word(record.data, 0) != Some(0) => return Err(Refusal::Password),
            0x0085 => sheets.extend(long(record.data, 0).and_then(|start| usize::try_from(start).ok())),
            0x000A => break,
            _ => {}
        }
    }
    within(count(sheets.len()), limits.sheets, "sheets")?;
    let (mut dense, mut walked) = (0_u64, 0_usize);
    for start in sheets {
        let Some(sheet) = stream.get(start..) else {
            return Err(Refusal::damaged("a sheet begins after the end of the workbook"));
        };
        let extent = Extent::of(sheet)?;
        // Sheets that lie inside each other would be walked again and again.
        walked = walked.saturating_add(extent.bytes);
        if walked > stream.len() {
            return Err(Refusal::damaged("its sheets lie inside each other"));
        }
        dense = dense.saturating_add(extent.cells);
        within(dense, limits.dense_cells, "cells, blank ones included, in the rectangles of its sheets")?;
    }
    Ok(())
}

/// How much a sheet takes up: in the file, and unpacked into a rectangle.
struct Extent {
    bytes: usize,
    cells: u64,
}

impl Extent {
    fn of(sheet: &[u8]) -> Result<Self, Refusal> {
        let mut declared = 0;
        let (mut top, mut left, mut bottom, mut right) = (u64::MAX, u64::MAX, 0, 0);
        let mut depth = 0_u32;
        let mut records = Records { stream: sheet };
        for record in records.by_ref() {
            match record.kind {
                0x0809 => depth += 1,
                0x000A if depth <= 1 => break,
                0x000A => depth -= 1,
                0x0200 if depth <= 1 => declared = declared.max(declared_cells(record.data)?),
                0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x0207 | 0x027E if depth <= 1 => {
                    let Some((row, column)) = word(record.data, 0).zip(word(record.data, 2)) else { continue };
                    let last = match record.kind {
                        0x00BD => {
                            record.data.len().checked_sub(2).and_then(|at| word(record.data, at)).unwrap_or(column)
                        }
                        _ => column,
                    };
                    top = top.min(row);
                    bottom = bottom.max(row);
                    left = left.min(column);
                    right = right.max(column).max(last);
                }
                _ => {}
            }
        }
        let used = if top == u64::MAX { 0 } else { (bottom - top + 1) * (right.saturating_sub(left) + 1) };
        Ok(Self { bytes: sheet.len() - records.stream.len(), cells: used.max(declared) })
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
}

struct Records<'a> {
    stream: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = word(self.stream, 0)?;
        let length = usize::try_from(word(self.stream, 2)?).ok()?;
        let data = self.stream.get(4..4 + length)?;
        self.stream = &self.stream[4 + length..];
        Some(Record { kind, data })
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

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
