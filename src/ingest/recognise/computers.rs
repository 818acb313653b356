//! Lists of computers as directories and scanners of patches and viruses keep them, told from lists of machines.

use super::candidate::tells_of_hosts;
use super::claims::Base;
use super::dialect::Dialects;
use super::fit::Sample;
use super::identify::Candidate;
use super::mention::TellsOf;
use super::naming::Naming;
use super::reading::{Place, Reading, read};
use crate::ingest::columns::RowKind;
use crate::model::Field;

/// What a list of computers is, beside one of machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Computers {
    /// It tells of each no more than its system does.
    Known,
    /// It tells what an inventory does: a list of machines, unless another stands beside it.
    Counted,
}

impl Computers {
    /// Whether a table of these rows may be such a list; `None` is a table that is none.
    pub(super) const fn admits(found: Option<Self>, rows: RowKind) -> bool {
        match rows {
            RowKind::Computer => found.is_some(),
            RowKind::Machine | RowKind::MachineDisk | RowKind::MachineNic => !matches!(found, Some(Self::Known)),
            RowKind::Host => found.is_none(),
            _ => true,
        }
    }
}

/// Facts that only the virtualization side has.
const OF_VIRTUALIZATION: &[Field] = &[
    Field::VmCluster,
    Field::VmCloud,
    Field::VmHostGroup,
    Field::VmVmmServer,
    Field::VmVcenter,
    Field::Generation,
    Field::SecureBoot,
    Field::VirtualTpm,
    Field::Shielded,
    Field::MemoryStartup,
    Field::MemoryMaximum,
    Field::DynamicMemory,
    Field::IntegrationServices,
    Field::ReplicationMode,
    Field::Checkpoints,
    Field::FibreChannel,
    Field::PassThrough,
    Field::SharedStorage,
    Field::HighlyAvailable,
    Field::DiskPath,
    Field::DiskFormat,
    Field::DiskProvisioned,
    Field::Template,
    Field::Platform,
];

/// Facts that an inventory of machines or of hardware has.
const OF_INVENTORIES: &[Field] = &[
    Field::Vcpus,
    Field::Memory,
    Field::DiskSize,
    Field::OsDiskSize,
    Field::DiskTotal,
    Field::DiskCount,
    Field::ServerType,
    Field::Owner,
    Field::Department,
    Field::Application,
    Field::CostCentre,
    Field::Wave,
];

/// What a table is by its headings, if they tell of computers and nothing of virtualization.
pub(super) fn of_computers(
    candidate: &Candidate,
    sample: &Sample<'_>,
    tells: Option<TellsOf>,
    dialects: &Dialects,
    place: Place<'_>,
) -> Option<Computers> {
    let generic = &dialects.generic;
    let is_told = || candidate.headings.iter().any(|(_, heading)| generic.tells_of_computers(heading));
    let may_be = match tells {
        Some(TellsOf::Processes) => false,
        Some(TellsOf::Doings | TellsOf::Perhaps) => true,
        None => is_told(),
    };
    if !may_be || generic.naming(&candidate.headings) == Naming::Plain || tells_of_hosts(candidate, dialects) {
        return None;
    }
    let kind = generic.kinds.iter().find(|kind| kind.rows == RowKind::Machine)?;
    let base = Base { dialect: None, kind: Some(kind), rows: RowKind::Machine, naming: Naming::Loose };
    let reading = read(base, 0, candidate, sample, dialects, place);
    // What names no machine beside it may be the computer's own name.
    let names_hosts = reading.giving(Field::VmName).is_some() && gives(&reading, &[Field::VmHost]);
    if names_hosts || gives(&reading, OF_VIRTUALIZATION) {
        return None;
    }
    Some(if gives(&reading, OF_INVENTORIES) { Computers::Counted } else { Computers::Known })
}

fn gives(reading: &Reading<'_>, fields: &[Field]) -> bool {
    reading.columns.iter().any(|one| fields.contains(&one.claim.field) && one.fit.read > 0)
}
