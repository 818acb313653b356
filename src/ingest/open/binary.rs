//! The records of an `.xlsb` workbook's parts: none is longer than a cell may be, and what they name is not spelled out into
//! more than the limits let in.

use std::io::{self, BufRead, Read};

use super::markup::{Contents, Fault};
use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;

const SHARED_TEXT: u32 = 0x13;
const DEFINED_NAME: u32 = 0x27;
const SHEET: u32 = 0x9C;
const OTHER_SHEETS: u32 = 0x16A;

/// What a record holds beside a text.
const FRAME: u64 = 64 << 10;
/// The fewest bytes of a formula that stand for the name of a sheet or a range.
const NAMED_BY: u64 = 4;
/// How many bytes a sheet takes up in the list of those that formulas name.
const LISTED_BY: u64 = 12;
/// How much longer a formula is when it is spelled out, the names in it aside: a function takes three bytes.
const SPELLED: u64 = 8;
/// How many bytes may be moved about to spell the formulas of names out: a mark in front of one moves all of it.
const MOVES: u64 = 1 << 32;

/// Walks the records of a part to its end, and tells how many shared texts it has.
///
/// # Errors
/// When a record says that it is longer than any that holds one cell, which the library would make room for unseen.
pub(super) fn check(mut part: impl BufRead, limits: &Limits) -> Result<Contents, Fault> {
    let longest = limits.text_bytes.saturating_mul(2).saturating_add(FRAME);
    let mut contents = Contents::default();
    let broken = |error: io::Error| format!("cannot be unpacked ({error})");
    while let Some((kind, length)) = head(&mut part).map_err(broken)? {
        if length > longest {
            return Err(format!("has a record of {length} bytes, more than any cell may have"));
        }
        contents.counted += u64::from(kind == SHARED_TEXT);
        // Where a part ends too early, the library that reads it says so.
        io::copy(&mut part.by_ref().take(length), &mut io::sink()).map_err(broken)?;
    }
    Ok(contents)
}

/// The kind and the length of the record that begins here; nothing at the end.
fn head(part: &mut impl BufRead) -> io::Result<Option<(u32, u64)>> {
    let Some(first) = byte(part)? else { return Ok(None) };
    let mut kind = u32::from(first & 0x7F);
    if first & 0x80 != 0 {
        let Some(second) = byte(part)? else { return Ok(None) };
        kind |= u32::from(second & 0x7F) << 7;
    }
    let mut length = 0;
    for at in 0..4 {
        let Some(byte) = byte(part)? else { return Ok(None) };
        length |= u64::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Ok(Some((kind, length)))
}

fn byte(part: &mut impl BufRead) -> io::Result<Option<u8>> {
    let byte = part.fill_buf()?.first().copied();
    part.consume(usize::from(byte.is_some()));
    Ok(byte)
}

/// Makes sure that what the workbook's own part names can be spelled out: the library writes the name of a sheet or of a range
/// for every few bytes of a formula.
///
/// # Errors
/// When that would be more text than an old workbook may hold.
pub(super) fn check_names<'a>(
    records: impl Iterator<Item = (u32, &'a [u8])> + Clone,
    limits: &Limits,
) -> Result<(), Refusal> {
    let length = |data: &[u8]| count(data.len());
    let with_names = records.clone().filter(|(kind, _)| matches!(*kind, DEFINED_NAME | SHEET));
    let longest = with_names.map(|(_, data)| length(data)).max().unwrap_or(0);
    let (mut text, mut moves) = (0_u64, 0_u64);
    for (kind, data) in records {
        match kind {
            DEFINED_NAME => {
                let names = count(data.iter().filter(|byte| is_name(**byte)).count());
                let names = names.min(length(data) / NAMED_BY);
                let spelled = length(data).saturating_mul(SPELLED).saturating_add(names.saturating_mul(longest));
                text = text.saturating_add(spelled);
                moves = moves.saturating_add(spelled.saturating_mul(length(data)));
            }
            OTHER_SHEETS => text = text.saturating_add((length(data) / LISTED_BY).saturating_mul(longest)),
            _ => {}
        }
    }
    within(text, limits.file_text, "bytes of text, repetitions included, in the names of its ranges")?;
    if moves > MOVES {
        return Err(Refusal::damaged("the formulas of its names are longer than a program writes them"));
    }
    Ok(())
}

/// Whether a byte of a formula may stand for a name: of a range, or of a sheet before a cell or a range of it.
const fn is_name(byte: u8) -> bool {
    matches!(byte & 0x1F, 0x03 | 0x1A..=0x1D) && byte & 0x60 != 0
}
