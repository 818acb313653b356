//! Columns of a computer's name beside a machine's own: PowerShell names the host so, everyone else the guest.

use std::collections::BTreeMap;

use super::chosen::Chosen;
use super::claims::{Base, claims, plain};
use super::fit::{Fit, Sample};
use super::generic::Generic;
use super::identify::Candidate;
use crate::ingest::cell;
use crate::ingest::columns::RowKind;
use crate::ingest::table::Value;
use crate::model::Field;

/// How PowerShell calls the computer that an object is of.
const OF_POWERSHELL: &[&str] = &["computername", "pscomputername"];

/// Properties of objects of the Hyper-V module, as it spells them.
const OF_HYPER_V: &[&str] = &[
    "State",
    "VMState",
    "VhdType",
    "VhdFormat",
    "Status",
    "CPUUsage",
    "MemoryAssigned",
    "MemoryDemand",
    "MemoryStartup",
    "MemoryMaximum",
    "DynamicMemoryEnabled",
    "ProcessorCount",
    "Uptime",
    "VMId",
    "Generation",
    "IntegrationServicesState",
    "IntegrationServicesVersion",
    "ReplicationState",
    "ReplicationMode",
    "AutomaticStartAction",
    "Heartbeat",
    "IsClustered",
    "ControllerType",
    "ControllerNumber",
    "ControllerLocation",
    "SwitchName",
    "MacAddress",
];

/// How many of them make a list one of the module's.
const ENOUGH: usize = 2;

/// Settles whose name a column of computers' names gives where another names the machine.
pub(super) fn settle(
    columns: &mut Vec<Chosen>,
    base: &Base<'_>,
    candidate: &Candidate,
    sample: &Sample<'_>,
    generic: &Generic,
) {
    let is_list = matches!(base.rows, RowKind::Machine | RowKind::MachineDisk | RowKind::MachineNic);
    let gives = |columns: &[Chosen], field: Field| columns.iter().any(|one| one.claim.field == field && !one.is_blank);
    if is_list && base.dialect.is_none() {
        part_hosts_from_guests(columns, candidate, sample);
    }
    let name = preferred_name(columns);
    let Some(name) = name.filter(|_| is_list && base.dialect.is_none()) else { return };
    for (column, heading) in candidate.headings.iter().filter(|(column, _)| *column != name) {
        let at = columns.iter().position(|one| one.column == *column);
        let is_of = |field: Field| at.is_some_and(|at| columns[at].claim.field == field);
        let is_free = at.is_none() || is_of(Field::VmName) || is_of(Field::ComputerName);
        let is_of_host =
            || is_of_powershell(&heading.text) && (several_on_one(name, *column, sample) || is_of_hyper_v(candidate));
        let claim = if is_free && !gives(columns, Field::VmHost) && is_of_host() {
            Some(plain(Field::VmHost))
        } else if is_of(Field::VmName) && !gives(columns, Field::ComputerName) {
            claims(heading, base, generic, None).into_iter().find(|claim| claim.field == Field::ComputerName)
        } else {
            None
        };
        let Some(claim) = claim else { continue };
        let fit = Fit::of(sample.cells(*column), claim.field, claim.unit);
        let is_blank = sample.is_blank(*column);
        let chosen = Chosen { column: *column, claim, fit, is_blank, has_noughts: false, times: None };
        match at {
            Some(at) => columns[at] = chosen,
            None => columns.push(chosen),
        }
    }
}

/// Beside a column of the hosts of virtualization a bare host name is what the guest calls itself.
fn part_hosts_from_guests(columns: &mut [Chosen], candidate: &Candidate, sample: &Sample<'_>) {
    let words = |column: u16| candidate.text(column).to_lowercase();
    let is_host = |one: &Chosen| one.claim.field == Field::VmHost;
    let is_of_virtualization = |one: &Chosen| {
        let words = words(one.column);
        is_host(one) && one.fit.read > 0 && ["hyper", "vm", "virt"].iter().any(|word| words.contains(word))
    };
    let is_known = columns.iter().any(|one| one.claim.field == Field::ComputerName);
    if is_known || !columns.iter().any(is_of_virtualization) {
        return;
    }
    let bare = columns.iter_mut().find(|one| is_host(one) && BARE.contains(&words(one.column).as_str()));
    if let Some(one) = bare {
        one.claim = plain(Field::ComputerName);
        one.fit = Fit::of(sample.cells(one.column), Field::ComputerName, one.claim.unit);
    }
}

/// How a guest's own name is called as often as its host's.
const BARE: &[&str] = &["hostname", "host name", "host-name", "värdnamn", "nom d'hôte", "vertsnavn", "værtsnavn"];

/// The column that names the machines, of several the one that is preferred.
fn preferred_name(columns: &[Chosen]) -> Option<u16> {
    let names = columns.iter().filter(|one| one.claim.field == Field::VmName);
    names.min_by_key(|one| (one.is_blank, one.claim.rank, one.column)).map(|one| one.column)
}

fn is_of_powershell(heading: &str) -> bool {
    OF_POWERSHELL.iter().any(|name| heading.eq_ignore_ascii_case(name))
}

fn is_of_hyper_v(candidate: &Candidate) -> bool {
    let is_property = |text: &str| OF_HYPER_V.iter().any(|property| text.eq_ignore_ascii_case(property));
    candidate.headings.iter().filter(|(_, heading)| is_property(&heading.text)).count() >= ENOUGH
}

/// Whether machines of different names stand beside one name of a computer.
fn several_on_one(name: u16, computer: u16, sample: &Sample<'_>) -> bool {
    let mut machine_of: BTreeMap<String, String> = BTreeMap::new();
    sample.pairs(name, computer).into_iter().any(|(machine, computer)| {
        let (Some(machine), Some(computer)) = (folded(machine), folded(computer)) else { return false };
        let first = machine_of.entry(computer).or_insert_with(|| machine.clone());
        *first != machine
    })
}

fn folded(value: Value<'_>) -> Option<String> {
    cell::text(value).ok().map(|text| text.to_lowercase())
}
