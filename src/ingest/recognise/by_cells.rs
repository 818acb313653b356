//! Columns whose heading says nothing that is known, and whose cells can be but one thing.

use super::chosen::{Chosen, Lost};
use super::claims::{Claim, Source, plain};
use super::fit::{Fit, Sample};
use super::generic::reads;
use super::identify::Candidate;
use crate::ingest::cell;
use crate::ingest::columns::{RowKind, Unit};
use crate::ingest::table::Value;
use crate::model::Field;

/// Takes columns without a use for what all of their cells are: bitness, or files of disks.
pub(super) fn take(
    taken: &mut Vec<Chosen>,
    lost: &mut Vec<Lost>,
    rows: RowKind,
    candidate: &Candidate,
    sample: &Sample<'_>,
) {
    if !matches!(rows, RowKind::Machine | RowKind::MachineDisk | RowKind::MachineNic) {
        return;
    }
    for (field, is_such) in [(Field::Architecture, is_bitness as fn(Value<'_>) -> bool), (Field::DiskPath, is_file)] {
        let is_given = taken.iter().any(|one| one.claim.field == field && one.fit.read > 0);
        if is_given || !reads(rows, field) {
            continue;
        }
        let is_free = |column: u16| taken.iter().all(|one| one.column != column);
        let are_such = |column: u16| {
            let cells = sample.cells(column);
            !cells.is_empty() && cells.iter().all(|value| is_such(*value))
        };
        let mut columns = candidate.headings.iter().map(|(column, _)| *column);
        if let Some(column) = columns.find(|column| is_free(*column) && are_such(*column)) {
            let claim = Claim { source: Source::Words, ..plain(field) };
            let fit = Fit::of(sample.cells(column), field, Unit::None);
            lost.retain(|one| one.column != column);
            taken.push(Chosen { column, claim, fit, is_blank: false, has_noughts: false, times: None });
        }
    }
}

/// Whether a cell is a word for bitness and no bare number: "32-bit", "i386", "x64".
fn is_bitness(value: Value<'_>) -> bool {
    let is_word = matches!(value, Value::Text(text) if text.chars().any(char::is_alphabetic));
    is_word && cell::architecture(value).is_ok()
}

fn is_file(value: Value<'_>) -> bool {
    matches!(value, Value::Text(text) if cell::is_disk_file(text))
}
