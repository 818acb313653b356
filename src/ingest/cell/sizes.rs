//! Cells that hold the sizes of several disks: "60;100", "C: 60GB, D: 200GB", "100+200", "2 x 500 GB".

use super::culture::Culture;
use super::{Unread, said, size, split_unit, trim};
use crate::ingest::columns::Unit;
use crate::ingest::table::Value;
use crate::model::{Bytes, Name};

/// More disks than a machine can have are no list of disks.
const MOST: usize = 260;

/// The sizes in a cell, one for each disk; a unit that stands once, behind the last, is that of all.
///
/// # Errors
/// As [`size`], for the first part that cannot be read.
pub fn sizes(value: Value<'_>, unit: Unit, culture: &Culture) -> Result<Vec<Bytes>, Unread> {
    let Value::Text(text) = value else { return Ok(vec![size(value, unit, culture)?]) };
    let parts = parts(said(text)?, *culture);
    let [_, _, ..] = &parts[..] else {
        let (times, bare) = multiple(unlabelled(parts.first().copied().unwrap_or_default()));
        let one = size(Value::Text(&Name::from(bare)), unit, culture)?;
        return Ok(vec![one; times]);
    };
    let last = match parts.last().and_then(|part| split_unit(part).1) {
        None => unit,
        Some(last) if last == unit || unit.bytes().is_none() => last,
        // The column says one unit and the cell another: which of them the other parts are in is anyone's guess.
        Some(_) if parts.iter().any(|part| split_unit(part).1.is_none()) => return Err(Unread::Unreadable),
        Some(last) => last,
    };
    let mut sizes = Vec::new();
    for part in parts {
        let (times, bare) = multiple(unlabelled(part));
        let one = size(Value::Text(&Name::from(bare)), last, culture)?;
        sizes.extend(std::iter::repeat_n(one, times));
        if sizes.len() > MOST {
            return Err(Unread::Unreadable);
        }
    }
    Ok(sizes)
}

/// The parts of a list of sizes; a single size is one part.
fn parts(text: &str, culture: Culture) -> Vec<&str> {
    let strong = |ch: char| matches!(ch, ';' | '+' | '|' | '\n' | '\r' | '/' | '&');
    let marked: Vec<&str> = if text.contains(strong) {
        text.split(strong).collect()
    } else if culture == Culture::Parted || text.split(',').all(stands_alone) {
        text.split(',').collect()
    } else {
        text.split(", ").collect()
    };
    marked.into_iter().map(trim).filter(|part| !part.is_empty()).collect()
}

/// Whether a part between commas bears a unit or a label of its own, so that the comma parts sizes.
fn stands_alone(part: &str) -> bool {
    let part = trim(part);
    part.contains([':', '=']) || (split_unit(part).1.is_some() && part.starts_with(|ch: char| ch.is_ascii_digit()))
}

/// A part without the disk's label: "C: 60GB", "Disk 1 = 100", "D:\ 200 GB".
fn unlabelled(part: &str) -> &str {
    let rest = part.rsplit_once([':', '=']).map_or(part, |(_, rest)| rest);
    trim(rest.trim_start().trim_start_matches('\\'))
}

/// How many disks of one size a part stands for: "2 x 500 GB", "2*500".
fn multiple(part: &str) -> (usize, &str) {
    let Some((times, rest)) = part.split_once(['x', 'X', '*', '×']) else { return (1, part) };
    match times.trim().parse() {
        Ok(times @ 1..=MOST) => (times, trim(rest)),
        Ok(_) | Err(_) => (1, part),
    }
}
