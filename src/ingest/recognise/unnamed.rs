//! Columns of sizes that no heading explains: beside columns of disks each may be one more disk of its machine.

use super::identify::Candidate;
use super::reading::Reading;
use crate::ingest::cell;
use crate::ingest::cell::culture::Culture;
use crate::ingest::columns::{RowKind, Unit};
use crate::ingest::recognise::fit::Sample;
use crate::ingest::table::Grid;
use crate::model::Field;

/// Words of headings of sizes that are of no disk of the machine as it stands.
const OF_NO_DISK: &[&str] = &[
    "memory",
    "ram",
    "mem",
    "minne",
    "arbetsminne",
    "speicher",
    "arbeitsspeicher",
    "mémoire",
    "memoria",
    "memória",
    "hukommelse",
    "used",
    "använt",
    "belegt",
    "utilisé",
    "usado",
    "free",
    "ledigt",
    "frei",
    "libre",
    "livre",
    "ledig",
    "fri",
    "backup",
    "säkerhetskopia",
    "sicherung",
    "sauvegarde",
    "copia",
    "snapshot",
    "snapshots",
    "checkpoint",
    "checkpoints",
    "swap",
    "pagefile",
    "page",
    "cache",
    "bandwidth",
    "network",
    "nic",
    "churn",
    "change",
    "changes",
    "daily",
    "day",
    "month",
    "week",
    "growth",
    "log",
    "logs",
    "mailbox",
    "database",
    "databas",
    "db",
    "quota",
    "limit",
    "reserved",
    "reservation",
    "assigned",
    "demand",
    "minimum",
    "maximum",
    "startup",
    "host",
    "cluster",
    "datastore",
    "archive",
    "uncommitted",
    "unshared",
    "consumed",
    "active",
    "ballooned",
    "overhead",
    "swapped",
    "traffic",
];

/// The columns of a list of machines that hold sizes and are not understood, where other columns give disks.
pub(super) fn unnamed_sizes(grid: &Grid, candidate: &Candidate, reading: &Reading<'_>) -> Vec<u16> {
    let gives = |wanted: &[Field]| reading.columns.iter().any(|one| wanted.contains(&one.claim.field));
    let names_disks = gives(&[Field::DiskSize, Field::OsDiskSize]);
    let is_settled = gives(&[Field::DiskCount, Field::DiskPath, Field::DiskName]);
    if reading.base.rows != RowKind::Machine || reading.base.dialect.is_some() || !names_disks || is_settled {
        return Vec::new();
    }
    let is_known = |column: u16| {
        reading.columns.iter().any(|one| one.column == column) || reading.lost.iter().any(|one| one.column == column)
    };
    let sample = Sample::of(grid, candidate);
    let is_size = |column: u16| {
        let cells = sample.cells(column);
        let reads = |unit| cells.iter().filter(|value| cell::size(**value, unit, &Culture::Comma).is_ok()).count();
        !cells.is_empty() && reads(Unit::GiB) * 2 >= cells.len()
    };
    let headings = candidate.headings.iter().filter(|(column, heading)| {
        let is_of_size = matches!(heading.unit(), Some(Unit::Bytes | Unit::KiB | Unit::MiB | Unit::GiB | Unit::TiB));
        let text = heading.text.to_lowercase();
        let mut words = text.split(|sign: char| !sign.is_alphanumeric());
        is_of_size && !is_known(*column) && !words.any(|word| OF_NO_DISK.contains(&word)) && is_size(*column)
    });
    headings.map(|(column, _)| *column).collect()
}
