//! Whether a table gives enough to be of a kind: a name alone may be that of anything.

use core::net::IpAddr;

use super::azure_list::is_azure;
use super::candidate::{calls_machines, tells_of_machines};
use super::chosen::Chosen;
use super::claims::Source;
use super::dialect::Dialects;
use super::fit::Sample;
use super::generic::Kind;
use super::identify::Candidate;
use super::mention::{TellsOf, gives_a_machine};
use super::naming::Naming;
use super::reading::Reading;
use crate::ingest::cell;
use crate::ingest::columns::RowKind;
use crate::ingest::table::Value;
use crate::model::Field;

/// Whether the kind's signs are among the columns, from headings plain enough or many enough.
pub(super) fn bears_signs(kind: &Kind, reading: &Reading<'_>, sample: &Sample<'_>) -> bool {
    let is_sign = |one: &&Chosen| {
        kind.signs.contains(&one.claim.field)
            && one.claim.number.is_none()
            && (one.fit.read > 0 || one.is_blank || sample.is_empty() || one.claim.source <= Source::Plain)
    };
    let signs: Vec<&Chosen> = reading.columns.iter().filter(is_sign).collect();
    // Beside nothing but names, the size of a disk makes the row one of that disk.
    let names = [Field::VmName, Field::VmId, Field::VmHost, Field::ComputerName];
    let is_all =
        reading.columns.iter().all(|one| names.contains(&one.claim.field) || kind.signs.contains(&one.claim.field));
    kind.signs.is_empty()
        || signs.len() >= 3
        || (kind.rows == RowKind::MachineDisk && names_files(reading, sample) && !signs.is_empty())
        || (signs.len() == 2 && (goes_on_below(reading, &signs, sample) || comes_again(reading, &signs, sample)))
        || (is_all && signs.iter().any(|one| one.fit.read > 0))
        || signs.iter().any(|one| one.claim.source != Source::Kind)
}

/// Whether the rows of a machine's further disks or adapters leave its name empty.
fn goes_on_below(reading: &Reading<'_>, signs: &[&Chosen], sample: &Sample<'_>) -> bool {
    let name = reading.giving(Field::VmName);
    name.is_some_and(|name| signs.iter().all(|sign| sample.has_without(sign.column, name.column)))
}

/// Whether names come again in the row below with another name of a disk or adapter beside them.
fn comes_again(reading: &Reading<'_>, signs: &[&Chosen], sample: &Sample<'_>) -> bool {
    let Some(name) = reading.giving(Field::VmName).map(|one| one.column) else { return false };
    let items =
        signs.iter().filter(|one| matches!(one.claim.field, Field::DiskName | Field::DiskPath | Field::NicName));
    let (cells, rows) = (sample.cells(name), sample.rows(name));
    items.map(|one| one.column).any(|column| {
        (1..cells.len()).any(|at| {
            let (above, here) = (sample.at(column, rows[at - 1]), sample.at(column, rows[at]));
            cells[at] == cells[at - 1] && above.is_some() && here.is_some() && above != here
        })
    })
}

/// Whether files of disks stand among the names: below the row of their machine, most likely.
fn names_files(reading: &Reading<'_>, sample: &Sample<'_>) -> bool {
    let cells = reading.giving(Field::VmName).map_or(&[][..], |one| sample.cells(one.column));
    cells.iter().any(|value| matches!(value, Value::Text(text) if cell::is_disk_file(text)))
}

/// Whether there is more than a name: a name alone may be that of anything.
pub(super) fn is_enough(
    kind: &Kind,
    reading: &Reading<'_>,
    candidate: &Candidate,
    sample: &Sample<'_>,
    dialects: &Dialects,
) -> bool {
    let holds = |one: &Chosen| one.fit.read > 0 || sample.is_empty();
    let gives = |fields: &[Field]| reading.columns.iter().any(|one| fields.contains(&one.claim.field) && holds(one));
    let generic = &dialects.generic;
    let heading_of = |field: Field| {
        let column = reading.giving(field)?.column;
        candidate.headings.iter().find(|(other, _)| *other == column).map(|(_, heading)| heading)
    };
    let only_a_name = reading.tally.dropped == 0;
    match kind.rows {
        RowKind::Machine | RowKind::MachineDisk | RowKind::MachineNic => {
            if reading.base.naming == Naming::Hosts {
                return tells_of_machines(reading, sample, candidate) && !are_addresses(reading, Field::VmName, sample);
            }
            if reading.base.naming == Naming::Plain
                || reading.giving(Field::VmName).is_some_and(|one| one.claim.source <= Source::Own)
            {
                return true;
            }
            if reading.giving(Field::VmId).is_some_and(|one| one.claim.source <= Source::Plain && !one.is_blank) {
                return true;
            }
            // "Name" may be anyone's; "Server" is that of a computer, of which an address or a disk is fact enough.
            let has_processors =
                reading.giving(Field::Vcpus).is_some_and(|one| holds(one) && one.claim.source <= Source::Plain);
            gives(&kind.proofs)
                || has_processors
                || calls_machines(reading, sample, candidate)
                || tells_states(reading, sample, candidate)
                || keeps_files(reading, sample)
                || (!heading_of(Field::VmName).is_some_and(|heading| generic.is_bare(heading))
                    && gives(BESIDE_A_SERVER))
        }
        RowKind::Host => {
            let is_plain = heading_of(Field::HostName).is_some_and(|heading| generic.names_hosts(heading));
            // The cores that a licence is for stand beside a server's name as well.
            let is_proof = |one: &&Chosen| {
                kind.proofs.contains(&one.claim.field)
                    && holds(one)
                    && (is_plain || one.claim.field != Field::HostProcessors || one.claim.source <= Source::Plain)
            };
            let has_proof = reading.columns.iter().any(|one| is_proof(&one));
            // Whoever watches hosts lists their states, and by whatever address answers.
            let is_watched = heading_of(Field::HostName).is_some_and(|heading| generic.names_guests(heading));
            let names = [Field::HostName, Field::HostId, Field::HostState];
            let has_more = reading.columns.iter().any(|one| !names.contains(&one.claim.field));
            let has_other = if is_watched { has_more || only_a_name } else { reading.tally.facts > 1 || only_a_name };
            !are_addresses(reading, Field::HostName, sample) && (has_proof || (is_plain && has_other))
        }
        // A person or a program may have a name and an owner.
        RowKind::MachineDetail => {
            let owned = OF_OWNERS.iter().filter(|field| gives(&[**field])).count();
            owned > 1 || !heading_of(Field::VmName).is_some_and(|heading| generic.is_bare(heading))
        }
        RowKind::VmmServer => reading.columns.iter().any(|one| one.claim.source <= Source::Plain),
        RowKind::AzureResource => is_azure(reading, sample),
        RowKind::RoleAssignment => {
            reading.columns.iter().any(|one| one.claim.source <= Source::Own) || gives(&[Field::AzureSubscription])
        }
        _ => true,
    }
}

/// Whether what has a name and a host has disk files too, which are called after it or lie in its folder.
fn keeps_files(reading: &Reading<'_>, sample: &Sample<'_>) -> bool {
    let [Some(name), Some(path), Some(_)] =
        [Field::VmName, Field::DiskPath, Field::VmHost].map(|field| reading.giving(field))
    else {
        return false;
    };
    let pairs = sample.pairs(name.column, path.column);
    let is_its_own = |(name, path): &(Value<'_>, Value<'_>)| {
        let (Ok(name), Ok(path)) = (cell::text(*name), cell::text(*path)) else { return false };
        let (name, path) = (name.to_lowercase(), path.to_lowercase());
        let is_file = [".vhd", ".vhdx", ".avhd", ".avhdx", ".vhds"].iter().any(|end| path.ends_with(end));
        is_file && !name.contains(".vhd") && path.contains(&name)
    };
    !pairs.is_empty() && pairs.iter().all(is_its_own)
}

/// Whether a column of states tells of machines of Hyper-V: services are stopped, servers are down, machines are off.
fn tells_states(reading: &Reading<'_>, sample: &Sample<'_>, candidate: &Candidate) -> bool {
    const RUNS: &[&str] = &["running", "starting", "stopping", "saving", "pausing", "resuming"];
    const RESTS: &[&str] = &["off", "saved", "paused", "offcritical", "savedcritical", "pausedcritical"];
    let Some(state) = reading.giving(Field::PowerState) else { return false };
    let says = |words: &[&str], value: &Value<'_>| {
        let text = cell::text(*value).map(|text| text.to_lowercase().replace(['-', ' '], ""));
        text.is_ok_and(|text| words.contains(&text.as_str()))
    };
    let cells = sample.cells(state.column);
    let is_of_hyper_v = candidate.headings.iter().any(|(_, heading)| {
        ["uptime", "operationalstatus", "cpuusage", "memoryassigned", "heartbeat"].contains(&heading.key.as_str())
    });
    !cells.is_empty()
        && cells.iter().all(|value| says(RUNS, value) || says(RESTS, value))
        && (is_of_hyper_v || cells.iter().any(|value| says(RESTS, value)))
}

/// Whether IP addresses stand in the place of all names.
fn are_addresses(reading: &Reading<'_>, name: Field, sample: &Sample<'_>) -> bool {
    let cells = reading.giving(name).map_or(&[][..], |one| sample.cells(one.column));
    let is_address = |value: &Value<'_>| matches!(value, Value::Text(text) if text.trim().parse::<IpAddr>().is_ok());
    !cells.is_empty() && cells.iter().all(is_address)
}

/// Whether the rows are what the headings tell of: machines and their like, or only what was done to them.
pub(super) fn is_of_what_it_tells(
    kind: &Kind,
    reading: &Reading<'_>,
    candidate: &Candidate,
    sample: &Sample<'_>,
    tells: Option<TellsOf>,
    dialects: &Dialects,
) -> bool {
    let is_mention = kind.rows == RowKind::Mention;
    let Some(tells) = tells else { return !is_mention };
    let names = [Field::VmName, Field::VmId];
    match kind.rows {
        RowKind::Mention => {
            let column = reading.columns.iter().find(|one| names.contains(&one.claim.field));
            let heading = column.and_then(|one| candidate.headings.iter().find(|(column, _)| *column == one.column));
            // A program's name is no machine's.
            tells != TellsOf::Processes || heading.is_some_and(|(_, heading)| !dialects.generic.is_bare(heading))
        }
        RowKind::Machine
        | RowKind::MachineDisk
        | RowKind::MachineNic
        | RowKind::MachineDetail
        | RowKind::Host
        | RowKind::Cluster
        | RowKind::Cloud
        | RowKind::HostGroup
        | RowKind::VmmServer => gives_a_machine(reading, tells, &kind.proofs, sample),
        _ => true,
    }
}

/// Facts of whose a machine is.
const OF_OWNERS: &[Field] =
    &[Field::Owner, Field::Environment, Field::Application, Field::CostCentre, Field::Wave, Field::Department];

/// Facts that make a computer's name that of a machine.
const BESIDE_A_SERVER: &[Field] = &[
    Field::NicAddresses,
    Field::NicMac,
    Field::VmHost,
    Field::VmCluster,
    Field::DiskSize,
    Field::DiskPath,
    Field::DiskTotal,
    Field::DiskProvisioned,
    Field::DiskFormat,
    Field::HighlyAvailable,
    Field::IntegrationServices,
];
