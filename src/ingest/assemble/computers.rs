//! Lists of computers, as directories, scanners and their own systems know them: a row tells more of the machine or the
//! host that it names, and begins neither where others list them.

use super::any_part::add_parts;
use super::assembly::{Assembly, Fate};
use super::conflicts;
use super::counted::{machine_not_counted, of_another_kind};
use super::exclude::{HOST, NAMELESS, NO_LIST, NOT_VIRTUAL, Reason, SEVERAL_MACHINES};
use super::listed_hosts::host_of;
use super::own_row::name_by_its_computer;
use super::parts::MachineRow;
use super::registry::{Export, Key, Match, Target};
use super::servers::Servers;
use super::stage::{Label, Part as _, Table};
use crate::ingest::cell::RowIs;
use crate::model::{Arg, Fact, Field, Host, Identity, LeftOutKind, Name, Phrase, say};

/// Takes the rows of every list of computers; those of no machine wait until the hosts are known.
///
/// Where no machine is known by any other list, those begin one that their rows call virtual.
pub(super) fn take(assembly: &mut Assembly, mut tables: Vec<Table<'_>>) {
    let is_alone = assembly.estate.vms.is_empty();
    // A list that tells which computers are virtual is read before those that join what they know.
    tables.sort_by_key(|table| !table.gives(|used| used.field == Field::ServerType));
    for table in tables {
        let begins = is_alone || table.recognised.yields;
        let export = table.export();
        assembly.rows(&table, |assembly, row, _| place(assembly, row, &export, begins));
    }
}

fn place(assembly: &mut Assembly, mut row: MachineRow, export: &Export, begins: bool) -> Fate {
    name_by_its_computer(&mut row.vm);
    if !row.vm.name.is_known() {
        return Fate::Out(NAMELESS.into());
    }
    let key = Key::of(&row.vm, export);
    let entry = match assembly.registry.find(&key, &|_| false) {
        Match::One(entry, _) => Some(entry),
        Match::None => assembly.registry.by_computer(&key),
        Match::Several => {
            assembly.doubts.several(row.vm.seen);
            return Fate::Out(SEVERAL_MACHINES.into());
        }
    };
    match entry.map(|entry| assembly.registry.target(entry).clone()) {
        Some(Target::Machine(number)) => join(assembly, number, row),
        Some(Target::Out(reason)) => Fate::Out(reason),
        None if begins && row.marks.is == Some(RowIs::Machine) => begin(assembly, row, export),
        None => {
            assembly.computers.push(row);
            Fate::Open
        }
    }
}

fn begin(assembly: &mut Assembly, row: MachineRow, export: &Export) -> Fate {
    let reason = machine_not_counted(&row, &assembly.include);
    let number = assembly.estate.vms.len();
    let target = reason.clone().map_or(Target::Machine(number), Target::Out);
    assembly.registry.add(Key::of(&row.vm, export), target);
    if let Some(reason) = reason {
        return Fate::Out(reason);
    }
    let MachineRow { vm, nic, nic_columns, .. } = row;
    assembly.carry.row(number, vm.seen);
    assembly.estate.vms.push(vm);
    assembly.hold_nics(number, nic, nic_columns);
    Fate::Subject
}

fn join(assembly: &mut Assembly, number: usize, row: MachineRow) -> Fate {
    let MachineRow { mut vm, nic, nic_columns, .. } = row;
    assembly.carry.row(number, vm.seen);
    let known = &mut assembly.estate.vms[number];
    vm.name = Fact::absent(Field::VmName);
    // What a guest sees of its memory and processors is not always what it was given.
    if known.memory.is_known() || known.memory_startup.is_known() {
        vm.memory = Fact::absent(Field::Memory);
    }
    if known.vcpus.is_known() {
        vm.vcpus = Fact::absent(Field::Vcpus);
    }
    add_parts(known, &mut vm);
    conflicts::note(known, &mut vm, &assembly.ages, &mut assembly.doubts);
    let ages = &assembly.ages;
    known.merge(vm, &|theirs, mine| ages.believes(theirs, mine));
    assembly.hold_nics(number, nic, nic_columns);
    Fate::Joined
}

impl Assembly {
    /// Gives the computers that are no machines to the hosts of their names.
    ///
    /// A host begins where machines run on a computer of that name, or where its row says that it is one.
    pub(super) fn take_held_computers(
        &mut self,
        hosts: &mut Servers,
        place: impl Fn(&mut Self, Host, &mut Servers, Begins) -> Fate,
    ) {
        let mut named = Servers::default();
        for (number, vm) in self.estate.vms.iter().enumerate() {
            if let Some(host) = vm.host.value() {
                named.add(host, number);
            }
        }
        for row in std::mem::take(&mut self.computers) {
            let (label, seen) = (label(&row), row.vm.seen);
            let name = row.vm.name.value().cloned().unwrap_or_else(|| "".into());
            let guest = named.find(&name).map(|guest| &self.estate.vms[guest]);
            let fate = if hosts.find(&name).is_some() {
                place(self, host_of(row), hosts, Begins::No)
            } else if says_host(&row) || guest.is_some() && row.vm.guest_os.is_known() {
                place(self, host_of(row), hosts, Begins::Yes)
            } else if let Some(guest) = guest {
                let guest = Arg::named(Identity::Machine, guest.shown_name());
                Fate::Out(Reason::with(HOST, say!("{guest} runs on it", guest = guest)))
            } else {
                Fate::Out(self.why_not_counted(&row))
            };
            if let Fate::Out(reason) = &fate {
                self.list(label, || None, reason, seen);
            }
            self.count(seen.table, fate);
        }
    }

    fn why_not_counted(&self, row: &MachineRow) -> Reason {
        let by_kind = machine_not_counted(row, &self.include).or_else(|| of_another_kind(row, &self.include));
        let detail = || -> Option<Phrase> {
            let said = |name: &Name| say!("its system is {system}", system = Arg::named(Identity::Term, name));
            row.vm.guest_os.value().map(said)
        };
        by_kind.unwrap_or_else(|| {
            let counted = if self.estate.vms.is_empty() { NOT_VIRTUAL } else { NO_LIST };
            Reason { counted, detail: detail() }
        })
    }
}

/// Whether a row may begin a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    Yes,
    No,
}

/// What a computer that is neither machine nor host is listed as.
fn label(row: &MachineRow) -> Label {
    let kind = if row.marks.is == Some(RowIs::Machine) { LeftOutKind::Vm } else { LeftOutKind::Row };
    Label { kind, ..row.label() }
}

/// Whether a row says that its computer is a host: by its kind, or by a system that is made for nothing else.
fn says_host(row: &MachineRow) -> bool {
    let is_of_hosts = |os: &Name| {
        let letters: String = os.chars().filter(|sign| sign.is_alphabetic()).flat_map(char::to_lowercase).collect();
        ["hypervserver", "azurestackhci", "azurelocal"].iter().any(|system| letters.contains(system))
    };
    row.marks.is == Some(RowIs::Host) || row.vm.guest_os.value().is_some_and(is_of_hosts)
}
