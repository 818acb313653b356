//! Tables that only mention machines, told from lists of machines by their headings and by what no machine list lacks.

use super::claims::Source;
use super::doings::{Doing, Doings};
use super::fit::Sample;
use super::identify::Candidate;
use super::reading::Reading;
use crate::ingest::cell;
use crate::model::Field;

/// What the rows of a table are that lists no machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TellsOf {
    /// What was done to machines, or is to be.
    Doings,
    /// Likewise, unless what an inventory has stands beside it.
    Perhaps,
    /// Running programs.
    Processes,
}

/// What a row of headings tells of, when that is no machines.
pub(super) fn tells_of(doings: &Doings, candidate: &Candidate, sample: &Sample<'_>) -> Option<TellsOf> {
    let (mut strong, mut mild, mut weak) = (0, 0, 0);
    for (column, heading) in &candidate.headings {
        match doings.tell(&heading.text) {
            // "Backup: yes" is a fact of a machine as good as any.
            Some(Doing::Processes | Doing::Alone | Doing::Strong | Doing::Mild) if is_yes_or_no(sample, *column) => {}
            Some(Doing::Processes) => return Some(TellsOf::Processes),
            Some(Doing::Alone) => strong += 2,
            Some(Doing::Strong) => strong += 1,
            Some(Doing::Mild) => mild += 1,
            Some(Doing::Weak) => weak += 1,
            None => {}
        }
    }
    if strong > 0 && strong + mild + weak > 1 {
        return Some(TellsOf::Doings);
    }
    (mild > 0 && mild + weak > 1).then_some(TellsOf::Perhaps)
}

fn is_yes_or_no(sample: &Sample<'_>, column: u16) -> bool {
    let cells = sample.cells(column);
    !cells.is_empty() && cells.iter().all(|value| cell::yes_no(*value).is_ok())
}

/// Whether a reading gives a fact that only machines and hosts have, so that its rows are such whatever else they tell.
pub(super) fn gives_a_machine(reading: &Reading<'_>, tells: TellsOf, proofs: &[Field], sample: &Sample<'_>) -> bool {
    reading.columns.iter().any(|one| {
        let field = one.claim.field;
        let is_proof = match field {
            Field::Vcpus
            | Field::Memory
            | Field::MemoryStartup
            | Field::MemoryMaximum
            | Field::HostProcessors
            | Field::HostMemory
            | Field::PowerState => tells != TellsOf::Processes,
            Field::DiskSize
            | Field::DiskTotal
            | Field::DiskProvisioned
            | Field::DiskCount
            | Field::HostOs
            | Field::HostOsVersion => one.claim.source <= Source::Plain,
            Field::DiskPath | Field::DiskFormat | Field::HyperVVersion => true,
            field if OF_INVENTORIES.contains(&field) => tells == TellsOf::Perhaps,
            _ => proofs.contains(&field),
        };
        is_proof && (one.fit.read > 0 || sample.is_empty())
    })
}

/// Facts that an inventory gives and a list of what was done seldom does.
const OF_INVENTORIES: &[Field] = &[
    Field::Owner,
    Field::Application,
    Field::Department,
    Field::Environment,
    Field::CostCentre,
    Field::Wave,
    Field::VmHost,
    Field::VmCluster,
    Field::VmCloud,
];
