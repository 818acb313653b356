//! What tells a row of headings from one of data, and a list of machines from one of hosts, where the names leave it open.

use super::bag::words_of;
use super::chosen::Chosen;
use super::claims::{Base, Source, claims};
use super::dialect::Dialects;
use super::fit::Sample;
use super::identify::Candidate;
use super::naming::Naming;
use super::reading::Reading;
use super::units::Said;
use crate::ingest::cell::culture::Culture;
use crate::ingest::cell::{self, RowIs};
use crate::ingest::columns::{RowKind, Unit};
use crate::ingest::table::{Grid, Value};
use crate::model::Field;

/// Whether a row that reads like headings is one of data.
pub(super) fn is_data(
    grid: &Grid,
    candidates: &[Candidate],
    at: usize,
    sample: &Sample<'_>,
    dialects: &Dialects,
) -> bool {
    holds_data(&candidates[..at], &candidates[at], sample) || tells_no_more(grid, candidates, at, dialects)
}

/// Whether a row holds numbers, or repeats what stands below it, and a row as
/// wide as it, all of words, stands above.
fn holds_data(above: &[Candidate], candidate: &Candidate, sample: &Sample<'_>) -> bool {
    let width = candidate.headings.len();
    if candidate.values >= 2 && candidate.values * 3 >= width {
        return true;
    }
    let has_headings = above.iter().any(|other| other.values == 0 && other.headings.len() >= width);
    has_headings
        && (candidate.values > 0 || candidate.headings.iter().any(|(column, _)| recurs(*column, candidate, sample)))
}

/// Whether a column repeats its heading in a row that does not repeat them all.
fn recurs(column: u16, candidate: &Candidate, sample: &Sample<'_>) -> bool {
    let repeats = |column: u16, row: u32| {
        let cell = sample.at(column, row);
        matches!(cell, Some(Value::Text(text)) if text.trim() == candidate.text(column))
    };
    sample
        .rows(column)
        .iter()
        .any(|row| repeats(column, *row) && !candidate.headings.iter().all(|(other, _)| repeats(*other, *row)))
}

/// Whether the row right above is as wide and tells no less, so that what the cells would mean as headings is chance.
fn tells_no_more(grid: &Grid, candidates: &[Candidate], at: usize, dialects: &Dialects) -> bool {
    let Some(above) = at.checked_sub(1).map(|above| &candidates[above]) else { return false };
    let here = &candidates[at];
    let number = |candidate: &Candidate| candidate.first_data_row.checked_sub(1).map(|row| grid.row(row).number);
    let follows = number(here).zip(number(above)).is_some_and(|(here, above)| here == above + 1);
    let known = known(here, dialects);
    follows
        && above.headings.len() >= here.headings.len()
        && known * 2 <= here.headings.len()
        && self::known(above, dialects) >= known
}

/// How many headings of a row mean something in any kind of table.
fn known(candidate: &Candidate, dialects: &Dialects) -> usize {
    let is_known = |heading: &super::heading::Heading| {
        dialects.generic.kinds.iter().any(|kind| {
            let base = Base { dialect: None, kind: Some(kind), rows: kind.rows, naming: Naming::Loose };
            !claims(heading, &base, &dialects.generic, None).is_empty()
        })
    };
    candidate.headings.iter().filter(|(_, heading)| is_known(heading)).count()
}

/// Whether a column of kinds calls every row a host.
pub(super) fn lists_hosts_only(reading: &Reading<'_>, sample: &Sample<'_>, candidate: &Candidate) -> bool {
    reading.giving(Field::ServerType).is_some_and(|one| {
        let heading = candidate.text(one.column);
        let cells = sample.cells(one.column);
        !cells.is_empty() && cells.iter().all(|value| cell::row_is(*value, heading) == Ok(RowIs::Host))
    })
}

/// Whether a column of kinds calls some row a machine.
pub(super) fn calls_machines(reading: &Reading<'_>, sample: &Sample<'_>, candidate: &Candidate) -> bool {
    reading.giving(Field::ServerType).is_some_and(|one| {
        let heading = candidate.text(one.column);
        sample.cells(one.column).iter().any(|value| cell::row_is(*value, heading) == Ok(RowIs::Machine))
    })
}

/// Whether a column of kinds calls some row a machine, or a column gives what no host has.
pub(super) fn tells_of_machines(reading: &Reading<'_>, sample: &Sample<'_>, candidate: &Candidate) -> bool {
    let is_of_machines = |field: Field, source: Source| match field {
        Field::Vcpus => source <= Source::Plain,
        field => OF_MACHINES_ONLY.contains(&field),
    };
    let mut columns = reading.columns.iter().filter(|one| one.fit.read > 0);
    calls_machines(reading, sample, candidate)
        || columns.clone().any(|one| is_of_machines(one.claim.field, one.claim.source))
        || columns.any(|one| is_like_guests(one, sample))
}

/// Whether a column says what guests have and hosts seldom: disks or owners told row by row, a system that is no host's, or
/// as little memory as guests have.
fn is_like_guests(one: &Chosen, sample: &Sample<'_>) -> bool {
    /// More than most guests have, and less than hosts.
    const MEMORY: u64 = 96 * 1024;
    let cells = || sample.cells(one.column).iter();
    let most = |fits: &dyn Fn(&Value<'_>) -> bool| cells().filter(|value| fits(value)).count() * 2 > cells().count();
    match one.claim.field {
        Field::GuestOs => {
            let is_guests = |value: &Value<'_>| match value {
                Value::Text(text) => cell::is_guests_system(text),
                Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
            };
            one.claim.source <= Source::Plain || most(&is_guests)
        }
        Field::Memory => {
            let is_little = |value: &Value<'_>| {
                let unit = if one.claim.said == Said::Nobody { Unit::Text } else { one.claim.unit };
                cell::memory(*value, unit, &Culture::Comma).is_ok_and(|memory| memory.0 <= MEMORY)
            };
            most(&is_little)
        }
        field => OF_GUESTS_MOSTLY.contains(&field),
    }
}

/// Facts that lists of guests give, and lists of hosts seldom.
const OF_GUESTS_MOSTLY: &[Field] = &[
    Field::DiskTotal,
    Field::DiskProvisioned,
    Field::DiskSize,
    Field::OsDiskSize,
    Field::Application,
    Field::Environment,
    Field::Owner,
    Field::Wave,
];

/// Facts that no host has.
const OF_MACHINES_ONLY: &[Field] = &[
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
    Field::VmHost,
];

/// Whether a heading names what only hosts have.
pub(super) fn tells_of_hosts(candidate: &Candidate, dialects: &Dialects) -> bool {
    let Some(kind) = dialects.generic.kinds.iter().find(|kind| kind.rows == RowKind::Host) else { return false };
    let base = Base { dialect: None, kind: Some(kind), rows: RowKind::Host, naming: Naming::Loose };
    candidate.headings.iter().any(|(_, heading)| {
        if words_of(&heading.text).iter().any(|word| HOST_WORDS.contains(&word.as_str())) {
            return true;
        }
        let mut claims = claims(heading, &base, &dialects.generic, None).into_iter();
        claims.any(|claim| claim.source <= Source::Plain && OF_HOSTS_ONLY.contains(&claim.field))
    })
}

/// Words of headings in tables of what hosts have and give away.
const HOST_WORDS: &[&str] =
    &["pcpu", "pcpus", "physical", "sockets", "overcommit", "ratio", "allocated", "fysiska", "physische"];

/// Facts that no machine has.
const OF_HOSTS_ONLY: &[Field] = &[
    Field::HyperVVersion,
    Field::HostProcessors,
    Field::HostVmCount,
    Field::HostFixes,
    Field::HostProvider,
    Field::HostAgent,
];
