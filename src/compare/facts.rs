//! Facts of machines and hosts that two assessments tell otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::subjects::Subjects;
use crate::record::{Disk, FactChange, Host, Machine, Nic, Text};

/// The facts that no requirement judges by, so that one of them being otherwise explains no finding.
const NOT_JUDGED: &[&str] = &[
    "owner",
    "department",
    "environment",
    "application",
    "cost_centre",
    "wave",
    "tags",
    "site",
    "description",
    "used_bytes",
    "cpu_use",
    "memory_use",
    "daily_change",
    "disk_iops",
    "disk_throughput",
];

/// What the facts of columns that are carried through begin with, before their headings.
const CARRIED: &str = "carried: ";

/// What is told of a subject and its parts, by part and fact.
type Told = BTreeMap<(String, String), String>;

/// The facts that changed, and the subjects of which one changed that a requirement may judge by.
pub(super) struct Facts {
    pub(super) changes: Vec<FactChange>,
    machines: BTreeSet<String>,
    hosts: BTreeSet<String>,
    /// The machines of which any fact changed.
    touched: BTreeSet<String>,
}

impl Facts {
    pub(super) fn of(subjects: &Subjects<'_>) -> Self {
        let mut all =
            Self { changes: Vec::new(), machines: BTreeSet::new(), hosts: BTreeSet::new(), touched: BTreeSet::new() };
        for (key, (old, new)) in &subjects.hosts.both {
            let subject = ("host", &*new.host, new.host_id.as_deref());
            if all.compare(subject, &host(old), &host(new)) {
                all.hosts.insert(key.clone());
            }
        }
        for (key, (old, new)) in &subjects.machines.both {
            let subject = ("vm", &*new.vm, new.vm_id.as_deref());
            let before = all.changes.len();
            if all.compare(subject, &machine(old), &machine(new)) {
                all.machines.insert(key.clone());
            }
            if all.changes.len() > before {
                all.touched.insert(key.clone());
            }
        }
        all
    }

    /// Whether any fact of a machine that is in both changed.
    pub(super) fn is_touched(&self, machine: &str) -> bool {
        self.touched.contains(machine)
    }

    /// Whether what requirements may judge a subject by is the same; none where nothing is recorded of such subjects.
    pub(super) fn same(&self, subjects: &Subjects<'_>, kind: &str, subject: &str) -> Option<bool> {
        match kind {
            "vm" => subjects.machines.both.contains_key(subject).then(|| !self.machines.contains(subject)),
            "host" => subjects.hosts.both.contains_key(subject).then(|| !self.hosts.contains(subject)),
            _ => None,
        }
    }

    /// Takes down what changed of a subject; whether a requirement may judge by any of it.
    fn compare(&mut self, (kind, name, id): (&str, &str, Option<&str>), old: &Told, new: &Told) -> bool {
        let mut is_judged = false;
        let facts: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
        for at in facts {
            let (before, after) = (old.get(at), new.get(at));
            if before != after {
                let (part, fact) = at;
                is_judged |= !NOT_JUDGED.contains(&fact.as_str()) && !fact.starts_with(CARRIED);
                self.changes.push(FactChange {
                    subject_kind: kind.to_owned(),
                    subject: name.to_owned(),
                    subject_id: id.map(str::to_owned),
                    part: part.clone(),
                    fact: fact.clone(),
                    before: before.cloned(),
                    after: after.cloned(),
                });
            }
        }
        is_judged
    }
}

/// Takes down what is told of a subject or a part of it.
struct List<'t> {
    told: &'t mut Told,
    part: String,
}

impl List<'_> {
    fn add(&mut self, fact: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.told.insert((self.part.clone(), fact.to_owned()), value.to_string());
        }
    }

    fn texts(&mut self, facts: &[(&str, &Option<Text<'_>>)]) {
        for (fact, value) in facts {
            self.add(fact, value.as_ref());
        }
    }

    fn numbers(&mut self, facts: &[(&str, Option<u64>)]) {
        for (fact, value) in facts {
            self.add(fact, *value);
        }
    }

    fn others(&mut self, facts: &[(Text<'_>, Text<'_>)]) {
        for (fact, value) in facts {
            self.add(fact, Some(value));
        }
    }
}

fn host(host: &Host<'_>) -> Told {
    let mut told = Told::new();
    let mut list = List { told: &mut told, part: String::new() };
    list.add("host", Some(&host.host));
    list.texts(&[
        ("host_id", &host.host_id),
        ("os", &host.os),
        ("os_version", &host.os_version),
        ("cluster", &host.cluster),
        ("host_group", &host.host_group),
        ("vmm_server", &host.vmm_server),
    ]);
    list.numbers(&[("memory_mib", host.memory_mib), ("processors", host.processors.map(u64::from))]);
    list.others(&host.facts);
    told
}

fn machine(vm: &Machine<'_>) -> Told {
    let mut told = Told::new();
    let mut list = List { told: &mut told, part: String::new() };
    list.add("vm", Some(&vm.vm));
    list.texts(&[
        ("vm_id", &vm.vm_id),
        ("host", &vm.host),
        ("cluster", &vm.cluster),
        ("cloud", &vm.cloud),
        ("guest_os", &vm.guest_os),
        ("architecture", &vm.architecture),
        ("power_state", &vm.power_state),
        ("owner", &vm.owner),
        ("department", &vm.department),
        ("environment", &vm.environment),
        ("application", &vm.application),
        ("cost_centre", &vm.cost_centre),
        ("wave", &vm.wave),
        ("tags", &vm.tags),
        ("site", &vm.site),
        ("description", &vm.description),
    ]);
    list.numbers(&[
        ("generation", vm.generation.map(u64::from)),
        ("vcpus", vm.vcpus.map(u64::from)),
        ("memory_mib", vm.memory_mib),
        ("disk_count", vm.disk_count.map(u64::from)),
        ("disk_gib", vm.disk_gib),
        ("nic_count", vm.nic_count.map(u64::from)),
    ]);
    list.others(&vm.facts);
    for (heading, value) in &vm.carried {
        list.add(&format!("{CARRIED}{heading}"), Some(value));
    }
    let mut names = BTreeMap::new();
    for of in &vm.disks {
        let name = of.path.as_ref().or(of.disk.as_ref());
        disk(&mut List { told: &mut told, part: part("disk", name, &mut names) }, of);
    }
    for of in &vm.nics {
        let name = of.mac.as_ref().or(of.nic.as_ref());
        nic(&mut List { told: &mut told, part: part("network adapter", name, &mut names) }, of);
    }
    told
}

/// What a part of a machine is called; a name that an earlier one bears gets a number.
fn part(kind: &str, name: Option<&Text<'_>>, names: &mut BTreeMap<String, u32>) -> String {
    let name = name.map_or_else(|| kind.to_owned(), |name| format!("{kind} {name}"));
    let count = names.entry(name.to_lowercase()).or_insert(0);
    *count += 1;
    if *count == 1 { name } else { format!("{name} #{count}") }
}

fn disk(list: &mut List<'_>, disk: &Disk<'_>) {
    list.texts(&[
        ("disk", &disk.disk),
        ("path", &disk.path),
        ("format", &disk.format),
        ("kind", &disk.kind),
        ("role", &disk.role),
        ("controller", &disk.controller),
    ]);
    list.numbers(&[
        ("size_bytes", disk.size_bytes),
        ("used_bytes", disk.used_bytes),
        ("bus", disk.bus.map(u64::from)),
        ("lun", disk.lun.map(u64::from)),
    ]);
    list.add("shared", disk.shared);
    list.add("pass_through", disk.pass_through);
    list.others(&disk.facts);
}

fn nic(list: &mut List<'_>, nic: &Nic<'_>) {
    list.texts(&[
        ("nic", &nic.nic),
        ("mac", &nic.mac),
        ("assignment", &nic.assignment),
        ("network", &nic.network),
        ("switch", &nic.switch),
    ]);
    // Exports give a machine's addresses in any order.
    let mut addresses: Vec<&str> = nic.addresses.iter().map(|address| &**address).collect();
    addresses.sort_unstable();
    list.add("addresses", Some(addresses.join(", ")).filter(|addresses| !addresses.is_empty()));
    list.others(&nic.facts);
}
