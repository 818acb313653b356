//! OLE2 compound files: what is inside, and that an `.xls` workbook is safe to unpack.

use super::old_records;
use crate::ingest::limits::{Limits, count};
use crate::ingest::refusal::Refusal;

/// The signature every compound file begins with.
pub(super) const SIGNATURE: [u8; 8] = *b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const MINI_SECTOR: usize = 64;
/// Streams smaller than this live in the mini stream.
const MINI_STREAM: u64 = 4096;

/// Succeeds for an unprotected `.xls` workbook that can be unpacked within the limits; else says what the file is. Returns the
/// file as it is safe to unpack, unless that is the file as it is.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>, Refusal> {
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
    let mut stream = compound.stream(workbook).ok_or_else(broken)?;
    let formulas = old_records::check(&stream, limits)?;
    // A stream in small sectors holds too little to be of harm.
    if formulas.is_empty() || workbook.bytes < MINI_STREAM {
        return Ok(None);
    }
    old_records::shorten(&mut stream, &formulas);
    compound.with(workbook, &stream).map(Some).ok_or_else(broken)
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

    /// The file with another content of the same length in the sectors of an entry.
    fn with(&self, entry: &Entry, content: &[u8]) -> Option<Vec<u8>> {
        let mut file = self.bytes.to_vec();
        let mut id = entry.start;
        for piece in content.chunks(self.sector) {
            let start = usize::try_from(id).ok()?.checked_add(1)?.checked_mul(self.sector)?;
            file.get_mut(start..start.checked_add(piece.len())?)?.copy_from_slice(piece);
            id = *self.next.get(usize::try_from(id).ok()?)?;
        }
        Some(file)
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
