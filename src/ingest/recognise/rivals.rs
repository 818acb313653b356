//! Columns that could be one size: what a disk may grow to is never smaller than what its file takes.

use super::bag::{SizeWord, size_word};
use super::chosen::{Chosen, Lost};
use super::claims::Source;
use super::fit::Sample;
use super::identify::Candidate;
use crate::ingest::cell;
use crate::ingest::cell::culture::Culture;
use crate::ingest::columns::{RowKind, Unit};
use crate::ingest::table::Value;
use crate::model::Field;

/// Settles which columns of sizes are of used space, and which of several is the size of the disk.
pub(super) fn settle(
    columns: &mut Vec<Chosen>,
    lost: &mut Vec<Lost>,
    rows: RowKind,
    candidate: &Candidate,
    sample: &Sample<'_>,
) {
    let word = |one: &Chosen| size_word(candidate.text(one.column));
    // A heading that says used or free names no size of the disk, whatever else is in it.
    columns.retain_mut(|one| match (one.claim.field, word(one)) {
        (Field::DiskSize, Some(SizeWord::Used)) if is_general(one) => {
            one.claim.field = Field::DiskUsed;
            true
        }
        (Field::DiskTotal | Field::DiskProvisioned | Field::OsDiskSize, Some(SizeWord::Used))
        | (_, Some(SizeWord::Free))
            if is_size(one) =>
        {
            if is_general(one) {
                let why = "its heading says that it is of used or free space".into();
                lost.push(Lost { column: one.column, field: one.claim.field, why });
            }
            !is_general(one)
        }
        _ => true,
    });
    if rows == RowKind::MachineDisk && has_row_per_disk(columns, sample) {
        let is_total = |one: &&mut Chosen| one.claim.field == Field::DiskProvisioned && is_general(one);
        if let Some(total) = columns.iter_mut().find(is_total) {
            total.claim.field = Field::DiskSize;
        }
    }
    for field in [Field::DiskSize, Field::DiskTotal] {
        let rivals: Vec<usize> = (0..columns.len())
            .filter(|&at| {
                columns[at].claim.field == field && columns[at].claim.number.is_none() && is_general(&columns[at])
            })
            .collect();
        let [first, second] = rivals[..] else { continue };
        let provisioned = |at: usize| word(&columns[at]) == Some(SizeWord::Provisioned);
        let by_words = match (provisioned(first), provisioned(second)) {
            (true, false) => Some(first),
            (false, true) => Some(second),
            (true, true) | (false, false) => None,
        };
        let by_values = never_smaller(&sample.pairs(columns[first].column, columns[second].column))
            .map(|is_first| if is_first { first } else { second });
        let Some(size) = by_words.or(by_values) else { continue };
        let used = if size == first { second } else { first };
        columns[size].claim.rank = 0;
        columns[size].claim.source = Source::Plain;
        if field == Field::DiskSize {
            columns[used].claim.field = Field::DiskUsed;
        } else {
            columns[used].claim.rank = usize::MAX;
        }
    }
}

/// Whether each row is of one disk, so that what is provisioned there is that disk's and no total.
fn has_row_per_disk(columns: &[Chosen], sample: &Sample<'_>) -> bool {
    const OF_DISK: &[Field] =
        &[Field::DiskName, Field::DiskPath, Field::DiskFormat, Field::DiskType, Field::DiskController, Field::DiskLun];
    let has_size = columns.iter().any(|one| one.claim.field == Field::DiskSize);
    let Some(name) = columns.iter().find(|one| one.claim.field == Field::VmName) else { return false };
    let mut disks = columns.iter().filter(|one| OF_DISK.contains(&one.claim.field) && one.fit.read > 0);
    // A number in a column "Disk" may be a size; below a name that comes again it is a disk's.
    let is_of_disk = |one: &Chosen| {
        let is_word = |value: &Value<'_>| matches!(value, Value::Text(text) if text.chars().any(char::is_alphabetic));
        sample.cells(one.column).iter().all(is_word)
    };
    let comes_again = || {
        let cells = sample.cells(name.column);
        cells.iter().enumerate().any(|(at, value)| cells[..at].contains(value))
    };
    !has_size && disks.any(|disk| is_of_disk(disk) || comes_again() || sample.has_without(disk.column, name.column))
}

fn is_general(one: &Chosen) -> bool {
    one.claim.source > Source::Own
}

const fn is_size(one: &Chosen) -> bool {
    matches!(one.claim.field, Field::DiskTotal | Field::DiskProvisioned | Field::OsDiskSize | Field::DiskSize)
}

/// Whether the first of two columns is never smaller than the other and somewhere larger; `None` when neither is so.
fn never_smaller(pairs: &[(Value<'_>, Value<'_>)]) -> Option<bool> {
    let number = |value: &Value<'_>| cell::size(*value, Unit::MiB, &Culture::Point).ok().map(|size| size.0);
    let pairs: Vec<(u64, u64)> = pairs.iter().filter_map(|(one, other)| Some((number(one)?, number(other)?))).collect();
    let larger = pairs.iter().any(|(one, other)| one > other);
    let smaller = pairs.iter().any(|(one, other)| one < other);
    match (larger, smaller) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        (true, true) | (false, false) => None,
    }
}
