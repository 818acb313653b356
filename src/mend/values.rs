//! The values that a fact may be changed to: the limits of a requirement, and what its check's own examples show as met.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::change::{Bound, Change, Donor, Part};
use crate::catalogue::{Limit, Requirement};
use crate::evaluate::{Because, Finding, Subject};
use crate::ingest::source::Source;
use crate::ingest::{self, Dialects};
use crate::model::{About, Bytes, Disk, Estate, Fact, Field, GIB, Known, Mebibytes, Missing, Origin, Vm};
use crate::rules::{self, Example, Expect, Rule};

/// Where a value that no input gives stands.
const NOWHERE: Origin = Origin::row(u16::MAX, 0);

/// The values tried of a fact, for each finding.
const VALUES: usize = 4;
/// The disks or adapters tried, where a finding does not tell which of them it rests on.
const PARTS: usize = 4;

/// The examples of checks, read as inputs are, each check's once.
pub(super) struct Shelf {
    dialects: Dialects,
    read: RefCell<BTreeMap<&'static str, Rc<Vec<Estate>>>>,
}

impl Shelf {
    pub(super) fn new() -> Self {
        Self { dialects: Dialects::embedded(), read: RefCell::new(BTreeMap::new()) }
    }

    /// What a check's examples show that it answers with no complaint: first those that meet it.
    fn examples(&self, rule: &'static Rule) -> Rc<Vec<Estate>> {
        let mut known = self.read.borrow_mut();
        let read = || {
            let of = |wanted: Expect| rule.examples.iter().filter(move |example| example.expect == wanted);
            let fitting = of(Expect::Met).chain(of(Expect::NotApplicable));
            Rc::new(fitting.map(|example| self.estate(example)).collect())
        };
        Rc::clone(known.entry(rule.name).or_insert_with(read))
    }

    fn estate(&self, example: &Example) -> Estate {
        let source = |(number, table): (usize, &rules::ExampleTable)| {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in std::iter::once(&table.header).chain(table.rows) {
                writer.write_record(*row).expect("writing to memory does not fail");
            }
            let bytes = writer.into_inner().expect("writing to memory does not fail");
            Source { path: format!("example-{number}.csv"), sha256: String::new(), bytes }
        };
        let sources: Vec<Source> = example.tables.iter().enumerate().map(source).collect();
        ingest::read(&sources, &self.dialects)
    }

    /// The changes of one fact that may answer a finding of the estate's first machine, or of what it stands on.
    pub(super) fn changes(&self, estate: &Estate, finding: &Finding, requirement: &Requirement) -> Vec<Change> {
        let Some(rule) = rules::find(&requirement.check) else { return Vec::new() };
        let missing = if let Because::Missing(missing) = &finding.because { Some(missing.field) } else { None };
        let mut fields: Vec<Field> = missing.into_iter().collect();
        fields.extend(rule.needs.iter().filter(|field| Some(**field) != missing));
        let examples = self.examples(rule);
        let mut changes: Vec<Change> = Vec::new();
        for field in fields {
            let limits = requirement.limits.iter().filter_map(|(_, limit)| of_limit(field, limit));
            let mut donors: Vec<(Bound, Donor)> = limits.map(|donor| (Bound::Limit, donor)).collect();
            // The largest that is allowed changes least.
            donors.reverse();
            donors
                .extend(examples.iter().flat_map(|example| of_example(field, example)).map(|of| (Bound::Example, of)));
            for part in parts(estate, finding, field) {
                let before = now(estate, part, field);
                let mut values = 0;
                let mut donors: Vec<&(Bound, Donor)> = donors.iter().collect();
                if part == Part::OtherDisks {
                    // All of them are told by one value, which has to suit the smallest limit.
                    donors.sort_by_key(|(_, donor)| number(field, donor));
                }
                for (bound, donor) in donors {
                    let Some(after) = donor.shown(field).filter(|after| Some(after) != before.as_ref()) else {
                        continue;
                    };
                    let is_known = |known: &Change| known.part == part && known.field == field && known.after == after;
                    if values < VALUES && !changes.iter().any(is_known) {
                        values += 1;
                        let (before, donor, bound) = (before.clone(), donor.clone(), *bound);
                        changes.push(Change { part, field, before, after, bound, donor });
                    }
                }
            }
        }
        changes
    }
}

/// A subject whose fact is at a limit.
fn of_limit(field: Field, limit: &Limit) -> Option<Donor> {
    let mut vm = Vm::seen_at(NOWHERE);
    let mut disk = Disk::seen_at(NOWHERE);
    match (field, limit) {
        (Field::DiskSize, Limit::Size(size)) => {
            disk.size = Fact::known(*size, NOWHERE);
            return Some(Donor::Disk(Rc::new(disk)));
        }
        (Field::Memory, Limit::Size(size)) => vm.memory = Fact::known(Mebibytes(size.0 >> 20), NOWHERE),
        (Field::WriteChurn, Limit::Size(size)) => vm.write_churn = Fact::known(*size, NOWHERE),
        (Field::Vcpus, Limit::Count(count)) => vm.vcpus = Fact::known(small(*count)?, NOWHERE),
        (Field::DiskCount, Limit::Count(count)) => vm.stated_disk_count = Fact::known(small(*count)?, NOWHERE),
        (Field::NicCount, Limit::Count(count)) => vm.stated_nic_count = Fact::known(small(*count)?, NOWHERE),
        (Field::OsDiskPartitions, Limit::Count(count)) => vm.os_disk_partitions = Fact::known(small(*count)?, NOWHERE),
        _ => return None,
    }
    Some(Donor::Vm(Rc::new(vm)))
}

/// The number of a fact, of machines and disks, in the unit it is told in; none where it is no number.
pub(super) fn number(field: Field, donor: &Donor) -> Option<u64> {
    match (field, donor) {
        (Field::DiskSize, Donor::Disk(disk)) => disk.size.value().map(|size| size.0 / GIB),
        (Field::Memory, Donor::Vm(vm)) => vm.memory.value().map(|memory| memory.0),
        (Field::Vcpus, Donor::Vm(vm)) => vm.vcpus.value().copied().map(u64::from),
        (Field::DiskCount, Donor::Vm(vm)) => vm.stated_disk_count.value().copied().map(u64::from),
        (Field::NicCount, Donor::Vm(vm)) => vm.stated_nic_count.value().copied().map(u64::from),
        _ => None,
    }
}

/// A subject whose fact is a number, in the unit of [`number`].
pub(super) fn of_number(field: Field, number: u64) -> Option<Donor> {
    let limit = match field {
        Field::DiskSize => Limit::Size(Bytes::gib(number)),
        Field::Memory => Limit::Size(Bytes(number << 20)),
        _ => Limit::Count(number),
    };
    of_limit(field, &limit)
}

/// The number that a fact of the first machine is now.
pub(super) fn number_now(estate: &Estate, part: Part, field: Field) -> Option<u64> {
    let vm = &estate.vms[0];
    match (part, field) {
        (Part::Machine, Field::DiskCount) => vm.disk_count().ok().map(|count| u64::from(count.value)),
        (Part::Machine, Field::NicCount) => vm.nic_count().ok().map(|count| u64::from(count.value)),
        (Part::Machine, _) => number(field, &Donor::Vm(Rc::new(vm.clone()))),
        (Part::Disk(index), _) => number(field, &Donor::Disk(Rc::new(vm.disks.get(index)?.clone()))),
        _ => None,
    }
}

fn small(count: u64) -> Option<u32> {
    u32::try_from(count).ok()
}

/// The subjects of an example that have a fact.
fn of_example(field: Field, example: &Estate) -> Vec<Donor> {
    let vms = || example.vms.iter();
    let donors: Vec<Donor> = match field.about() {
        About::Machine => vms().map(|vm| Donor::Vm(Rc::new(vm.clone()))).collect(),
        About::Disk => vms().flat_map(|vm| &vm.disks).map(|disk| Donor::Disk(Rc::new(disk.clone()))).collect(),
        About::Nic => vms().flat_map(|vm| &vm.nics).map(|nic| Donor::Nic(Rc::new(nic.clone()))).collect(),
        About::Host => example.hosts.iter().map(|host| Donor::Host(Rc::new(host.clone()))).collect(),
        About::Cluster => example.clusters.iter().map(|of| Donor::Cluster(Rc::new(of.clone()))).collect(),
        About::Cloud => example.clouds.iter().map(|cloud| Donor::Cloud(Rc::new(cloud.clone()))).collect(),
        About::VmmServer => example.vmm_servers.iter().map(|of| Donor::VmmServer(Rc::new(of.clone()))).collect(),
        About::Volume
        | About::HostGroup
        | About::Connection
        | About::Azure
        | About::AzureResource
        | About::RoleAssignment
        | About::Quota
        | About::Size => Vec::new(),
    };
    donors.into_iter().filter(|donor| donor.shown(field).is_some()).collect()
}

/// What has a fact that bears on a finding: of the machine, or of the subject that hands the finding down. Of several disks
/// or adapters the one whose cell the finding rests on, when that is told.
fn parts(estate: &Estate, finding: &Finding, field: Field) -> Vec<Part> {
    let vm = &estate.vms[0];
    let seen = if let Because::Seen(evidence) = &finding.because { evidence.origin } else { None };
    let held_by = |is_kind: fn(&Part) -> bool, own: Option<Part>| -> Vec<Part> {
        holder(finding.subject).filter(is_kind).or(own).into_iter().collect()
    };
    match field.about() {
        About::Machine => vec![Part::Machine],
        About::Disk => {
            let stated = vm.stated_disk_count.value().map_or(1, |count| *count as usize);
            let others = (field == Field::DiskSize && vm.disks.len() < stated).then_some(Part::OtherDisks);
            match vm.disks.iter().position(|disk| stands_in(disk.facts(), seen)) {
                Some(index) => vec![Part::Disk(index)],
                None => (0..vm.disks.len()).map(Part::Disk).take(PARTS).chain(others).collect(),
            }
        }
        About::Nic => match vm.nics.iter().position(|nic| stands_in(nic.facts(), seen)) {
            Some(index) => vec![Part::Nic(index)],
            None => (0..vm.nics.len()).map(Part::Nic).take(PARTS).collect(),
        },
        About::Host => held_by(|part| matches!(part, Part::Host(_)), vm.host_index.map(Part::Host)),
        About::Cluster => held_by(|part| matches!(part, Part::Cluster(_)), vm.cluster_index.map(Part::Cluster)),
        About::Cloud => held_by(|part| matches!(part, Part::Cloud(_)), vm.cloud_index.map(Part::Cloud)),
        About::VmmServer => held_by(|part| matches!(part, Part::VmmServer(_)), vm.vmm_index.map(Part::VmmServer)),
        About::Volume
        | About::HostGroup
        | About::Connection
        | About::Azure
        | About::AzureResource
        | About::RoleAssignment
        | About::Quota
        | About::Size => Vec::new(),
    }
}

/// What hands a finding down to the machine, when it is not the machine's own.
const fn holder(subject: Subject) -> Option<Part> {
    match subject {
        Subject::Host(index) => Some(Part::Host(index as usize)),
        Subject::Cluster(index) => Some(Part::Cluster(index as usize)),
        Subject::Cloud(index) => Some(Part::Cloud(index as usize)),
        Subject::VmmServer(index) => Some(Part::VmmServer(index as usize)),
        Subject::Estate
        | Subject::Vault(_)
        | Subject::StorageAccount(_)
        | Subject::Network(_)
        | Subject::Quota(_)
        | Subject::HostGroup(_)
        | Subject::Vm(_) => None,
    }
}

/// Whether one of a part's facts was read from a cell.
fn stands_in(mut facts: impl Iterator<Item = (Field, Result<Known<String>, Missing>)>, cell: Option<Origin>) -> bool {
    facts.any(|(_, fact)| fact.is_ok_and(|known| Some(known.origin) == cell))
}

/// What a fact is now.
pub(super) fn now(estate: &Estate, part: Part, field: Field) -> Option<String> {
    let vm = &estate.vms[0];
    match (part, field) {
        (Part::Machine, Field::DiskCount) => vm.disk_count().ok().map(|count| count.value.to_string()),
        (Part::Machine, Field::NicCount) => vm.nic_count().ok().map(|count| count.value.to_string()),
        (Part::Machine, _) => vm.told(field),
        (Part::Disk(index), _) => vm.disks.get(index)?.told(field),
        (Part::OtherDisks, _) => None,
        (Part::Nic(index), _) => vm.nics.get(index)?.told(field),
        (Part::Host(index), _) => estate.hosts[index].told(field),
        (Part::Cluster(index), _) => estate.clusters[index].told(field),
        (Part::Cloud(index), _) => estate.clouds[index].told(field),
        (Part::VmmServer(index), _) => estate.vmm_servers[index].told(field),
    }
}
